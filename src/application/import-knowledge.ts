import type { WorkspaceId } from '#domain/ids.ts';
import { readFilePath } from '#domain/solution-file/file-path.ts';
import {
  type FileVersion,
  type ImportStep,
  type KnownVersion,
  planImport,
} from '#domain/solution-file/plan-import.ts';
import { isInForce } from '#domain/solution-file/version-record.ts';
import { everybody } from '#domain/visibility/visibility.ts';
import type { Problem } from '#ports/runbook-parser.ts';
import type { SolutionFiles } from '#ports/solution-files.ts';
import type { VersionedSolution } from '#ports/stores/version-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** A file of a folder of knowledge, as it was read. */
export interface SourceFile {
  readonly path: string;
  readonly source: string;
}

/** What became of a file. `kept` and `refused` say why. */
export interface ImportedFile {
  readonly path: string;
  readonly slug: string;
  readonly change: 'added' | 'changed' | 'unchanged' | 'kept' | 'refused';
  readonly version: number | null;
  readonly why: string | null;
}

export interface ImportReport {
  readonly files: readonly ImportedFile[];
  /** Mistakes; with any, nothing was written. */
  readonly problems: readonly (Problem & { readonly file: string })[];
}

type Needs = Pick<Core, 'unitOfWork' | 'clock' | 'redact'>;

/**
 * Brings files of knowledge into a workspace. All of them are read before anything is written, and one that cannot be
 * understood keeps all out. Secrets are masked before anything is kept. Each solution is written in one transaction; importing the same again changes nothing.
 */
export function createImportKnowledge({ unitOfWork, clock, redact }: Needs, files: SolutionFiles) {
  return async (
    workspace: WorkspaceId,
    sources: readonly SourceFile[],
    { dryRun }: { readonly dryRun: boolean },
  ): Promise<ImportReport> => {
    const masked = sources.map(({ path, source }) => ({ path, source: redact(source) }));
    const { versions, problems } = readAll(masked, files);
    if (problems.length > 0) return { files: [], problems };
    const bySolution = [...Map.groupBy(versions, ({ slug }) => slug).values()];
    const trial = await eachSolution(bySolution, (some) =>
      unitOfWork.within(workspace, (transaction) =>
        bringIn(transaction, some, { files, now: clock.now(), dryRun: true }),
      ),
    );
    const refused = trial.filter(({ change }) => change === 'refused');
    if (dryRun || refused.length > 0)
      return {
        files: trial,
        problems: refused.map(({ path, why }) => ({ file: path, line: 1, message: why ?? '' })),
      };
    const done = await eachSolution(bySolution, (some) =>
      unitOfWork.within(workspace, (transaction) =>
        bringIn(transaction, some, { files, now: clock.now(), dryRun }),
      ),
    );
    return { files: done, problems: [] };
  };
}

