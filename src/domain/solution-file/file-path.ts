import { createHash } from 'node:crypto';
import type { SolutionKind } from '../solution.ts';

/** Where a file of exported knowledge stands, with `/` between the parts. */
export interface FilePlace {
  readonly kind: SolutionKind;
  /** Null where the name could not carry it; then the file itself says it. */
  readonly slug: string | null;
  /** Null for the file of the solution itself; else the number of one of its other versions. */
  readonly version: number | null;
}

export const kindFolders = {
  runbook: 'runbooks',
  case: 'cases',
} as const satisfies Record<SolutionKind, string>;

export const versionsFolder = 'versions';

/** Bytes of the longest part of a path that every file system takes, with room for an ending. */
const longestPart = 200;

/**
 * The stable paths of solutions: `db/slow` → `runbooks/db/slow.md`, other versions under `versions/`. What some file
 * system could not hold or would take for another name is written as `%XX`; a name that is too long, or that differs
 * from another one in case alone, becomes a hash behind `~`.
 */
export function createFilePaths(slugs: readonly string[]) {
  const byLowerCase = Map.groupBy(slugs, (slug) => slug.toLowerCase());
  const isAmbiguous = (slug: string) =>
    slug !== slug.toLowerCase() && (byLowerCase.get(slug.toLowerCase())?.length ?? 0) > 1;
  return (kind: SolutionKind, slug: string, version: number | null): string => {
    const parts = slug.split('/').map((part, index, all) => writePart(part, index < all.length - 1));
    const isPlain = !isAmbiguous(slug) && parts.every((part) => Buffer.byteLength(part) <= longestPart);
    const name = isPlain && !parts.includes('') ? parts.join('/') : hashed(slug);
    return version === null
      ? `${kindFolders[kind]}/${name}.md`
      : `${versionsFolder}/${kindFolders[kind]}/${name}/${version}.md`;
  };
}

const hashed = (slug: string): string => `~${createHash('sha256').update(slug).digest('hex').slice(0, 24)}`;

function writePart(part: string, isFolder: boolean): string {
  const isComposed = part === part.normalize('NFC');
  // A dot could hide a file, climb, or make a folder look like a file.
  const plain = isFolder ? /[\p{L}\p{N}_-]/u : /[\p{L}\p{N}._-]/u;
  return [...part]
    .map((character, index) => {
      const isMisread = index === 0 && (character === '.' || /^readme$/iu.test(part));
      const isPlain = plain.test(character) && (isComposed || character <= '\u007f');
      return isPlain && !isMisread ? character : percentEncoded(character);
    })
    .join('');
}

const percentEncoded = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** Reads a path; undefined when no file of exported knowledge stands there. */
export function readFilePath(path: string): FilePlace | undefined {
  const parts = path.normalize('NFC').split('/');
  if (parts[0] !== versionsFolder) {
    const last = withoutEnding(parts.at(-1));
    return last === undefined ? undefined : readPlace([...parts.slice(0, -1), last], null);
  }
  const number = withoutEnding(parts.at(-1)) ?? '';
  return /^[1-9]\d{0,8}$/.test(number) ? readPlace(parts.slice(1, -1), Number(number)) : undefined;
}

const withoutEnding = (name: string | undefined): string | undefined => /^(.+)\.md$/.exec(name ?? '')?.[1];

function readPlace([folder, ...parts]: readonly string[], version: number | null): FilePlace | undefined {
  const kind = (Object.keys(kindFolders) as SolutionKind[]).find((one) => kindFolders[one] === folder);
  const slug = parts[0]?.startsWith('~') ? null : readParts(parts);
  return kind === undefined || parts.length === 0 || slug === undefined ? undefined : { kind, slug, version };
}

function readParts(parts: readonly string[]): string | undefined {
  try {
    return parts.map((part) => decodeURIComponent(part)).join('/');
  } catch {
    return undefined;
  }
}
