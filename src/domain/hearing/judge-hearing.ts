import { type DailySpan, isWithinSpan } from '../daily-span.ts';
import type { MessagePosted } from '../intent.ts';
import type { ChannelMode } from './channel-mode.ts';

/** What counts in a channel now. */
export interface ModeInForce {
  readonly mode: ChannelMode;
  readonly quiet: DailySpan | null;
}

/**
 * What the bot owes a message. `answer`: it was spoken to. `suggest`: it may answer unasked when something is wrong.
 * `tell-off`: it was spoken to where it is off, which the speaker alone is told.
 */
export type Hearing = 'answer' | 'suggest' | 'tell-off' | 'nothing';

export type HeardMessage = Pick<MessagePosted, 'place' | 'speaker' | 'mentionsBot' | 'at' | 'alert'>;

/**
 * Whether a message is heard. Other bots are never obeyed, so that two cannot talk for ever; what they report is a
 * problem like any other, also in quiet hours, because alerts do not sleep.
 */
export function judgeHearing(message: HeardMessage, inForce: ModeInForce): Hearing {
  const { speaker, place, mentionsBot, alert } = message;
  if (alert) return 'answer';
  if (speaker.standing !== 'bot') {
    if (place.direct) return 'answer';
    if (mentionsBot) return inForce.mode === 'off' ? 'tell-off' : 'answer';
  }
  return mayStart(message, inForce) ? 'suggest' : 'nothing';
}

function mayStart({ speaker, place, at }: HeardMessage, { mode, quiet }: ModeInForce): boolean {
  if (mode !== 'suggest' && mode !== 'auto') return false;
  if (place.direct || place.thread !== null) return false;
  return speaker.standing === 'bot' || quiet === null || !isWithinSpan(quiet, at);
}

/** Whether some setting of the channel could make the bot hear this. Most replies in threads end here. */
export function mayBeHeard(message: HeardMessage): boolean {
  return judgeHearing(message, { mode: 'auto', quiet: null }) !== 'nothing';
}
