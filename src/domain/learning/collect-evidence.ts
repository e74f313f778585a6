import type { Evidence } from './estimate-rate.ts';
import type { FoldSettings } from './fold-settings.ts';
import { type Signal, worthOf } from './signal.ts';

/** Of what one incident says, how much counts for the place that is asked about, 0…1. */
export type Share = (signal: Signal) => number;

/**
 * One piece of evidence an incident: what is said of it twice is no second incident. A person weighs one vote a
 * solution, so of somebody who voted on it ten times each vote is a tenth.
 */
export function collectEvidence(
  signals: readonly Signal[],
  { trust }: Pick<FoldSettings, 'trust'>,
  share: Share = () => 1,
): readonly Evidence[] {
  const weigh = weightsOf(signals);
  return [...Map.groupBy(signals, ({ incident }) => incident).values()].map((said) => {
    let ifWorked = 0;
    let ifFailed = 0;
    for (const signal of said.toSorted(byContent)) {
      const worth = worthOf(signal);
      const right = trust[signal.kind];
      const [yes, no] = [Math.log(right), Math.log(1 - right)];
      const weight = weigh(signal) * share(signal);
      ifWorked += weight * (worth * yes + (1 - worth) * no);
      ifFailed += weight * (worth * no + (1 - worth) * yes);
    }
    return { ifWorked: Math.exp(ifWorked), ifFailed: Math.exp(ifFailed), at: lastOf(said) };
  });
}

/** What one signal weighs beside others of the same person: 1 for what nobody said. */
export function weightsOf(signals: readonly Signal[]): (signal: Signal) => number {
  const votes = new Map<string, number>();
  for (const signal of signals)
    if (signal.kind === 'vote') votes.set(signal.person, (votes.get(signal.person) ?? 0) + 1);
  return (signal) => (signal.kind === 'vote' ? 1 / (votes.get(signal.person) ?? 1) : 1);
}

const lastOf = (said: readonly Signal[]): number => said.reduce((last, { at }) => Math.max(last, at), 0);

/** A whole order: numbers are added in one way only, however rows came. */
const byContent = (one: Signal, other: Signal): number => {
  const [mine, theirs] = [keyOf(one), keyOf(other)];
  return one.at - other.at || (mine < theirs ? -1 : Number(mine > theirs));
};

const keyOf = (signal: Signal): string =>
  signal.kind === 'vote' ? `${signal.person} ${signal.verdict}` : `${signal.kind} ${signal.passed}`;
