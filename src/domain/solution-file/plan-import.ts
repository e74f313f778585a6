import type { SolutionContent } from '../solution.ts';
import { headOf, isInForce, type RecordedVersion, type VersionRecord } from './version-record.ts';

/** What a file holds. */
export interface FileVersion {
  readonly slug: string;
  readonly content: SolutionContent;
  readonly text: string;
  readonly record: Partial<VersionRecord>;
  /** Whether it is the file of the solution itself, or of one of its other versions. */
  readonly isHead: boolean;
  /** Where the file stands, as the origin of what nobody else says one of. */
  readonly path: string;
}

/** A version that is known, with the text that its file has. */
export interface KnownVersion extends Pick<RecordedVersion, 'version' | 'state'> {
  readonly fileText: string;
}

export type ImportStep =
  | { readonly kind: 'unchanged' }
  /** The database knows more than the file: it stays as it is, and `why` says so. */
  | { readonly kind: 'kept'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'add'; readonly version: RecordedVersion }
  | {
      readonly kind: 'restate';
      readonly version: number;
      readonly to: Pick<VersionRecord, 'state' | 'reason'>;
    };

/**
 * What importing a file does, given all versions of its solution. A text that the database has is never added again; a
 * text that it has not is a new version made from the one that the file names. What was decided in the database (a
 * version was superseded, rejected, taken out of force) is not undone by a file that does not know of it.
 */
export function planImport(file: FileVersion, known: readonly KnownVersion[], now: number): ImportStep {
  const { version: from, parent = null } = file.record;
  const isNew = from !== undefined && !known.some(({ version }) => version === from);
  if (isNew && (!file.isHead || from > newest(known))) return addRecorded(file, from, parent, now);
  const same = sameText(file, known);
  if (same) return file.isHead ? planState(file, same, known) : { kind: 'unchanged' };
  return file.isHead ? planEdit(file, known, now) : planOther(file, known, now);
}

/** Of several versions with this text the one that the file means; an old one only where the file names it. */
function sameText(
  { text, record, isHead }: FileVersion,
  known: readonly KnownVersion[],
): KnownVersion | undefined {
  const head = headOf(known);
  const same = known.filter(({ fileText }) => fileText === text);
  const named = same.find(({ version }) => version === record.version);
  return named ?? (isHead && record.version === undefined ? same.find((one) => one === head) : headOf(same));
}

const newest = (known: readonly KnownVersion[]): number =>
  known.reduce((highest, { version }) => Math.max(highest, version), 0);

/** The same text: a file may take a solution out of force, and nothing else. */
function planState(file: FileVersion, same: KnownVersion, known: readonly KnownVersion[]): ImportStep {
  const head = headOf(known) ?? same;
  if (head.fileText !== same.fileText)
    return { kind: 'kept', why: `holds version ${same.version}; version ${head.version} counts by now` };
  const { state = 'active', reason = null } = file.record;
  if (state === head.state) return { kind: 'unchanged' };
  if (isInForce(head.state) && takesAway.includes(state))
    return { kind: 'restate', version: head.version, to: { state, reason } };
  const why = `says ${state}; version ${head.version} is ${head.state} by now, which a file does not undo`;
  return { kind: 'kept', why };
}

const takesAway: readonly string[] = ['deprecated', 'retired'];

/** Another text in the file of the solution itself. */
function planEdit(file: FileVersion, known: readonly KnownVersion[], now: number): ImportStep {
  const { version: from } = file.record;
  const head = headOf(known);
  if (from === undefined || from === head?.version)
    return add(file, newest(known) + 1, head?.version ?? null, now);
  const why = `was written from version ${from}, and version ${head?.version} counts by now; export again, put both together, and import that`;
  return { kind: 'refused', why };
}

/** Another text for a number that is taken: what nobody decided on yet is kept beside it. */
function planOther(file: FileVersion, known: readonly KnownVersion[], now: number): ImportStep {
  const { version, state = 'active', parent = null } = file.record;
  return state === 'draft' || state === 'in-review'
    ? add(file, newest(known) + 1, parent, now)
    : { kind: 'kept', why: `holds a version ${version} other than the one that is there` };
}

function addRecorded(file: FileVersion, version: number, parent: number | null, now: number): ImportStep {
  const { state = 'active' } = file.record;
  const why = `says ${state}: the version in force stands in the file of the solution itself`;
  return !file.isHead && isInForce(state) ? { kind: 'refused', why } : add(file, version, parent, now);
}

function add(file: FileVersion, version: number, parent: number | null, now: number): ImportStep {
  const { slug, content, text, record, path } = file;
  const owner = content.kind === 'runbook' ? content.runbook.owner : content.case.owner;
  // An edit is a version of its own, with a time of its own.
  const isAsRecorded = record.version === version;
  return {
    kind: 'add',
    version: {
      ...{ slug, content, text, version, parent },
      state: record.state ?? 'active',
      reason: record.reason ?? null,
      author: record.author ?? owner,
      source: record.source ?? 'import',
      origin: record.origin ?? path,
      audience: record.audience,
      createdAt: isAsRecorded ? (record.createdAt ?? now) : now,
    },
  };
}
