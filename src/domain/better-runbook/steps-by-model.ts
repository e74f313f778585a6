import { classifyCommand } from '../risk/classify-command.ts';
import type { CommandTree } from '../risk/command-tree.ts';
import { withWords } from '../runbook/needed-approval.ts';
import { normaliseProse } from '../runbook/prose.ts';
import type { Runbook, RunbookStep } from '../runbook/runbook.ts';
import { riskNote } from '../wording/from-case-notes.ts';
import type { ModelStep } from './read-model-answer.ts';

const timeoutMs = 60_000;

/**
 * What a model proposes as steps of a runbook, each judged by the rules and with `note` above it; without what the
 * runbook runs already. `isClean` tells whether a command holds no secret.
 */
export function stepsByModel(
  runbook: Runbook,
  proposed: readonly ModelStep[],
  note: string,
  {
    parse,
    isClean,
  }: { readonly parse: (text: string) => CommandTree; readonly isClean: (text: string) => boolean },
): readonly RunbookStep[] {
  const own = new Set(runbook.steps.map(({ command }) => command));
  const taken = new Set(runbook.steps.map(({ id }) => id));
  const hostParameter = runbook.steps.at(-1)?.hostParameter ?? 'host';
  const fresh = proposed.filter(
    ({ command, title }) =>
      !own.has(command) && isClean(command) && isClean(title) && !command.includes('[redacted]'),
  );
  return fresh.map(({ kind, title, command }, index): RunbookStep => {
    const verdict = classifyCommand(withWords(command), parse);
    let id = `proposed-${index + 1}`;
    for (let number = 2; taken.has(id); number += 1) id = `proposed-${index + 1}-${number}`;
    taken.add(id);
    const notes = normaliseProse([note, riskNote(verdict)]);
    return { id, kind, title, notes, command, timeoutMs, exitCodes: [0], hostParameter };
  });
}
