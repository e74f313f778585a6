import { classifyFailure } from '#domain/failure/classify-failure.ts';
import type { NoEffect } from '#domain/failure/failure.ts';
import type { Run } from '#domain/run/run.ts';
import type { Transaction } from '#ports/unit-of-work.ts';

/** Notes in the audit log why a run failed or did not help; nothing where nothing says that it did. */
export async function noteFailure(
  { runs, audit }: Pick<Transaction, 'runs' | 'audit'>,
  run: Pick<Run, 'id' | 'versionId'>,
  noEffect: NoEffect | null,
): Promise<void> {
  const failure = classifyFailure(await runs.steps(run.id), noEffect);
  if (!failure) return;
  const { cause, why, step } = failure;
  await audit.append({
    actor: 'recourse',
    event: 'run.classified',
    details: { run: run.id, version: run.versionId, cause, why, step },
  });
}
