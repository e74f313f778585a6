import { eq, notInArray, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import type { Signal } from '#domain/learning/signal.ts';
import type { SuccessRate } from '#domain/learning/success-rate.ts';
import type { SolutionUse } from '#domain/learning/use.ts';
import type { SignalStore } from '#ports/stores/signal-store.ts';
import { readRows } from '../read-rows.ts';
import { feedback, recommendations } from '../schema/incidents.ts';
import { folds, successRates } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

interface Found {
  readonly solutionId: SolutionId;
  readonly signal: Signal;
}

export function createSignalStore(scope: StoreScope): SignalStore {
  return {
    all: async () => {
      const found = [...(await readVotes(scope)), ...(await readRuns(scope))];
      return new Map(
        [...Map.groupBy(found, (row) => row.solutionId)].map(([id, rows]) => [
          id,
          rows.map((row) => row.signal),
        ]),
      );
    },
    uses: (most) => readUses(scope, most),
    saveFold: async (rates, signals) => {
      await removeOtherRates(scope, [...rates.keys()]);
      for (const [id, rate] of rates) await saveRate(scope, id, rate);
      await scope.executor.insert(folds).values({
        id: scope.ids.next(),
        workspaceId: scope.workspace,
        signals,
        solutions: rates.size,
      });
    },
  };
}

async function readVotes({ executor }: StoreScope): Promise<readonly Found[]> {
  const rows = await executor
    .select({
      solutionId: recommendations.solutionId,
      incident: recommendations.incidentId,
      person: feedback.personId,
      verdict: feedback.verdict,
      at: feedback.changedAt,
    })
    .from(feedback)
    .innerJoin(recommendations, eq(recommendations.id, feedback.recommendationId))
    .orderBy(feedback.changedAt);
  return rows.map(({ solutionId, ...vote }) => ({ solutionId, signal: { kind: 'vote', ...vote } }));
}

interface RunRow {
  readonly solutionId: SolutionId;
  readonly incident: string;
  readonly passed: boolean;
  readonly at: number;
}

/**
 * A run speaks once a validation step of it ended: it passed when the last attempt at each one succeeded. A step that
 * was never sent (the host refused) says nothing about the solution, and a run that was rolled back did not pass.
 */
async function readRuns({ executor }: StoreScope): Promise<readonly Found[]> {
  const rows = await readRows<RunRow>(
    executor,
    sql`
      with last_attempts as (
        select distinct on (run_id, position) run_id, state, ended_at from run_steps
        where part_of is null and kind = 'validation' and state in ('succeeded', 'failed', 'timed-out')
          and not (state = 'failed' and result->>'exitCode' is null and result->>'signal' is null)
        order by run_id, position, attempt desc)
      select r.solution_id as "solutionId", r.incident_id as incident, bool_and(l.state = 'succeeded') and r.direction = 'forward' as passed,
        (extract(epoch from max(l.ended_at)) * 1000)::float8 as at
      from runs r join last_attempts l on l.run_id = r.id
      where r.state <> 'active'
      group by r.id order by at`,
  );
  return rows.map(({ solutionId, ...run }) => ({ solutionId, signal: { kind: 'run', ...run } }));
}

/** A choice that was voted on is as old as the last vote; the newest of each solution come first. */
function readUses({ executor }: StoreScope, most: number): Promise<readonly SolutionUse[]> {
  return readRows<SolutionUse>(
    executor,
    sql`
      with voted as (
        select recommendation_id, count(*) filter (where verdict = 'worked') as worked,
          count(*) filter (where verdict = 'failed') as failed, max(changed_at) as at
        from feedback group by recommendation_id
      ), used as (
        select distinct on (r.solution_id, r.incident_id) r.solution_id, r.incident_id, i.problem,
          coalesce(v.worked, 0) > coalesce(v.failed, 0) as resolved, coalesce(v.at, r.created_at) as at
        from recommendations r
        join incidents i on i.id = r.incident_id
        left join voted v on v.recommendation_id = r.id
        where coalesce(v.worked, 0) > coalesce(v.failed, 0) or (r.state = 'chosen' and coalesce(v.failed, 0) = 0)
        order by r.solution_id, r.incident_id, resolved desc, at desc
      ), numbered as (
        select *, row_number() over (partition by solution_id order by at desc, incident_id) as place from used
      )
      select solution_id as "solutionId", incident_id as "incidentId", problem,
        case when resolved then 'resolved' else 'picked' end as how,
        (extract(epoch from at) * 1000)::float8 as at
      from numbered where place <= ${most} order by solution_id, place`,
  );
}

/** A solution whose last vote was taken back has no rate any more. */
async function removeOtherRates({ executor }: StoreScope, kept: readonly SolutionId[]): Promise<void> {
  await executor
    .delete(successRates)
    .where(kept.length > 0 ? notInArray(successRates.solutionId, [...kept]) : undefined);
}

async function saveRate(
  { executor, workspace }: StoreScope,
  solutionId: SolutionId,
  rate: SuccessRate,
): Promise<void> {
  const set = { ...rate, foldedAt: sql`now()` };
  await executor
    .insert(successRates)
    .values({ ...rate, solutionId, workspaceId: workspace })
    .onConflictDoUpdate({ target: successRates.solutionId, set });
}