async function eachSolution<T>(
  solutions: readonly (readonly FileVersion[])[],
  work: (versions: readonly FileVersion[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (const solution of solutions) results.push(...(await work(solution)));
  return results;
}

function readAll(sources: readonly SourceFile[], files: SolutionFiles) {
  const read = sources.map((source) => readOne(source, files));
  const versions = read.flatMap((one) => ('slug' in one ? [one] : []));
  const problems = read.flatMap((one) => ('slug' in one ? [] : one));
  return { versions, problems: [...problems, ...sameNames(versions)] };
}

function readOne({ path, source }: SourceFile, files: SolutionFiles): FileVersion | ImportReport['problems'] {
  const place = readFilePath(path);
  if (!place) return [{ file: path, line: 1, message: strange }];
  const read = files.read(source, place);
  if (read.kind === 'invalid') return read.problems.map((problem) => ({ ...problem, file: path }));
  const { content, text } = read;
  const isHead = place.version === null;
  const record = isHead ? read.record : { ...read.record, version: place.version };
  return { slug: place.slug ?? read.slug ?? '', isHead, path, content, text, record };
}

/** Of two files with one name nobody could say which counts. */
function sameNames(versions: readonly FileVersion[]): ImportReport['problems'] {
  const named = Map.groupBy(versions, ({ slug, isHead, record }) =>
    JSON.stringify([slug, isHead ? null : record.version]),
  );
  return [...named.values()].flatMap(([first, ...others]) =>
    others.map(({ path }) => ({ file: path, line: 1, message: `is about the same as ${first?.path}` })),
  );
}

const strange =
  'does not belong here: knowledge stands in runbooks/NAME.md, cases/NAME.md and versions/runbooks/NAME/NUMBER.md';

interface Task {
  readonly files: SolutionFiles;
  readonly now: number;
  readonly dryRun: boolean;
}

/** The files of one solution: what is not in force comes first, so that every version finds its parent. */
async function bringIn(
  transaction: Transaction,
  versions: readonly FileVersion[],
  task: Task,
): Promise<readonly ImportedFile[]> {
  const [solution] = await transaction.versions.named(versions.slice(0, 1).map(({ slug }) => slug));
  const known = solution ? knownVersions(solution, task.files) : [];
  const inOrder = versions.toSorted((one, other) => numberOf(one) - numberOf(other));
  const results: ImportedFile[] = [];
  for (const version of inOrder) {
    const step =
      solution && solution.kind !== version.content.kind ? otherKind : planImport(version, known, task.now);
    if (!task.dryRun) await carryOut(transaction, version, step);
    if (step.kind === 'add') known.push({ ...step.version, fileText: step.version.text });
    results.push(tell(version, step, solution !== undefined));
  }
  // For whom a solution is that was there already is for people to say.
  await noteAudience(transaction, solution ? [] : inOrder, task);
  return results;
}

const numberOf = ({ record }: FileVersion): number => record.version ?? Number.MAX_SAFE_INTEGER;

/** Its own file counts, which comes last. */
async function noteAudience(
  { versions, visibility }: Transaction,
  files: readonly FileVersion[],
  { dryRun }: Task,
): Promise<void> {
  const head = files.at(-1);
  const [added] = head && !dryRun ? await versions.named([head.slug]) : [];
  if (head && added) await visibility.set(added.id, head.record.audience ?? everybody);
}

const otherKind = {
  kind: 'refused',
  why: 'the database has a solution of this name that is of the other kind',
} as const satisfies ImportStep;

function knownVersions({ versions }: VersionedSolution, files: SolutionFiles): KnownVersion[] {
  return versions.map((version) => ({ ...version, fileText: files.write(version, false).text }));
}

async function carryOut(transaction: Transaction, file: FileVersion, step: ImportStep): Promise<void> {
  if (step.kind !== 'add' && step.kind !== 'restate') return;
  const { versions, searchIndex, audit } = transaction;
  const details = { solution: file.slug, file: file.path };
  if (step.kind === 'add') {
    const id = await versions.add(step.version);
    if (step.version.state === 'active') await searchIndex.put([{ id, content: step.version.content }]);
    else if (isInForce(step.version.state)) await searchIndex.remove([id]);
    const { version, state } = step.version;
    return audit.append({
      actor: 'shell',
      event: 'knowledge.imported',
      details: { ...details, version, state },
    });
  }
  const [solution] = await versions.named([file.slug]);
  if (!solution) return;
  await versions.restate(solution.id, step.version, step.to);
  await searchIndex.remove([solution.id]);
  const { state } = step.to;
  await audit.append({
    actor: 'shell',
    event: 'knowledge.imported',
    details: { ...details, version: step.version, state },
  });
}

function tell({ path, slug }: FileVersion, step: ImportStep, isKnown: boolean): ImportedFile {
  switch (step.kind) {
    case 'add':
      return { path, slug, change: isKnown ? 'changed' : 'added', version: step.version.version, why: null };
    case 'restate':
      return { path, slug, change: 'changed', version: step.version, why: `is ${step.to.state} now` };
    case 'unchanged':
      return { path, slug, change: 'unchanged', version: null, why: null };
    default:
      return { path, slug, change: step.kind, version: null, why: step.why };
  }
}
