import { and, desc, eq, inArray } from 'drizzle-orm';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { Solution } from '#domain/solution.ts';
import type { NewVersion, SolutionStore } from '#ports/stores/solution-store.ts';
import { first, one } from '../rows.ts';
import { solutions, solutionVersions, successRates } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

const columns = {
  id: solutions.id,
  slug: solutions.slug,
  origin: solutions.origin,
  versionId: solutionVersions.id,
  version: solutionVersions.version,
  content: solutionVersions.content,
  updatedAt: solutionVersions.createdAt,
};

export function createSolutionStore(scope: StoreScope): SolutionStore {
  const { executor } = scope;
  const inForce = () =>
    executor
      .select(columns)
      .from(solutions)
      .innerJoin(
        solutionVersions,
        and(eq(solutionVersions.solutionId, solutions.id), eq(solutionVersions.state, 'active')),
      )
      .$dynamic();
  return {
    put: (version) => put(scope, version),
    find: async (id): Promise<Solution | undefined> => first(await inForce().where(eq(solutions.id, id))),
    version: async (id) =>
      first(
        await executor
          .select({ content: solutionVersions.content, version: solutionVersions.version })
          .from(solutionVersions)
          .where(eq(solutionVersions.id, id)),
      ),
    all: () => inForce().orderBy(solutions.slug),
    rates: async (wanted) => {
      if (wanted.length === 0) return new Map();
      const rows = await executor
        .select()
        .from(successRates)
        .where(inArray(successRates.solutionId, [...wanted]));
      return new Map(rows.map((row) => [row.solutionId, row]));
    },
  };
}

async function put(scope: StoreScope, next: NewVersion) {
  const id = await ensureSolution(scope, next);
  const newest = await newestVersion(scope, id);
  if (newest?.text === next.text && newest.state === 'active') return { id, change: 'unchanged' } as const;
  await supersede(scope, id);
  await insertVersion(scope, id, next, newest);
  return { id, change: newest ? 'updated' : 'created' } as const;
}

async function ensureSolution(
  { executor, workspace, ids }: StoreScope,
  next: NewVersion,
): Promise<SolutionId> {
  const rows = await executor
    .insert(solutions)
    .values({
      id: ids.next(),
      workspaceId: workspace,
      slug: next.slug,
      kind: next.content.kind,
      origin: next.origin,
    })
    .onConflictDoUpdate({ target: [solutions.workspaceId, solutions.slug], set: { origin: next.origin } })
    .returning({ id: solutions.id });
  return one(rows).id;
}

interface KnownVersion {
  readonly id: VersionId;
  readonly version: number;
  readonly text: string;
  readonly state: string;
}

async function newestVersion({ executor }: StoreScope, id: SolutionId): Promise<KnownVersion | undefined> {
  const rows = await executor
    .select({
      id: solutionVersions.id,
      version: solutionVersions.version,
      text: solutionVersions.text,
      state: solutionVersions.state,
    })
    .from(solutionVersions)
    .where(eq(solutionVersions.solutionId, id))
    .orderBy(desc(solutionVersions.version))
    .limit(1);
  return first(rows);
}

async function supersede({ executor }: StoreScope, id: SolutionId): Promise<void> {
  await executor
    .update(solutionVersions)
    .set({ state: 'superseded' })
    .where(
      and(eq(solutionVersions.solutionId, id), inArray(solutionVersions.state, ['active', 'deprecated'])),
    );
}

async function insertVersion(
  { executor, workspace, ids }: StoreScope,
  solutionId: SolutionId,
  next: NewVersion,
  parent: KnownVersion | undefined,
): Promise<void> {
  await executor.insert(solutionVersions).values({
    id: ids.next(),
    workspaceId: workspace,
    solutionId,
    version: (parent?.version ?? 0) + 1,
    parentId: parent?.id ?? null,
    author: next.author,
    source: next.source,
    state: 'active',
    text: next.text,
    content: next.content,
  });
}
