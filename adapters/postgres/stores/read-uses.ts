import { sql } from 'drizzle-orm';
import type { Merges } from '#domain/case-merge/resolve-merges.ts';
import type { SolutionId } from '#domain/ids.ts';
import type { UseCounts } from '#domain/learning/success-rate.ts';
import type { SolutionUse } from '#domain/learning/use.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { countedFor } from './counted-for.ts';

/** A choice that was voted on is as old as the last vote; the newest of each solution come first. */
export function readUses(
  { executor }: StoreScope,
  most: number,
  merges: Merges = new Map(),
): Promise<readonly SolutionUse[]> {
  const { join, id } = countedFor(sql`r.solution_id`, merges);
  return readRows<SolutionUse>(
    executor,
    sql`
      with used as (
        select distinct on (${id}, r.incident_id) ${id} as solution_id, r.incident_id, i.problem,
          v.worked > v.failed as resolved, coalesce(v.at, r.created_at) as at
        from recommendations r ${join}
        join incidents i on i.id = r.incident_id
        cross join lateral (
          select count(*) filter (where f.verdict = 'worked') as worked, count(*) filter (where f.verdict = 'failed') as failed,
            max(f.changed_at) as at
          from feedback f where f.recommendation_id = r.id
        ) v
        where v.worked > v.failed or (r.state = 'chosen' and v.failed = 0)
        order by ${id}, r.incident_id, resolved desc, at desc
      ), numbered as (
        select *, row_number() over (partition by solution_id order by at desc, incident_id) as place from used
      )
      select solution_id as "solutionId", incident_id as "incidentId", problem,
        case when resolved then 'resolved' else 'picked' end as how,
        (extract(epoch from at) * 1000)::float8 as at
      from numbered where place <= ${most} order by solution_id, place`,
  );
}

/** An incident counts once a solution, however often it was shown there; it was resolved by what somebody said worked. */
export async function readUseCounts(
  { executor }: StoreScope,
  merges: Merges = new Map(),
): Promise<ReadonlyMap<SolutionId, UseCounts>> {
  const { join, id } = countedFor(sql`r.solution_id`, merges);
  const rows = await readRows<UseCounts & { readonly solutionId: SolutionId }>(
    executor,
    sql`
      with worked as (select distinct recommendation_id from feedback where verdict = 'worked'),
      shown as (
        select ${id} as solution_id, r.incident_id, max(r.confidence) as confidence, bool_or(r.state = 'chosen') as chosen,
          max(r.created_at) filter (where r.state = 'chosen' or w.recommendation_id is not null) as used_at,
          min(i.resolved_at - i.opened_at) filter (where w.recommendation_id is not null) as resolves_in
        from recommendations r ${join}
        join incidents i on i.id = r.incident_id
        left join worked w on w.recommendation_id = r.id
        group by 1, r.incident_id)
      select solution_id as "solutionId", count(*)::int as recommended, (count(*) filter (where chosen))::int as reused,
        (extract(epoch from max(used_at)) * 1000)::float8 as "lastUsedAt",
        (percentile_cont(0.5) within group (order by extract(epoch from resolves_in)) * 1000)::float8 as "resolvesInMs",
        (round(avg(confidence)::numeric, 9))::float8 as confidence
      from shown group by solution_id`,
  );
  return new Map(rows.map(({ solutionId, ...counts }) => [solutionId, counts]));
}
