import { type StepState, stepStates } from '../run/step.ts';

/** A command that somebody ran; `state` is how it ended, null where the case does not say. */
export interface CaseCommand {
  readonly command: string;
  readonly state: StepState | null;
}

/**
 * The commands of a case's steps: what stands behind `$ `, over all lines up to `(succeeded)` or another state where one
 * follows, else with the lines that a backslash continues.
 */
export function caseCommands(steps: string): readonly CaseCommand[] {
  const lines = steps.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []));
  return starts.flatMap((start, index) => {
    const block = lines.slice(start, starts[index + 1]);
    const end = block.findIndex((line) => stateOf(line) !== null);
    const own = end === -1 ? continued(block) : block.slice(0, end);
    const command = own.join('\n').slice(2).trim();
    return command === '' ? [] : [{ command, state: stateOf(block[end] ?? '') }];
  });
}

function continued(block: readonly string[]): readonly string[] {
  const last = block.findIndex((line) => !line.endsWith('\\'));
  return last === -1 ? block : block.slice(0, last + 1);
}

function stateOf(line: string): StepState | null {
  return stepStates.find((state) => line === `(${state})`) ?? null;
}
