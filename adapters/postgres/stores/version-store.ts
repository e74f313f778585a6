import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import { isInForce, type RecordedVersion } from '#domain/solution-file/version-record.ts';
import type { VersionedSolution, VersionStore } from '#ports/stores/version-store.ts';
import { first, one } from '../rows.ts';
import { solutions, solutionVersions } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** The same order on every server, whatever its locale. */
const bySlug = sql`${solutions.slug} collate "C"`;

export function createVersionStore(scope: StoreScope): VersionStore {
  return {
    after: (slug, limit) => readSolutions(scope, slug === null ? undefined : gt(bySlug, slug), limit),
    named: async (slugs) =>
      slugs.length === 0 ? [] : readSolutions(scope, inArray(solutions.slug, [...slugs]), slugs.length),
    add: (version) => addVersion(scope, version),
    restate: async (solution, version, to) => {
      const changed = await scope.executor
        .update(solutionVersions)
        .set({ state: to.state, stateReason: to.reason })
        .where(and(eq(solutionVersions.solutionId, solution), eq(solutionVersions.version, version)))
        .returning({ id: solutionVersions.id });
      return changed.length > 0;
    },
  };
}

async function readSolutions(
  scope: StoreScope,
  condition: SQL | undefined,
  limit: number,
): Promise<readonly VersionedSolution[]> {
  const found = await scope.executor
    .select()
    .from(solutions)
    .where(condition)
    .orderBy(asc(bySlug))
    .limit(limit);
  const versions = await readVersions(
    scope,
    found.map(({ id }) => id),
  );
  return found.map(({ id, slug, kind, origin, visibility, channel, team }) => ({
    id,
    slug,
    kind,
    versions: (versions.get(id) ?? []).map((version) => ({
      ...{ ...version, slug, origin },
      ...(visibility === 'workspace' && channel === null ? {} : { audience: { visibility, channel, team } }),
    })),
  }));
}

type StoredVersionRow = Omit<RecordedVersion, 'slug' | 'origin' | 'audience'>;

async function readVersions(
  { executor }: StoreScope,
  ids: readonly SolutionId[],
): Promise<ReadonlyMap<SolutionId, readonly StoredVersionRow[]>> {
  if (ids.length === 0) return new Map();
  const rows = await executor
    .select()
    .from(solutionVersions)
    .where(inArray(solutionVersions.solutionId, [...ids]))
    .orderBy(solutionVersions.solutionId, asc(solutionVersions.version));
  const numbers = new Map(rows.map(({ id, version }) => [id, version]));
  const read = rows.map(
    ({ solutionId, parentId, version, state, stateReason, author, source, text, content, createdAt }) => ({
      solutionId,
      row: {
        ...{ version, state, author, source, text, content, createdAt },
        reason: stateReason,
        parent: parentId === null ? null : (numbers.get(parentId) ?? null),
      },
    }),
  );
  return new Map(
    [...Map.groupBy(read, ({ solutionId }) => solutionId)].map(([id, all]) => [
      id,
      all.map(({ row }) => row),
    ]),
  );
}

async function addVersion(scope: StoreScope, version: RecordedVersion): Promise<SolutionId> {
  const solutionId = await ensureSolution(scope, version);
  if (isInForce(version.state)) await supersede(scope, solutionId);
  const { author, source, state, reason, text, content, createdAt } = version;
  await addVersionTo(scope, solutionId, {
    ...{ version: version.version, author, source, state, text, content, createdAt },
    parentId: version.parent === null ? null : await idOfVersion(scope, solutionId, version.parent),
    stateReason: reason,
  });
  return solutionId;
}

async function idOfVersion(
  { executor }: StoreScope,
  solutionId: SolutionId,
  number: number,
): Promise<VersionId | null> {
  const found = await executor
    .select({ id: solutionVersions.id })
    .from(solutionVersions)
    .where(and(eq(solutionVersions.solutionId, solutionId), eq(solutionVersions.version, number)));
  return first(found)?.id ?? null;
}

export async function addVersionTo(
  { executor, workspace, ids }: StoreScope,
  solutionId: SolutionId,
  version: Omit<typeof solutionVersions.$inferInsert, 'id' | 'workspaceId' | 'solutionId'>,
): Promise<VersionId> {
  const id = ids.next<VersionId>();
  await executor.insert(solutionVersions).values({ ...version, id, solutionId, workspaceId: workspace });
  return id;
}

/** The origin is the solution's: that of the version in force counts, and of others only where nothing was known. */
export async function ensureSolution(
  { executor, workspace, ids }: StoreScope,
  { slug, content, origin, state }: Pick<RecordedVersion, 'slug' | 'content' | 'origin' | 'state'>,
): Promise<SolutionId> {
  const rows = await executor
    .insert(solutions)
    .values({ id: ids.next<SolutionId>(), workspaceId: workspace, slug, kind: content.kind, origin })
    .onConflictDoUpdate({
      target: [solutions.workspaceId, solutions.slug],
      set: { origin: isInForce(state) ? sql`excluded.origin` : sql`${solutions.origin}` },
    })
    .returning({ id: solutions.id });
  return one(rows).id;
}

export async function supersede({ executor }: StoreScope, id: SolutionId): Promise<void> {
  await executor
    .update(solutionVersions)
    .set({ state: 'superseded' })
    .where(
      and(eq(solutionVersions.solutionId, id), inArray(solutionVersions.state, ['active', 'deprecated'])),
    );
}
