import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import type { Executor, OpenDatabase } from '#adapters/postgres/database.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import {
  findNearest,
  type Nearest,
  type NearestQuery,
  nearestByIndex,
} from '#adapters/postgres/search/find-nearest.ts';
import { defaultSearchSettings } from '#adapters/postgres/search/search-settings.ts';
import { ensureVectorIndex } from '#adapters/postgres/search/vector-index.ts';
import { type VectorIndex, vectorIndexOf } from '#adapters/postgres/search/vector-space.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { SearchFilter } from '#ports/solution-search.ts';
import { describeOnBothEngines } from '#test/support/databases.ts';
import { createRandom } from '#test/support/random.ts';
import { addWorkspace, analyse, inScope } from '#test/support/search-database.ts';
import { addVectors, type VectorRow } from '#test/support/vectors.ts';

const dimensions = 48;
const model = "it's a 'model'";
const random = createRandom(42);
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
const noise = (scale: number) => (random() + random() + random() - 1.5) * scale;

/** Texts gather around topics, and so do these. */
const topics = Array.from({ length: 60 }, () => Array.from({ length: dimensions }, () => noise(1)));
const nearTopic = () => pick(topics).map((value) => value + noise(0.5));
const labels = [[], ['prod'], ['staging'], ['prod', 'dev']] as const;
const row = (): VectorRow => ({
  vector: nearTopic(),
  kind: pick(['runbook', 'case', 'case']),
  environment: pick(labels),
  os: pick([[], ['linux'], ['windows']]),
});
const filters: readonly (SearchFilter | undefined)[] = [
  undefined,
  { kinds: ['runbook'] },
  { kinds: ['case'], context: { environment: ['dev'] } },
  { context: { environment: ['prod'], os: 'linux' } },
  { kinds: ['case'], context: { os: 'solaris', environment: ['qa'] } },
];
const ask = (more: Partial<NearestQuery> = {}): NearestQuery => ({
  vector: { model, values: nearTopic() },
  limit: defaultSearchSettings.pool,
  exactUpTo: 50,
  ...more,
});
const topFive = (found: readonly Nearest[]) =>
  found
    .slice(0, 5)
    .map(({ id }) => id)
    .join();
const everything = Number.MAX_SAFE_INTEGER - 1;

/** What the index alone brings, as findNearest asks it. */
async function byIndex(executor: Executor, query: NearestQuery): Promise<readonly { id: string }[]> {
  return readRows(executor, nearestByIndex(query, vectorIndexOf({ model, dimensions }) as VectorIndex));
}

describeOnBothEngines('the nearest vectors', (openDatabase) => {
  let open: OpenDatabase;
  const workspaces: WorkspaceId[] = [];

  beforeAll(async () => {
    open = (await openDatabase()).open;
    const counts = open.engine === 'server' ? [4000, 2500, 600, 20] : [900, 60];
    for (const count of counts) {
      const workspace = await addWorkspace(open);
      workspaces.push(workspace);
      await addVectors(open, workspace, model, Array.from({ length: count }, row));
    }
    await ensureVectorIndex(open.database, { model, dimensions });
    await analyse(open);
  }, 120_000);

  it('are those of an exact scan in at least 99 % of 1,000 filtered questions', async () => {
    const questions = open.engine === 'server' ? 1000 : 200;
    let same = 0;
    let indexed = 0;
    for (let asked = 0; asked < questions; asked += 1) {
      const query = ask({ filter: pick(filters) });
      await inScope(open, pick(workspaces), async ({ executor }) => {
        const exact = await findNearest(executor, { ...query, exactUpTo: everything });
        const found = await findNearest(executor, query);
        const [steered] = await readRows<{ on: string }>(
          executor,
          sql`select current_setting('hnsw.iterative_scan', true) as on`,
        );
        if (steered?.on === 'relaxed_order') indexed += 1;
        if (topFive(found) === topFive(exact)) same += 1;
      });
    }
    expect(same).toBeGreaterThanOrEqual(questions * 0.99);
    expect(indexed).toBeGreaterThanOrEqual(questions / 4);
  }, 300_000);

  it('come from the HNSW index as the application role', async () => {
    await inScope(open, workspaces[0] as WorkspaceId, async ({ executor }) => {
      const query = ask({ filter: { kinds: ['case'], context: { os: 'linux' } } });
      await findNearest(executor, query);
      const plan = await readRows<Record<string, string>>(
        executor,
        sql`explain ${nearestByIndex(query, vectorIndexOf({ model, dimensions }) as VectorIndex)}`,
      );
      const text = plan.map((line) => Object.values(line)[0]).join('\n');
      const [role] = await readRows<{ role: string }>(executor, sql`select current_user as role`);
      expect(role?.role).toBe('recourse_app');
      expect(text).toMatch(/Index Scan using search_embeddings_hnsw_\w+_48 on search_embeddings/);
      expect(text).not.toMatch(/Sort|Seq Scan/);
    });
  });

  it('are all there when the index is starved by other workspaces', async () => {
    const small = workspaces.at(-1) as WorkspaceId;
    await inScope(open, small, async ({ executor }) => {
      const query = ask({ limit: 15, exactUpTo: 10, scan: { candidates: 1, vectors: 1 } });
      const exact = await findNearest(executor, { ...query, exactUpTo: everything });
      expect(exact).toHaveLength(15);
      const found = await findNearest(executor, query);
      // The scan's limits are still set: by itself the index brings too few.
      expect((await byIndex(executor, query)).length).toBeLessThan(15);
      expect(found).toEqual(exact);
    });
  });

  it('are of one model and one length', async () => {
    const workspace = await addWorkspace(open);
    await addVectors(open, workspace, model, [row()]);
    await addVectors(open, workspace, model, [{ ...row(), vector: [1, 2, 3] }]);
    await addVectors(open, workspace, 'another', [row(), row()]);
    await inScope(open, workspace, async ({ executor }) => {
      expect(await findNearest(executor, ask())).toHaveLength(1);
      expect(await findNearest(executor, ask({ vector: { model, values: [1, 2, 3] } }))).toHaveLength(1);
      expect(await findNearest(executor, ask({ vector: { model: 'third', values: [1] } }))).toEqual([]);
    });
  });

  it('are found in half precision where a vector is too long for full, with exact numbers', async () => {
    const workspace = await addWorkspace(open);
    const long = Array.from({ length: 30 }, () => ({
      ...row(),
      vector: Array.from({ length: 2100 }, () => noise(1)),
    }));
    await addVectors(open, workspace, 'long', long);
    await ensureVectorIndex(open.database, { model: 'long', dimensions: 2100 });
    await inScope(open, workspace, async ({ executor }) => {
      const vector = { model: 'long', values: Array.from({ length: 2100 }, () => noise(1)) };
      const exact = await findNearest(executor, { vector, limit: 5, exactUpTo: everything });
      const found = await findNearest(executor, { vector, limit: 5, exactUpTo: 1 });
      expect(found).toEqual(exact);
      const [index] = await readRows<{ definition: string }>(
        executor,
        sql`select pg_get_indexdef(indexrelid) as definition from pg_index
          where indexrelid = to_regclass(${vectorIndexOf({ model: 'long', dimensions: 2100 })?.name})`,
      );
      expect(index?.definition).toContain('halfvec(2100)');
    });
    expect(vectorIndexOf({ model: 'longer', dimensions: 4001 })).toBeUndefined();
  });
});
