import { createHash } from 'node:crypto';
import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { SolutionId, VersionId } from '#domain/ids.ts';
import type { NewVersion, StoredVersion } from '#ports/stores/solution-store.ts';
import { solutions, solutionVersions } from '../schema/knowledge.ts';
import type { StoreScope } from '../unit-of-work.ts';

interface KnownVersion {
  readonly id: VersionId;
  readonly version: number;
  readonly text: string;
}

/** Of a solution's versions those that a text is compared with. */
interface Known {
  readonly newest: KnownVersion;
  readonly inForce: KnownVersion | undefined;
  /** The last one that came from a file and was in force once, whatever became of it. */
  readonly fromFile: KnownVersion | undefined;
}

interface Next {
  readonly id: SolutionId;
  readonly version: NewVersion;
  /** Of the text that its file had when it was last read. */
  readonly fileHash: string | null;
  readonly known: Known | undefined;
}

/** See SolutionStore.putAll; five statements, however many versions. */
export async function putVersions(
  scope: StoreScope,
  versions: readonly NewVersion[],
): Promise<readonly StoredVersion[]> {
  const bySlug = new Map(versions.map((version) => [version.slug, version]));
  if (bySlug.size === 0) return [];
  const ids = await ensureSolutions(scope, [...bySlug.values()]);
  const known = await knownVersions(
    scope,
    [...ids.values()].map(({ id }) => id),
  );
  const all = [...bySlug].flatMap(([slug, version]): readonly Next[] => {
    const row = ids.get(slug);
    return row ? [{ ...row, version, known: known.get(row.id) }] : [];
  });
  const changed = all.filter((next) => !isKnown(next));
  await supersede(
    scope,
    changed.map(({ id }) => id),
  );
  await insertVersions(scope, changed);
  await noteFiles(scope, all);
  const stored = new Map(all.map((next) => [next.version.slug, toStored(next)]));
  return versions.flatMap(({ slug }) => stored.get(slug) ?? []);
}

/**
 * A file that is read again says nothing new, whatever people have decided on its text since; only another text of it
 * counts again. What a person writes counts unless it is in force as it is.
 */
const isKnown = ({ version: { text, source }, fileHash, known }: Next): boolean =>
  known?.inForce?.text === text || (source === 'import' && isLastOfFile(text, fileHash, known));

/** A solution whose file was never read by its hash is known by the last version that came from one. */
const isLastOfFile = (text: string, fileHash: string | null, known: Known | undefined): boolean =>
  fileHash === null ? known?.fromFile?.text === text : fileHash === hashOf(text);

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function toStored(next: Next): StoredVersion {
  const change = next.known ? 'updated' : 'created';
  return { id: next.id, change: isKnown(next) ? 'unchanged' : change };
}

async function ensureSolutions(
  { executor, workspace, ids }: StoreScope,
  versions: readonly NewVersion[],
): Promise<ReadonlyMap<string, Pick<Next, 'id' | 'fileHash'>>> {
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
    .returning({ id: solutions.id, slug: solutions.slug, fileHash: solutions.fileHash });
  return new Map(rows.map(({ slug, ...row }) => [slug, row]));
}

async function noteFiles({ executor }: StoreScope, all: readonly Next[]): Promise<void> {
  const read = all.flatMap(({ id, version: { source, text }, fileHash }) => {
    const hash = hashOf(text);
    return source === 'import' && hash !== fileHash ? [sql`(${id}::uuid, ${hash}::text)`] : [];
  });
  if (read.length === 0) return;
  const rows = sql`(values ${sql.join(read, sql`, `)}) as read (id, hash)`;
  await executor
    .update(solutions)
    .set({ fileHash: sql`read.hash` })
    .from(rows)
    .where(eq(solutions.id, sql`read.id`));
}

async function knownVersions(
  { executor }: StoreScope,
  ids: readonly SolutionId[],
): Promise<ReadonlyMap<SolutionId, Known>> {
  const isFromFile = sql<boolean>`${solutionVersions.source} = 'import'
    and ${solutionVersions.state} not in ('draft', 'in-review', 'rejected')`;
  const isInForce = sql<boolean>`${solutionVersions.state} in ('active', 'deprecated')`;
  // The newest of each sort: at most four a solution, however many versions it has.
  const rows = await executor
    .selectDistinctOn([solutionVersions.solutionId, isFromFile, isInForce], {
      solutionId: solutionVersions.solutionId,
      id: solutionVersions.id,
      version: solutionVersions.version,
      text: solutionVersions.text,
      isFromFile,
      isInForce,
    })
    .from(solutionVersions)
    .where(inArray(solutionVersions.solutionId, [...ids]))
    .orderBy(solutionVersions.solutionId, isFromFile, isInForce, desc(solutionVersions.version));
  const newestFirst = rows.toSorted((one, other) => other.version - one.version);
  const bySolution = Map.groupBy(newestFirst, ({ solutionId }) => solutionId);
  return new Map(
    [...bySolution].flatMap(([id, versions]) => {
      const [newest] = versions;
      const inForce = versions.find((one) => one.isInForce);
      const fromFile = versions.find((one) => one.isFromFile);
      return newest ? [[id, { newest, inForce, fromFile }] as const] : [];
    }),
  );
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
    changed.map(({ id, version, known }) => ({
      id: ids.next<VersionId>(),
      workspaceId: workspace,
      solutionId: id,
      version: (known?.newest.version ?? 0) + 1,
      parentId: (known?.inForce ?? known?.newest)?.id ?? null,
      author: version.author,
      source: version.source,
      state: 'active' as const,
      text: version.text,
      content: version.content,
    })),
  );
}
