import { hashBinding } from '#domain/approval/binding.ts';
import { expiryFor } from '#domain/approval/settings.ts';
import type { PostId, StepId } from '#domain/ids.ts';
import type { Place } from '#domain/intent.ts';
import type { FanOutTargetView } from '#domain/run/fan-out-view.ts';
import type { Run } from '#domain/run/run.ts';
import type { Round } from '#domain/run/step.ts';
import { grantRetry } from '#domain/run/tries.ts';
import type { Runbook, RunbookStep } from '#domain/runbook/runbook.ts';
import type { NewStep } from '#ports/stores/run-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import type { Found } from './find-targets.ts';
import { judgeWorst } from './judge-worst.ts';
import { bindingOf } from './step-view.ts';

type Needs = Pick<Core, 'ids' | 'commandParser' | 'settings'>;

/** One step of a run, where and when it is to be proposed. */
export interface Proposal extends Place {
  readonly run: Run;
  readonly runbook: Runbook;
  readonly position: number;
  readonly round: Round;
}

/** A proposal with what would run where. */
export interface Rendered {
  readonly proposal: Proposal;
  readonly step: RunbookStep;
  readonly targets: Found;
}

/** The step as a row of its own, bound to all of it; judged by what it does, whatever its author says. */
export async function newStep(
  { ids, commandParser, settings }: Needs,
  transaction: Transaction,
  { proposal, step, targets }: Rendered,
): Promise<NewStep> {
  const { host, jumps, command, given, fanOut } = targets;
  const { risk, why } = judgeWorst(targets, (text) => commandParser.parse(text));
  const unbound = {
    id: ids.next<StepId>(),
    runId: proposal.run.id,
    position: proposal.position,
    attempt: await nextAttempt(transaction, proposal),
    round: proposal.round,
    kind: step.kind,
    title: step.title,
    hostId: host.id,
    fanOut: fanOut && { ...fanOut, targets: fanOut.targets.map(toTarget) },
    partOf: null,
    command,
    given,
    risk,
    riskWhy: why,
    timeoutMs: step.timeoutMs,
    expect: step.expect ?? null,
    exitCodes: step.exitCodes,
    retry: grantRetry(step, risk),
    nonce: ids.nonce(),
    expiresAt: (await transaction.now()) + expiryFor(risk, settings.approval),
    postId: ids.next<PostId>(),
  };
  const { workspace, run } = proposal;
  return {
    ...unbound,
    binding: hashBinding(bindingOf(workspace, { step: unbound, run, host, jumps, fanOut })),
  };
}

async function nextAttempt({ runs }: Transaction, { run, position }: Proposal): Promise<number> {
  const earlier = (await runs.steps(run.id)).filter((one) => one.position === position);
  return 1 + Math.max(0, ...earlier.map(({ attempt }) => attempt));
}

const toTarget = ({ host: { id: hostId }, command }: FanOutTargetView) => ({ hostId, command });
