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
  { trust }: Trusting,
  share: Share = () => 1,
): readonly Evidence[] {
  const weigh = weightsOf(signals);
  return [...Map.groupBy(signals, ({ incident }) => incident).values()].map((said) =>
    evidenceOf(said, trust, (signal) => weigh(signal) * share(signal)),
  );
}

/**
 * The same evidence for each person who voted, without that person's votes. Other people's votes weigh what they weighed,
 * so only the incidents that the person voted in are looked at again.
 */
export function* evidenceWithoutEach(
  signals: readonly Signal[],
  { trust }: Trusting,
): Generator<readonly Evidence[]> {
  const weigh = weightsOf(signals);
  const incidents = Map.groupBy(signals, ({ incident }) => incident);
  const whole = new Map([...incidents].map(([incident, said]) => [incident, evidenceOf(said, trust, weigh)]));
  const votes = Map.groupBy(signals.filter(isVote), ({ person }) => person);
  for (const [person, own] of votes) {
    const left = new Map(whole);
    for (const { incident } of own) {
      const others = (incidents.get(incident) ?? []).filter((one) => !(isVote(one) && one.person === person));
      if (others.length === 0) left.delete(incident);
      else left.set(incident, evidenceOf(others, trust, weigh));
    }
    yield [...left.values()];
  }
}

type Trusting = Pick<FoldSettings, 'trust'>;

const isVote = (signal: Signal): signal is Signal & { readonly kind: 'vote' } => signal.kind === 'vote';

function evidenceOf(said: readonly Signal[], trust: FoldSettings['trust'], weigh: Share): Evidence {
  let ifWorked = 0;
  let ifFailed = 0;
  let last = 0;
  for (const signal of said.length > 1 ? said.toSorted(byContent) : said) {
    const worth = worthOf(signal);
    const right = trust[signal.kind];
    const [yes, no] = [Math.log(right), Math.log(1 - right)];
    const weight = weigh(signal);
    ifWorked += weight * (worth * yes + (1 - worth) * no);
    ifFailed += weight * (worth * no + (1 - worth) * yes);
    last = Math.max(last, signal.at);
  }
  return { ifWorked: Math.exp(ifWorked), ifFailed: Math.exp(ifFailed), at: last };
}

/** What one signal weighs beside others of the same person: 1 for what nobody said. */
export function weightsOf(signals: readonly Signal[]): (signal: Signal) => number {
  const votes = new Map<string, number>();
  for (const signal of signals)
    if (signal.kind === 'vote') votes.set(signal.person, (votes.get(signal.person) ?? 0) + 1);
  return (signal) => (signal.kind === 'vote' ? 1 / (votes.get(signal.person) ?? 1) : 1);
}

/** A whole order: numbers are added in one way only, however rows came. */
const byContent = (one: Signal, other: Signal): number => {
  if (one.at !== other.at) return one.at - other.at;
  const [mine, theirs] = [keyOf(one), keyOf(other)];
  return mine < theirs ? -1 : Number(mine > theirs);
};

const keyOf = (signal: Signal): string =>
  signal.kind === 'vote' ? `${signal.person} ${signal.verdict}` : `${signal.kind} ${signal.passed}`;
