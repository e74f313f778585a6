import type { ToldAlert } from './told-alert.ts';

/** What is sent at a high rate: `one` fingerprint that fires and resolves, `many` of them in turn, or half of each. */
export const floodPatterns = ['one', 'many', 'both'] as const;
export type FloodPattern = (typeof floodPatterns)[number];

export interface Flood {
  /** The next alert; each is a new signal. */
  next(): ToldAlert;
  /** What was told last of each fingerprint. */
  readonly last: ReadonlyMap<string, ToldAlert>;
  /** How many signals were made. */
  readonly count: () => number;
}

export const channelOf = { one: 'flood-one', many: 'flood-many' } as const;

export function createFlood(pattern: FloodPattern, fingerprints: number, now: () => number): Flood {
  const last = new Map<string, ToldAlert>();
  let count = 0;
  let many = 0;
  let newest = 0;
  /** No two times are the same, so that no two signals are. */
  const nextTime = () => {
    newest = Math.max(newest + 1, now());
    return newest;
  };
  const tell = (channel: string, fingerprint: string): ToldAlert => {
    const before = last.get(fingerprint);
    const changed = nextTime();
    const isOver = before?.state === 'firing';
    const told = {
      channel,
      fingerprint,
      name: `Alert-${fingerprint}`,
      state: isOver ? 'resolved' : 'firing',
      began: isOver ? before.began : changed,
      changed,
    } as const;
    last.set(fingerprint, told);
    return told;
  };
  return {
    next: () => {
      count += 1;
      if (pattern === 'one' || (pattern === 'both' && count % 2 === 0)) return tell(channelOf.one, 'one');
      many += 1;
      return tell(channelOf.many, `many-${many % fingerprints}`);
    },
    last,
    count: () => count,
  };
}
