import { LRUCache } from 'lru-cache';
import { limits } from '../limits.ts';

/**
 * What lets something be shown to one person alone: the token of their last interaction, good for fifteen minutes.
 * `channel` is the channel or thread where they did it.
 */
export interface InteractionTokens {
  remember(channel: string, person: string, token: string): void;
  /** One that is still good; undefined for none. */
  find(channel: string, person: string): string | undefined;
}

/** Nobody presses in more places at once; who falls out gets a direct message. */
const most = 5000;
/** Before the end, so that a call begun in time arrives in time. */
const marginMs = 15_000;

/** `now` is in milliseconds, of a clock that never goes back. */
export function createInteractionTokens(now = () => performance.now()): InteractionTokens {
  const tokens = new LRUCache<string, string>({
    max: most,
    ttl: limits.interactionTokenMs - marginMs,
    ttlResolution: 0,
    perf: { now },
  });
  const nameOf = (channel: string, person: string): string => `${channel}/${person}`;
  return {
    remember: (channel, person, token) => {
      tokens.set(nameOf(channel, person), token);
    },
    find: (channel, person) => tokens.get(nameOf(channel, person)),
  };
}
