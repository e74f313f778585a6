import { classifyCommand } from '../risk/classify-command.ts';
import type { CommandTree } from '../risk/command-tree.ts';
import type { Risk } from '../risk/risk.ts';
import { findPlaceholders } from './placeholders.ts';
import type { Runbook } from './runbook.ts';

/** How many steps of a runbook there are of each risk. */
export type NeededApproval = Readonly<Record<Risk, number>>;

/**
 * What the steps of a runbook will need at least, as its commands are judged; never what an author says. A value counts as
 * a plain word here. With the values of a run each command is judged once more.
 */
export function neededApproval(
  { steps }: Pick<Runbook, 'steps'>,
  parse: (text: string) => CommandTree,
): NeededApproval {
  const counts = { 'read-only': 0, mutating: 0, destructive: 0 };
  for (const { command } of steps) counts[classifyCommand(withWords(command), parse).risk] += 1;
  return counts;
}

/** A template with a plain word for each value. */
export function withWords(template: string): string {
  let text = template;
  for (const { start, end } of findPlaceholders(template).toReversed())
    text = `${text.slice(0, start)}value${text.slice(end)}`;
  return text;
}
