import { fitsPattern } from '../text/fits-pattern.ts';
import type { ChannelMode } from './channel-mode.ts';

/** Where the bot listens unless a channel was set otherwise: wherever it is in, or where the name fits a pattern. */
export type Listening = 'invited' | readonly string[];

/**
 * The mode of a channel in which none was set. Elsewhere the bot answers only when it is spoken to, and so it does where
 * the platform does not tell the name. In patterns `*` stands for any characters; case does not count.
 */
export function defaultMode(listening: Listening, channelName: string | undefined): ChannelMode {
  if (listening === 'invited') return 'suggest';
  const fits = channelName !== undefined && listening.some((pattern) => fitsPattern(channelName, pattern));
  return fits ? 'suggest' : 'mention';
}
