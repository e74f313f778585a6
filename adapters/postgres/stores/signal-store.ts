import { getTableColumns, notInArray, sql } from 'drizzle-orm';
import type { Merges } from '#domain/case-merge/resolve-merges.ts';
import type { SolutionId } from '#domain/ids.ts';
import type { SolutionRate } from '#domain/learning/success-rate.ts';
import type { InForce, SignalStore } from '#ports/stores/signal-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { folds, successRates } from '../schema/knowledge.ts';
import { textArray } from '../search/text-array.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { countedFor } from './counted-for.ts';
import { noteAlertsBack, noteAlertsGoOn, noteAlertsOver } from './note-alert.ts';
import { readSignals, readSignalsOf } from './read-signals.ts';
import { readUseCounts, readUses } from './read-uses.ts';

export function createSignalStore(scope: StoreScope): SignalStore {
  return {
    all: (merges) => readSignals(scope, merges),
    authors: (merges) => readAuthors(scope, merges),
    ofVersion: (id) => readSignalsOf(scope, id),
    counts: (merges) => readUseCounts(scope, merges),
    uses: (most, merges) => readUses(scope, most, merges),
    inForce: () => readInForce(scope),
    lastFoldAt: async () => {
      const last = sql`select (extract(epoch from max(folded_at)) * 1000)::float8 as at from folds`;
      return first(await readRows<{ readonly at: number | null }>(scope.executor, last))?.at ?? null;
    },
    saveFold: async (rates, signals) => {
      await removeOtherRates(scope, [...rates.keys()]);
      await saveRates(scope, rates);
      await scope.executor.insert(folds).values({
        id: scope.ids.next(),
        workspaceId: scope.workspace,
        signals,
        solutions: rates.size,
      });
    },
    noteAlertsOver: async (incident, at, withinMs) => {
      await scope.executor.execute(noteAlertsOver(scope.workspace, incident, at, withinMs));
    },
    noteAlertsGoOn: async (recommendation) => {
      await scope.executor.execute(noteAlertsGoOn(scope.workspace, recommendation));
    },
    noteAlertsBack: async (incident) => {
      await scope.executor.execute(noteAlertsBack(incident));
    },
  };
}

async function readInForce({ executor }: StoreScope): Promise<ReadonlyMap<SolutionId, InForce>> {
  const rows = await readRows<InForce & { readonly solutionId: SolutionId }>(
    executor,
    sql`select v.solution_id as "solutionId", v.id as "versionId", s.slug,
        (extract(epoch from v.revived_at) * 1000)::float8 as "revivedAt"
      from solution_versions v join solutions s on s.id = v.solution_id
      where v.state = 'active' and exists (select from recommendations r where r.solution_id = v.solution_id)
      order by s.slug`,
  );
  return new Map(rows.map(({ solutionId, ...version }) => [solutionId, version]));
}

async function readAuthors(
  { executor }: StoreScope,
  merges: Merges = new Map(),
): Promise<ReadonlyMap<SolutionId, ReadonlySet<string>>> {
  const { join, id } = countedFor(sql`v.solution_id`, merges);
  const rows = await readRows<{ readonly solutionId: SolutionId; readonly people: readonly string[] }>(
    executor,
    sql`
      select ${id} as "solutionId", jsonb_agg(distinct p.id) as people
      from solution_versions v join people p on p.external_id = v.author ${join}
      where exists (select from recommendations r where r.solution_id = v.solution_id)
        or v.solution_id = any(${textArray([...merges].flat())}::uuid[])
      group by 1`,
  );
  return new Map(rows.map(({ solutionId, people }) => [solutionId, new Set(people)]));
}

/** A solution whose last vote was taken back has no rate any more. */
async function removeOtherRates({ executor }: StoreScope, kept: readonly SolutionId[]): Promise<void> {
  await executor
    .delete(successRates)
    .where(kept.length > 0 ? notInArray(successRates.solutionId, [...kept]) : undefined);
}

/** As many rows as one statement writes: an embedded database does nothing else meanwhile. */
const rowsAtOnce = 200;

/** In the order of their ids, so that two folds never wait for one another both. */
async function saveRates(
  { executor, workspace }: StoreScope,
  rates: ReadonlyMap<SolutionId, SolutionRate>,
): Promise<void> {
  const rows = [...rates]
    .map(([solutionId, rate]) => ({ ...rate, solutionId, workspaceId: workspace }))
    .sort((one, other) => (one.solutionId < other.solutionId ? -1 : 1));
  for (let start = 0; start < rows.length; start += rowsAtOnce)
    await executor
      .insert(successRates)
      .values(rows.slice(start, start + rowsAtOnce))
      .onConflictDoUpdate({ target: successRates.solutionId, set: newValues, setWhere: isAnother });
}

const { solutionId: _, workspaceId: __, foldedAt: ___, ...folded } = getTableColumns(successRates);

const newValues = {
  ...Object.fromEntries(
    Object.entries(folded).map(([key, { name }]) => [key, sql`excluded.${sql.identifier(name)}`]),
  ),
  foldedAt: sql`now()`,
};

const isAnother = sql`(${sql.join(Object.values(folded), sql`, `)}) is distinct from (${sql.join(
  Object.values(folded).map(({ name }) => sql`excluded.${sql.identifier(name)}`),
  sql`, `,
)})`;
