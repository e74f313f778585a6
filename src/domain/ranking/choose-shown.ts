import { compareCauses } from './compare-causes.ts';
import type { RankedSolution } from './judge-candidate.ts';
import type { AlternativeSettings, RankingSettings } from './ranking-settings.ts';

type Rules = Pick<RankingSettings, 'thresholds' | 'maximum' | 'alternatives' | 'closestFloor'>;

/**
 * What is worth showing of the judged, in their order: what reaches the threshold of its kind, and what would if it did
 * not share its probability with one that fits equally well. Of a procedure that is written twice the better is shown.
 */
export function chooseShown(judged: readonly RankedSolution[], rules: Rules): readonly RankedSolution[] {
  const worthy = judged.filter(
    (one) =>
      one.similarity >= rules.thresholds[one.solution.content.kind] || sharesEnough(one, judged, rules),
  );
  return withoutRepeats(worthy, rules.maximum, rules.alternatives);
}

/** The most similar of those that are below their threshold, for somebody who asks for them. */
export function chooseClosest(
  judged: readonly RankedSolution[],
  shown: readonly RankedSolution[],
  { thresholds, alternatives, closestFloor, maximum }: Rules,
): readonly RankedSolution[] {
  const near = judged
    .filter(({ similarity }) => similarity >= closestFloor)
    .filter((one) => !shown.includes(one) && one.similarity < thresholds[one.solution.content.kind])
    .sort((one, other) => other.similarity - one.similarity);
  return withoutRepeats([...shown, ...near], shown.length + maximum, alternatives).slice(shown.length);
}

/** The first of each procedure, at most so many; whole texts are compared, so it looks no further than it must. */
function withoutRepeats(
  ordered: readonly RankedSolution[],
  maximum: number,
  { repeat }: AlternativeSettings,
): readonly RankedSolution[] {
  const kept: RankedSolution[] = [];
  for (const one of ordered) {
    if (kept.length === maximum) break;
    if (!kept.some(({ solution }) => compareCauses(solution, one.solution, repeat) === 'repeat'))
      kept.push(one);
  }
  return kept;
}

/**
 * The search gives solutions of a kind one probability to share, so two that fit equally well have about half of it
 * each. The most similar of a kind and its equal are both good enough when they are together.
 */
function sharesEnough(
  one: RankedSolution,
  judged: readonly RankedSolution[],
  { thresholds, alternatives }: Rules,
): boolean {
  const { kind } = one.solution.content;
  const rivals = judged.filter(({ solution }) => solution.content.kind === kind);
  const most = Math.max(...rivals.map(({ similarity }) => similarity));
  const isEqual = (other: RankedSolution): boolean =>
    other !== one &&
    areNearEqual(one, other, alternatives) &&
    one.similarity + other.similarity >= thresholds[kind] &&
    compareCauses(one.solution, other.solution, alternatives.repeat) !== 'same';
  return rivals.some((other) => Math.max(one.similarity, other.similarity) === most && isEqual(other));
}

/** Two that the search cannot tell apart, both good enough to be considered. */
export function areNearEqual(
  one: RankedSolution,
  other: RankedSolution,
  { margin, floor }: AlternativeSettings,
): boolean {
  return (
    Math.abs(one.similarity - other.similarity) <= margin &&
    [one, other].every(({ solution, similarity }) => similarity >= floor[solution.content.kind])
  );
}
