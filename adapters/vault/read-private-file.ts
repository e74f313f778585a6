import { readFile, stat } from 'node:fs/promises';
import { Fault } from '#domain/fault.ts';

interface PrivateFile {
  readonly path: string;
  /** What it holds, as the beginning of a sentence. */
  readonly what: string;
  /** Begins the codes of its faults. */
  readonly code: string;
  /** What to do when it is not there. */
  readonly advice: string;
}

/** The text of a file that nobody but its owner may read or write: a secret that others can read protects nothing. */
export async function readPrivateFile({ path, what, code, advice }: PrivateFile): Promise<string> {
  const missing = (cause: unknown): never => {
    const why =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : (cause as Error).message;
    throw new Fault(
      'configuration',
      `${code}-missing`,
      `${what} in ${path} cannot be read: ${why}.`,
      advice,
      cause,
    );
  };
  const found = await stat(path).catch(missing);
  if (!found.isFile())
    throw new Fault(
      'configuration',
      `${code}-missing`,
      `${path} is no file, so ${what} is not there.`,
      advice,
    );
  if ((found.mode & 0o077) !== 0)
    throw new Fault(
      'configuration',
      `${code}-open`,
      `${what} in ${path} can be read by others.`,
      `Take that right away: chmod 600 ${path}`,
    );
  return readFile(path, 'utf8').catch(missing);
}
