import type { CheckList, ListedCheck } from '#domain/approval/check-list.ts';
import type { Host } from '#domain/host.ts';
import type { Terms } from '#domain/policy/policy.ts';
import { settleTerms, termsOf } from '#domain/policy/settle-terms.ts';
import { classifyStep } from '#domain/risk/classify-step.ts';
import { wasChanged } from '#domain/run/checks-again.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import { grantRetry } from '#domain/run/tries.ts';
import { type Given, secretsIn } from '#domain/runbook/given.ts';
import { renderCommand } from '#domain/runbook/render-command.ts';
import { renderGiven } from '#domain/runbook/render-given.ts';
import type { Runbook } from '#domain/runbook/runbook.ts';
import { givenLines } from '#domain/wording/given-lines.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { jumpsTo } from './jumps-to.ts';

/** A list is read at a glance or not at all: what is longer, or further down, gets a card of its own. */
const longestListed = 500;
const mostListed = 10;

type Needs = Pick<Core, 'settings' | 'commandParser' | 'redact'>;

interface After {
  readonly step: Pick<Step, 'state' | 'kind' | 'risk' | 'position' | 'round' | 'given' | 'fanOut'>;
  readonly run: Run;
  readonly runbook: Runbook;
  readonly channel: string | null;
  /** The slug of the runbook. */
  readonly slug: string;
  /** What the policy asks for the step that waits. */
  readonly terms: Terms;
  /** The positions that the run goes through. */
  readonly positions: readonly number[];
}

/** What can be approved with a diagnostic that waits and only reads, as one decision; nothing with any other step. */
export async function checksTogether(
  needs: Needs,
  transaction: Pick<Transaction, 'hosts' | 'runs'>,
  after: After,
): Promise<CheckList> {
  const { state, kind, risk } = after.step;
  if (state !== 'proposed' || kind !== 'diagnostic' || risk !== 'read-only')
    return { checks: [], againMs: null };
  const checks = await followingChecks(needs, transaction, after);
  return { checks, againMs: (await comeAgain(transaction, after)) ? needs.settings.approval.expiryMs : null };
}

/** Whether the check that waits, and those approved with it, would be run again once the run has changed something. */
async function comeAgain({ runs }: Pick<Transaction, 'runs'>, after: After): Promise<boolean> {
  const { step, run, runbook, terms } = after;
  const isOne = step.round === 0 && step.fanOut === null && secretsIn(step.given).length === 0;
  if (!isOne || run.direction !== 'forward' || terms.approvals !== 1 || terms.approve === 'nobody')
    return false;
  if (!runbook.steps.some(({ kind }, at) => kind === 'remediation' && at > step.position)) return false;
  return !wasChanged([...(await runs.steps(run.id)), ...(await runs.parts(run.id))]);
}

/**
 * The diagnostics that only read and follow at once on one that waits, as they would be proposed, as long as one yes of the
 * same people is enough for each.
 */
async function followingChecks(
  needs: Needs,
  transaction: Pick<Transaction, 'hosts' | 'runs'>,
  after: After,
): Promise<readonly ListedCheck[]> {
  const { step, run, positions } = after;
  // What was approved before, and waits for its turn, is not asked for again.
  const ahead = (await transaction.runs.steps(run.id)).flatMap(({ state, position, round }) =>
    state === 'approved' && round === step.round ? position : [],
  );
  const open = positions.filter((one) => one > step.position && !ahead.includes(one));
  const checks: ListedCheck[] = [];
  for (const position of open.slice(0, mostListed)) {
    const check = await listCheck(needs, transaction, after, position);
    if (!check) break;
    checks.push(check);
  }
  return checks;
}

async function listCheck(
  needs: Needs,
  { hosts }: Pick<Transaction, 'hosts'>,
  after: After,
  position: number,
): Promise<ListedCheck | undefined> {
  const { run, runbook, positions } = after;
  const step = runbook.steps[position];
  const host = step && (await hosts.named(run.parameters[step.hostParameter] ?? ''));
  const rendered = step && renderCommand(step.command, run.parameters);
  if (!host || step?.kind !== 'diagnostic' || rendered?.kind !== 'rendered') return undefined;
  const { command } = rendered;
  const filled = renderGiven(step, run.parameters);
  if (filled.kind === 'refused' || !isListable(needs, command, filled.given)) return undefined;
  if (!isLikeTheFirst(needs, after, host)) return undefined;
  const jumps = await jumpsTo({ hosts }, host);
  if (!jumps) return undefined;
  const { given } = filled;
  const number = positions.indexOf(position) + 1;
  const retry = grantRetry(step, 'read-only');
  return { position, number, title: step.title, host, jumps, command, given, retry };
}

/** What is given a secret is looked at by itself. */
function isListable({ commandParser, redact }: Needs, command: string, given: Given): boolean {
  const shown = [command, ...givenLines(given)].join('\n');
  if (shown.length > longestListed || redact(shown) !== shown || secretsIn(given).length > 0) return false;
  return classifyStep(command, given, (text) => commandParser.parse(text)).risk === 'read-only';
}

/** A host may have terms of its own; then its check gets a decision of its own. */
function isLikeTheFirst(
  { settings: { policy } }: Needs,
  { channel, slug, terms }: After,
  host: Host,
): boolean {
  const environments = host.context.environment ?? [];
  const about = { risk: 'read-only', environments, host: host.name, channel, runbook: slug } as const;
  const { approve, approvals } = termsOf(settleTerms(policy, about));
  return approve === terms.approve && approve !== 'nobody' && approvals === 1;
}
