import { type SQL, sql } from 'drizzle-orm';
import { mergedInto, mergeReason } from '#domain/case-merge/merge-reason.ts';
import type { MergedCase } from '#domain/case-merge/resolve-merges.ts';
import type { VersionState } from '#domain/solution.ts';
import type { MergeStore } from '#ports/stores/merge-store.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createMergeStore({ executor }: StoreScope): MergeStore {
  return {
    into: async (slug) => {
      const [newest] = await readRows<{ readonly state: VersionState; readonly reason: string | null }>(
        executor,
        sql`
          select v.state, v.state_reason as reason from solutions s join solution_versions v on v.solution_id = s.id
          where s.slug = ${slug} and s.kind = 'case' and ${wasInForce}
          order by v.version desc limit 1`,
      );
      return mergedInto(newest);
    },
    from: async (slug) =>
      (await readRows<{ readonly slug: string }>(executor, mergedDirectly(slug))).map((one) => one.slug),
    all: () => readRows<MergedCase>(executor, merged),
  };
}

const wasInForce = sql`v.state not in ('draft', 'in-review', 'rejected')`;

/** By the index on what is superseded for a reason. Of a case that is merged no more a former version may still have it. */
export const mergedDirectly = (slug: string): SQL => sql`
  select s.slug from solution_versions v join solutions s on s.id = v.solution_id and s.kind = 'case'
  where v.state = 'superseded' and v.state_reason = ${mergeReason(slug)} and not exists (
    select from solution_versions newer where newer.solution_id = v.solution_id and newer.version > v.version
      and newer.state not in ('draft', 'in-review', 'rejected'))
  order by s.slug collate "C"`;

/**
 * The name of a case holds the id of the incident that it was saved from, which is read first, so that an index is reached.
 * Of a case whose incident is not here, such as one from a file, what is known is when it was first written.
 */
const merged = sql`
  with newest as (
    select distinct on (v.solution_id) v.solution_id, v.state, v.state_reason from solution_versions v
    where ${wasInForce} order by v.solution_id, v.version desc
  ), edges as (
    select n.solution_id as source, target.id as target
    from newest n
    join solutions source on source.id = n.solution_id and source.kind = 'case'
    join solutions target on target.kind = 'case' and ${mergeReason('')}::text || target.slug = n.state_reason
    where n.state = 'superseded'
  ), named as materialized (
    select s.id, case when s.slug ~ '^case-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      then substr(s.slug, 6)::uuid end as incident
    from solutions s where s.id in (select source from edges union select target from edges)
  )
  select s.id, e.target as into,
    (extract(epoch from coalesce(i.opened_at, (select min(v.created_at) from solution_versions v
      where v.solution_id = s.id))) * 1000)::float8 as "seenAt"
  from named s
  left join edges e on e.source = s.id
  left join incidents i on i.id = s.incident
  order by s.id`;
