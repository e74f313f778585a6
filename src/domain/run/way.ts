import { canonicalJson } from '../canonical-json.ts';
import type { Host } from '../host.ts';

/** What reaches one machine and tells it from others. */
export type Hop = Pick<Host, 'address' | 'port' | 'user' | 'hostKey'>;

/** How a step was sent to its host: where another machine or login answers now, it knows nothing of that step. */
export interface Way extends Hop {
  /** The hosts that it went through, outermost first. */
  readonly jumps: readonly Hop[];
}

export const hopOf = ({ address, port, user, hostKey }: Host): Hop => ({ address, port, user, hostKey });

export const wayTo = (host: Host, jumps: readonly Host[]): Way => ({
  ...hopOf(host),
  jumps: jumps.map(hopOf),
});

export const isSameWay = (one: Way, other: Way): boolean => canonicalJson(one) === canonicalJson(other);
