import { type SQL, sql } from 'drizzle-orm';
import type { Merges } from '#domain/case-merge/resolve-merges.ts';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { Signal } from '#domain/learning/signal.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

type Found = Signal & { readonly solutionId: SolutionId };

/** All data points of a workspace, by solution. */
export async function readSignals(
  { executor }: StoreScope,
  merges: Merges = new Map(),
): Promise<ReadonlyMap<SolutionId, readonly Signal[]>> {
  const found: Found[] = [];
  for (const statement of [votes, runs(sql`true`), alerts])
    found.push(...(await readRows<Found>(executor, statement)));
  return Map.groupBy(found, ({ solutionId }) => merges.get(solutionId) ?? solutionId);
}

/** Those of one version alone. */
export async function readSignalsOf(
  { executor }: StoreScope,
  version: VersionId,
): Promise<readonly Signal[]> {
  const found: Signal[] = [];
  const ofIt = sql`run_id in (select id from runs where version_id = ${version})`;
  for (const statement of [votes, runs(ofIt), alerts])
    found.push(
      ...(await readRows<Signal>(
        executor,
        sql`select * from (${statement}) told where version = ${version}`,
      )),
    );
  return found;
}

const epochMs = (instant: SQL): SQL => sql`(extract(epoch from ${instant}) * 1000)::float8`;

const votes = sql`
  select 'vote' as kind, r.solution_id as "solutionId", r.incident_id as incident, r.version_id as version,
    i.context, f.person_id as person, f.verdict, ${epochMs(sql`f.changed_at`)} as at
  from feedback f
  join recommendations r on r.id = f.recommendation_id
  join incidents i on i.id = r.incident_id`;

/**
 * A run speaks once a validation step of it ended: it passed when the last attempt at each one succeeded. A step that
 * was never sent (the host refused) says nothing about the solution, and a run that was rolled back did not pass. Checks that
 * are proposed again do not hold it up: all steps are through by then.
 */
const runs = (which: SQL): SQL => sql`
  with last_attempts as (
    select distinct on (run_id, position) run_id, state, ended_at from run_steps
    where ${which} and part_of is null and kind = 'validation' and state in ('succeeded', 'failed', 'timed-out')
      and not (state = 'failed' and result->>'exitCode' is null and result->>'signal' is null)
    order by run_id, position, attempt desc
  ), ended as (
    select run_id, bool_and(state = 'succeeded') as succeeded, max(ended_at) as at
    from last_attempts group by run_id
  )
  select 'run' as kind, r.solution_id as "solutionId", r.incident_id as incident, r.version_id as version,
    i.context, r.requested_by as person, e.succeeded and r.direction = 'forward' as passed, ${epochMs(sql`e.at`)} as at
  from ended e
  join runs r on r.id = e.run_id
  join incidents i on i.id = r.incident_id
  where r.state <> 'active' or (r.direction = 'forward'
    and exists (select 1 from run_steps again where again.run_id = r.id and again.round = 1))`;

const alerts = sql`
  select 'alert' as kind, r.solution_id as "solutionId", r.incident_id as incident, r.version_id as version,
    i.context, a.resolved as passed, ${epochMs(sql`a.at`)} as at
  from alert_signals a
  join recommendations r on r.id = a.recommendation_id
  join incidents i on i.id = r.incident_id`;
