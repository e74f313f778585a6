import { LRUCache } from 'lru-cache';
import { slackFault } from '../errors.ts';

const most = 5000;

interface Told<T> {
  readonly value: T;
  /** When Slack was asked, in milliseconds since the epoch. */
  readonly at: number;
}

export interface Known<T> {
  /** Throws a Fault when nothing is known and Slack does not answer. */
  of(key: string): Promise<Told<T>>;
  /** Asks anew before anything is given again. */
  forget(key: string): void;
}

/**
 * What Slack said, by key. Something older than `freshMs` is given at once and asked for again meanwhile, so that no
 * acknowledgement waits for Slack; older than `longestMs` it stands only while Slack does not answer.
 */
export function createKnown<T>(
  { freshMs, longestMs }: { readonly freshMs: number; readonly longestMs: number },
  ask: (key: string) => Promise<T>,
): Known<T> {
  const cache = new LRUCache<string, Told<T>>({
    max: most,
    ttl: longestMs,
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    fetchMethod: async (key) => {
      const at = Date.now();
      return { value: await ask(key), at };
    },
  });
  return {
    of: async (key) => {
      const left = cache.getRemainingTTL(key);
      const told = await cache.fetch(key, {
        allowStale: left > 0,
        forceRefresh: left > 0 && left < longestMs - freshMs,
      });
      // The cache gives nothing, and no error, when there is neither an answer nor an older one.
      if (told === undefined) throw slackFault(new Error(`nothing is known yet of ${key}`));
      return told;
    },
    forget: (key) => void cache.delete(key),
  };
}
