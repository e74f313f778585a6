import { type SQL, sql } from 'drizzle-orm';
import type { SolutionId } from '#domain/ids.ts';
import { type NameFit, nameFits, type OverviewStore } from '#ports/stores/overview-store.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

type Lists = Pick<OverviewStore, 'runbooks' | 'runbooksNamed'>;
type NamedLine = Awaited<ReturnType<Lists['runbooksNamed']>>[number];

/** The runbooks of a team are few beside its cases, so what they are called is looked through without an index. */
export function createRunbookLists({ executor }: StoreScope): Lists {
  return {
    runbooks: (words, limit, hidden = []) =>
      readRows(
        executor,
        sql`${named(hidden)} select ${columns} from named where ${hasWords(words)} ${best(limit)}`,
      ),
    runbooksNamed: async (name, limit, hidden = []) => {
      const rows = await readRows<Omit<NamedLine, 'fit'> & { readonly fit: number }>(
        executor,
        fitting(name.toLowerCase(), limit, hidden),
      );
      return rows.map((row) => ({ ...row, fit: fits[row.fit] ?? 'words' }));
    },
  };
}

const fits = Object.keys(nameFits) as readonly NameFit[];

const named = (hidden: readonly SolutionId[]): SQL => sql`
  with named as (
    select s.id, s.slug, v.content->'runbook'->>'title' as title, v.content->'runbook'->>'owner' as owner,
      lower(concat_ws(' ', s.slug, v.content->'runbook'->>'title', v.content->'runbook'->>'tags')) as words,
      coalesce(r.worked, 0) as worked, coalesce(r.tried, 0) as tried, coalesce(r.success, 0) as success,
      (extract(epoch from r.last_worked_at) * 1000)::float8 as "lastWorkedAt"
    from solutions s
    join solution_versions v on v.solution_id = s.id and v.state = 'active'
    left join success_rates r on r.solution_id = s.id
    where s.kind = 'runbook' and not (s.id::text = any(string_to_array(${hidden.join(' ')}, ' '))))`;

const columns = sql`id, slug, title, owner, worked, tried, "lastWorkedAt"`;
const best = (limit: number): SQL => sql`order by success desc, tried desc, title, slug limit ${limit}`;

/** `strpos` and not `like`: a `%` that somebody typed is a `%`. */
function hasWords(words: readonly string[]): SQL {
  const wanted = words.join(' ').toLowerCase();
  return sql`not exists (
    select 1 from unnest(string_to_array(${wanted}, ' ')) word where strpos(named.words, word) = 0)`;
}

function fitting(name: string, limit: number, hidden: readonly SolutionId[]): SQL {
  return sql`${named(hidden)}, judged as (
    select *, case
      when lower(slug) = ${name} or lower(title) = ${name} then ${nameFits.exact}::int
      when starts_with(lower(slug), ${name}) or starts_with(lower(title), ${name}) then ${nameFits.prefix}::int
      else ${nameFits.words}::int end as fit
    from named where ${hasWords(name.split(/\s+/u))} or starts_with(lower(title), ${name}))
  select ${columns}, fit from judged order by fit, title, slug limit ${limit}`;
}
