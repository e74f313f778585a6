import { classifyFailure } from '#domain/failure/classify-failure.ts';
import type { Failure, NoEffect } from '#domain/failure/failure.ts';
import type { Run } from '#domain/run/run.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { proposeBetter } from './propose-better.ts';

/**
 * Notes in the audit log why a run failed or did not help, and where its runbook was not enough puts a better version into
 * review. Returns what was noted: nothing where nothing says that it did, or that was noted before.
 */
export async function noteFailure(
  needs: Pick<Core, 'ids' | 'redact' | 'settings'>,
  transaction: Transaction,
  run: Pick<Run, 'id' | 'versionId' | 'incidentId'>,
  noEffect: NoEffect | null,
): Promise<Failure | undefined> {
  const { runs, audit, enqueue, workspace } = transaction;
  const failure = classifyFailure(await runs.steps(run.id), noEffect);
  if (!failure || !(await runs.judge(run.id, failure.cause))) return undefined;
  const { cause, why, step } = failure;
  await audit.append({
    actor: 'recourse',
    event: 'run.classified',
    details: { run: run.id, version: run.versionId, cause, why, step },
  });
  if (cause !== 'runbook-insufficient') return failure;
  await proposeBetter(needs, transaction, run, failure);
  // The rules go by the kind of the step here: what it wrote told them nothing.
  if (needs.settings.consults) await enqueue({ kind: 'consult-model', workspace, runId: run.id });
  return failure;
}
