import type { CommandTree } from '../risk/command-tree.ts';
import { nothingGiven } from '../runbook/given.ts';
import { withWords } from '../runbook/needed-approval.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { exposedText } from '../wording/exposed-text.ts';
import { exposedSecret } from './exposed-secret.ts';

/**
 * The steps of a runbook that would hand a secret to a program as an argument, each with the line of `source` at which its
 * command begins (1 where it does not stand there as it runs) and what to do. Such a step is not proposed.
 */
export function exposingSteps(
  { steps }: Pick<Runbook, 'steps'>,
  source: string,
  parse: (text: string) => CommandTree,
): readonly { readonly line: number; readonly message: string }[] {
  return steps.flatMap(({ id, command, given = nothingGiven }) => {
    const exposed = exposedSecret(withWords(command), given, parse);
    if (exposed === undefined) return [];
    const message = `step ${id} ${exposedText(exposed)}; it is not proposed`;
    return [{ line: source.slice(0, Math.max(0, source.indexOf(command))).split('\n').length, message }];
  });
}
