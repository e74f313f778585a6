import type { HostId, RunId, StepId } from '#domain/ids.ts';
import type { Recommendation } from '#domain/recommendation.ts';
import { nothingGiven } from '#domain/runbook/given.ts';
import type { Ids } from '#ports/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** A run whose one validation step ended so, as the executor writes it; what ran is not part of the simulation. */
export async function recordRun(
  { recommendations, incidents, runs, now }: Transaction,
  ids: Ids,
  of: { readonly recommendation: Recommendation; readonly host: HostId; readonly passed: boolean },
): Promise<void> {
  const { id: recommendationId, incidentId, solutionId, versionId } = of.recommendation;
  await recommendations.choose(recommendationId);
  const requestedBy = (await incidents.find(incidentId))?.openedBy;
  if (!requestedBy) throw new Error('an answer without its incident');
  const id = ids.next<RunId>();
  const known = {
    id,
    incidentId,
    recommendationId,
    solutionId,
    versionId,
    requestedBy,
    startedBy: requestedBy,
  };
  await runs.add({ ...known, parameters: {}, state: 'active', direction: 'forward' });
  const stepId = ids.next<StepId>();
  await runs.propose({
    id: stepId,
    runId: id,
    position: 1,
    attempt: 1,
    round: 0,
    kind: 'validation',
    title: 'validation',
    hostId: of.host,
    command: 'verify',
    risk: 'read-only',
    riskWhy: 'it only looks',
    timeoutMs: 30_000,
    expect: null,
    given: nothingGiven,
    fanOut: null,
    partOf: null,
    exitCodes: [0],
    retry: null,
    nonce: ids.nonce(),
    binding: 'bench',
    expiresAt: (await now()) + 60_000,
    postId: ids.next(),
  });
  await runs.decide(stepId, 'approved');
  await runs.claim(stepId, 'bench', 60_000);
  await runs.begin(stepId, 'bench', 60_000);
  await runs.end(stepId, 'bench', resultOf(of.passed));
  await runs.close(id, 'finished');
}

const resultOf = (passed: boolean) => ({
  state: passed ? ('succeeded' as const) : ('failed' as const),
  exitCode: passed ? 0 : 1,
  signal: null,
  stdout: '',
  stderr: '',
  stdoutBytes: 0,
  stderrBytes: 0,
  why: 'simulated',
});
