import { and, desc, inArray, sql } from 'drizzle-orm';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { NewVersion, StoredVersion } from '#ports/stores/solution-store.ts';
import { solutions, solutionVersions } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** The newest version of a solution, in force or not. */
interface KnownVersion {
  readonly id: VersionId;
  readonly version: number;
  readonly text: string;
  readonly state: string;
}

interface Next {
  readonly id: SolutionId;
  readonly version: NewVersion;
  readonly parent: KnownVersion | undefined;
}

/** See SolutionStore.putAll; four statements, however many versions. */
export async function putVersions(
  scope: StoreScope,
  versions: readonly NewVersion[],
): Promise<readonly StoredVersion[]> {
  const bySlug = new Map(versions.map((version) => [version.slug, version]));
  if (bySlug.size === 0) return [];
  const ids = await ensureSolutions(scope, [...bySlug.values()]);
  const newest = await newestVersions(scope, [...ids.values()]);
  const all = [...bySlug].flatMap(([slug, version]): readonly Next[] => {
    const id = ids.get(slug);
    return id ? [{ id, version, parent: newest.get(id) }] : [];
  });
  const changed = all.filter((next) => !isInForce(next));
  await supersede(
    scope,
    changed.map(({ id }) => id),
  );
  await insertVersions(scope, changed);
  const stored = new Map(all.map((next) => [next.version.slug, toStored(next)]));
  return versions.flatMap(({ slug }) => stored.get(slug) ?? []);
}

/** A text that was deprecated stays so when its file is read again: only a person or another text brings it back. */
const isInForce = ({ version, parent }: Next): boolean =>
  parent?.text === version.text && (parent.state === 'active' || parent.state === 'deprecated');

function toStored(next: Next): StoredVersion {
  const change = next.parent ? 'updated' : 'created';
  return { id: next.id, change: isInForce(next) ? 'unchanged' : change };
}

async function ensureSolutions(
  { executor, workspace, ids }: StoreScope,
  versions: readonly NewVersion[],
): Promise<ReadonlyMap<string, SolutionId>> {
  const rows = await executor
    .insert(solutions)
    .values(
      versions.map(({ slug, content, origin }) => ({
        id: ids.next<SolutionId>(),
        workspaceId: workspace,
        slug,
        kind: content.kind,
        origin,
      })),
    )
    .onConflictDoUpdate({
      target: [solutions.workspaceId, solutions.slug],
      set: { origin: sql`excluded.origin` },
    })
    .returning({ id: solutions.id, slug: solutions.slug });
  return new Map(rows.map(({ id, slug }) => [slug, id]));
}

async function newestVersions(
  { executor }: StoreScope,
  ids: readonly SolutionId[],
): Promise<ReadonlyMap<SolutionId, KnownVersion>> {
  const rows = await executor
    .selectDistinctOn([solutionVersions.solutionId], {
      solutionId: solutionVersions.solutionId,
      id: solutionVersions.id,
      version: solutionVersions.version,
      text: solutionVersions.text,
      state: solutionVersions.state,
    })
    .from(solutionVersions)
    .where(inArray(solutionVersions.solutionId, [...ids]))
    .orderBy(solutionVersions.solutionId, desc(solutionVersions.version));
  return new Map(rows.map(({ solutionId, ...known }) => [solutionId, known]));
}

async function supersede({ executor }: StoreScope, ids: readonly SolutionId[]): Promise<void> {
  if (ids.length === 0) return;
  await executor
    .update(solutionVersions)
    .set({ state: 'superseded' })
    .where(
      and(
        inArray(solutionVersions.solutionId, [...ids]),
        inArray(solutionVersions.state, ['active', 'deprecated']),
      ),
    );
}

async function insertVersions(
  { executor, workspace, ids }: StoreScope,
  changed: readonly Next[],
): Promise<void> {
  if (changed.length === 0) return;
  await executor.insert(solutionVersions).values(
    changed.map(({ id, version, parent }) => ({
      id: ids.next<VersionId>(),
      workspaceId: workspace,
      solutionId: id,
      version: (parent?.version ?? 0) + 1,
      parentId: parent?.id ?? null,
      author: version.author,
      source: version.source,
      state: 'active' as const,
      text: version.text,
      content: version.content,
    })),
  );
}
