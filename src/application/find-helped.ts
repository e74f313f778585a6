import type { RunId } from '#domain/ids.ts';
import type { Incident } from '#domain/incident.ts';
import { settledSystems } from '#domain/policy/policy.ts';
import type { Run } from '#domain/run/run.ts';
import type { Step } from '#domain/run/step.ts';
import { solutionTitle } from '#domain/solution.ts';
import { changeOf, type Proof, proofOf } from '#domain/ticket/proof-of.ts';
import type { AlertIncident } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** A run that was shown to have helped. */
export interface Helped {
  readonly run: RunId;
  /** The slug and the title of its runbook. */
  readonly runbook: string;
  readonly title: string;
  readonly proof: Proof;
  /** When its last change ended, in milliseconds since the epoch. */
  readonly since: number;
}

/** The run in the thread of alerts whose change was the last, if it is shown to have helped, as things are now. */
export async function findHelped(
  { settings }: Pick<Core, 'settings'>,
  transaction: Transaction,
  incident: AlertIncident,
  opened: Incident,
): Promise<Helped | undefined> {
  const last = await lastToChange(transaction, opened);
  if (!last) return undefined;
  const { run, steps } = last;
  const votes = await transaction.recommendations.votes(run.recommendationId);
  const proof = proofOf({
    run,
    steps,
    verdicts: votes.map(({ verdict }) => verdict),
    alerts: await alertsThatDecide(transaction, incident),
    withinMs: settings.alerts.verifyMs,
  });
  const version = await transaction.solutions.version(run.versionId);
  const since = changeOf(steps)?.until;
  if (proof === null || !version || since === undefined) return undefined;
  return { run: run.id, runbook: version.slug, title: solutionTitle(version), proof, since };
}

/** A later change decides over an earlier one, however it ended. */
async function lastToChange({ recommendations, runs }: Transaction, { id }: Incident) {
  let last: { readonly run: Run; readonly steps: readonly Step[]; readonly at: number } | undefined;
  for (const { id: recommendation, state } of await recommendations.inIncident(id)) {
    const run = state === 'chosen' ? await runs.ofRecommendation(recommendation) : undefined;
    const steps = run ? await runs.steps(run.id) : [];
    const begun = steps.flatMap(({ kind, startedAt }) =>
      kind === 'remediation' && startedAt !== null ? [startedAt] : [],
    );
    const at = Math.max(...begun);
    if (run && begun.length > 0 && at > (last?.at ?? 0)) last = { run, steps, at };
  }
  return last;
}

/**
 * What measures itself decides. A ticket goes on until somebody says that it does not, so one that is open says nothing; where
 * all are over and nothing else is there, they do.
 */
async function alertsThatDecide({ alertTickets }: Transaction, { id }: AlertIncident) {
  const measured = await alertTickets.others(id, settledSystems);
  if (measured.open + measured.over > 0) return measured;
  const all = await alertTickets.others(id, []);
  return all.open === 0 ? all : null;
}
