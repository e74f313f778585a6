import type { SolutionContent } from '#domain/solution.ts';
import type { FilePlace } from '#domain/solution-file/file-path.ts';
import type { RecordedVersion, VersionRecord } from '#domain/solution-file/version-record.ts';
import type { Problem } from './runbook-parser.ts';

/** A file of exported knowledge. */
export interface SolutionFile {
  /** The whole file. */
  readonly source: string;
  /** Of it what is the solution's own: the file without the record of the version. */
  readonly text: string;
}

export interface ReadSolutionFile {
  readonly kind: 'solution';
  readonly text: string;
  readonly content: SolutionContent;
  /** Where the file names the solution itself. */
  readonly slug: string | null;
  /** What the file says of its version; nothing in a file that somebody wrote by hand. */
  readonly record: Partial<VersionRecord>;
}

/** Knowledge as Markdown with front matter: the text of a version, and in the front matter what is kept beside it. */
export interface SolutionFiles {
  /** `slug` is written into the file where its name cannot carry it. */
  write(version: RecordedVersion, slugInFile: boolean): SolutionFile;
  /** Of a file what is the solution's own; null where it holds no record of a version. */
  textOf(source: string): string | null;
  /** Reads what `write` wrote, or what a person made of it. Never throws on any text. */
  read(
    source: string,
    place: FilePlace,
  ): ReadSolutionFile | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };
}
