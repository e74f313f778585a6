import type { DailySpan } from '../daily-span.ts';
import type { ModeInForce } from '../hearing/judge-hearing.ts';
import type { Reply } from '../reply.ts';
import { notice } from './notices.ts';

/** What counts in a channel, and whether it was set there or is the default. */
export function modeCard({ mode, quiet }: ModeInForce, isDefault: boolean): Reply {
  const summary = `Mode here: ${mode}${isDefault ? ' (the default)' : ''}.`;
  return {
    summary,
    tone: 'plain',
    blocks: [
      { kind: 'text', line: [{ kind: 'bold', text: summary }, ` ${meanings[mode]}`] },
      { kind: 'note', line: [quiet === null ? 'No quiet hours.' : quietSentence(quiet)] },
    ],
  };
}

const meanings = {
  off: 'I do not read along and do not answer.',
  mention: 'I answer when I am mentioned.',
  suggest: 'I answer problems unasked, once in a thread, and whenever I am mentioned.',
  auto: 'I answer problems unasked, once in a thread, read along in their threads, and draft cases of what was resolved.',
} as const satisfies Record<ModeInForce['mode'], string>;

const quietSentence = ({ from, to, zone }: DailySpan): string =>
  `Quiet from ${from} to ${to} (${zone}): then I answer mentions and alerts only.`;

/** For whoever speaks to the bot where it is off. */
export function offNotice(): Reply {
  return notice('I am off in this channel. An administrator can change that with: /recourse mode mention');
}
