import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { PolicyExplanation } from '#application/explain-policy.ts';
import { hasRole } from '#domain/person.ts';
import { termNames } from '#domain/policy/settle-terms.ts';
import { formatDuration } from '#domain/runbook/parse-duration.ts';
import { type CommandContext, type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Prints all problems of a policy file as `FILE:LINE: message`. */
export async function checkPolicy(tools: CommandTools, io: CommandIo, file: string): Promise<number> {
  const source = await readFile(resolve(io.cwd, file), 'utf8').catch((error: Error) => error);
  if (source instanceof Error) {
    io.out(`${file}:1: cannot be read: ${source.message}\n`);
    return exitCodes.failed;
  }
  const problems = await tools.policyProblems(source);
  for (const { line, message } of problems) io.out(`${file}:${line}: ${printable(message)}\n`);
  if (problems.length === 0) io.out('The policy is right.\n');
  return problems.length === 0 ? exitCodes.done : exitCodes.failed;
}

export interface ExplainOptions {
  readonly channel?: string;
  readonly runbook?: string;
  readonly workspace?: string;
}

/** Prints what the policy says of one command, each term with the rule that it is from. */
export async function explainPolicy(
  context: CommandContext,
  io: CommandIo,
  [person, command, host]: readonly [string, string, string],
  { channel = null, runbook = null, workspace = null }: Partial<Record<keyof ExplainOptions, string | null>>,
): Promise<number> {
  const explained = await context.explainPolicy({ person, command, host, channel, runbook }, workspace);
  for (const line of linesOf(explained, host)) io.out(`${printable(line)}\n`);
  return exitCodes.done;
}

function linesOf(explained: PolicyExplanation, host: string): readonly string[] {
  const { verdict, environments, settled, closed, tickets, approvers } = explained;
  const where = environments.length > 0 ? environments.join(', ') : 'no environment';
  return [
    `${verdict.risk} on ${host} (${where}): ${verdict.why}`,
    ...termNames.map((name) => {
      const { value, rule } = settled[name];
      return `  ${labels[name].padEnd(20)} ${String(value).padEnd(10)} ${rule === null ? 'default' : `rule "${rule}"`}`;
    }),
    `  ${'changes now'.padEnd(20)} ${closed ?? 'open'}`,
    ...ticketLines(tickets),
    personLine(explained),
    approvers.length > 0
      ? `If they ask for it, these can approve it: ${approvers.join(', ')}.`
      : 'If they ask for it, nobody can approve it.',
  ];
}

const labels = {
  see: 'see',
  request: 'request',
  approve: 'approve',
  run: 'run',
  approvals: 'approvals',
  requesterApproves: 'requester approves',
} as const satisfies Record<(typeof termNames)[number], string>;

/** Systems under one rule on one line. */
function ticketLines(tickets: PolicyExplanation['tickets']): readonly string[] {
  return [...Map.groupBy(tickets, ({ rule }) => rule)].map(([rule, systems]) => {
    const of = systems.map(({ system }) => system).join(', ');
    const what = rule
      ? `${rule.actions.join(', ')} ${formatDuration(rule.afterMs)} after it helped, rule "${rule.name}"`
      : 'nothing by itself, default';
    return `  ${'tickets'.padEnd(20)} ${of}: ${what}`;
  });
}

function personLine({ person, settled }: PolicyExplanation): string {
  const may = (['see', 'request', 'approve', 'run'] as const).filter((right) => {
    const { value } = settled[right];
    const isOutsider = right === 'approve' && person.standing !== 'member';
    return value !== 'nobody' && hasRole(person.role, value) && !isOutsider;
  });
  return `${person.name} (${person.role}, ${person.standing}) may ${may.length > 0 ? may.join(', ') : 'do nothing of this'}.`;
}
