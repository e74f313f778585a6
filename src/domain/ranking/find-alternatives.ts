import { areNearEqual } from './choose-shown.ts';
import { compareCauses } from './compare-causes.ts';
import type { RankedSolution } from './judge-candidate.ts';
import type { AlternativeSettings } from './ranking-settings.ts';
import { type JudgeCommand, type TellingCheck, tellingCheck } from './telling-check.ts';

/** What an answer says of a solution beside its rank. */
export interface Alternative {
  /** The slug of the solution before it that has another cause for the same symptom; null when there is none. */
  readonly alternativeOf: string | null;
  /** What tells it from its alternatives; null when it has none, or nothing that only reads does. */
  readonly check: TellingCheck | null;
}

/**
 * Marks solutions that fit equally well and have different causes: the responder must look before choosing, and is
 * told where. Order and length stay. The first group counts; at most three are shown, so there is hardly room for two.
 */
export function findAlternatives(
  shown: readonly RankedSolution[],
  settings: AlternativeSettings,
  isReadOnly: JudgeCommand,
): readonly (RankedSolution & Alternative)[] {
  const group =
    shown.map((leader) => groupOf(leader, shown, settings)).find(({ length }) => length > 1) ?? [];
  return shown.map((one) => {
    const isIn = group.includes(one);
    const leader = isIn && one !== group[0] ? group[0] : undefined;
    return {
      ...one,
      alternativeOf: leader?.solution.slug ?? null,
      check: isIn ? tellingCheck(one.solution.content, isReadOnly) : null,
    };
  });
}

/** The leader and those after it, each with a cause that no other in the group has. */
function groupOf(
  leader: RankedSolution,
  shown: readonly RankedSolution[],
  settings: AlternativeSettings,
): readonly RankedSolution[] {
  const group = [leader];
  for (const one of shown.slice(shown.indexOf(leader) + 1)) {
    const isOther = group.every(
      ({ solution }) => compareCauses(solution, one.solution, settings.repeat) === 'different',
    );
    if (isOther && areNearEqual(leader, one, settings)) group.push(one);
  }
  return group;
}
