import type { WorkspaceId } from '#domain/ids.ts';
import { createFilePaths, readFilePath } from '#domain/solution-file/file-path.ts';
import { headOf } from '#domain/solution-file/version-record.ts';
import type { SolutionFile, SolutionFiles } from '#ports/solution-files.ts';
import type { VersionedSolution } from '#ports/stores/version-store.ts';
import type { Core } from './core.ts';

/** A file with where it stands in the folder, with `/` between the parts. */
export interface KnowledgeFile extends SolutionFile {
  readonly path: string;
  readonly slug: string;
}

/** Solutions a transaction: few enough that the embedded database does not block this process. */
const atOnce = 100;

/** All knowledge of a workspace as files: each solution one, its other versions beside it; the same rows, the same bytes. */
export function createExportKnowledge({ unitOfWork }: Pick<Core, 'unitOfWork'>, files: SolutionFiles) {
  const nextPage = (workspace: WorkspaceId, last: string | null) =>
    unitOfWork.within(workspace, ({ versions }) => versions.after(last, atOnce));
  return async function* (workspace: WorkspaceId): AsyncGenerator<KnowledgeFile> {
    const slugs = await unitOfWork.within(workspace, ({ solutions }) => solutions.slugs());
    const pathOf = createFilePaths(slugs.map(({ slug }) => slug));
    let last: string | null = null;
    do {
      const page: readonly VersionedSolution[] = await nextPage(workspace, last);
      for (const solution of page) yield* filesOf(solution, pathOf, files);
      last = page.at(-1)?.slug ?? null;
    } while (last !== null);
  };
}

function* filesOf(
  { slug, kind, versions }: VersionedSolution,
  pathOf: ReturnType<typeof createFilePaths>,
  files: SolutionFiles,
): Generator<KnowledgeFile> {
  const head = headOf(versions);
  for (const version of versions) {
    const path = pathOf(kind, slug, version === head ? null : version.version);
    const slugInFile = readFilePath(path)?.slug !== slug;
    yield { ...files.write(version, slugInFile), path, slug };
  }
}
