import type { Runbook, RunbookStep } from './runbook.ts';

/** The fixes that a step of the rollback undoes, as positions: those that it names, or all of them when it names none. */
export const undonePositions = (
  { steps }: Pick<Runbook, 'steps'>,
  { undoes }: Pick<RunbookStep, 'undoes'>,
): readonly number[] =>
  steps.flatMap(({ id, kind }, position) =>
    kind === 'remediation' && (undoes?.includes(id) ?? true) ? [position] : [],
  );

/**
 * Steps in the order in which a run goes through them: of the rollback, those that name what they undo come in the reverse order of
 * that, the last fix first. What names nothing keeps its place, such as a restart at the end.
 */
export function inOrderOfUndoing(steps: readonly RunbookStep[]): readonly RunbookStep[] {
  const naming = steps.filter(({ kind, undoes }) => kind === 'rollback' && undoes !== undefined);
  const lastUndone = (step: RunbookStep): number => Math.max(-1, ...undonePositions({ steps }, step));
  const sorted = naming.toSorted((one, other) => lastUndone(other) - lastUndone(one));
  return steps.map((step) => (naming.includes(step) ? (sorted.shift() ?? step) : step));
}
