import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Fault } from '#domain/fault.ts';
import { keyBytes } from './seal.ts';

/** The key that wraps all others. `id` names it without telling it. */
export interface KeyEncryptionKey {
  readonly id: string;
  readonly key: Buffer;
  /** As it is written down, for the redactor. */
  readonly text: string;
}

/** Where the key is. `own` is a file that is made at first use; null means that the operator named none. */
export type KeySource =
  | { readonly kind: 'value'; readonly text: string }
  | { readonly kind: 'file' | 'own'; readonly path: string }
  | null;

const howToMake = 'Make one with: openssl rand -base64 32';

/** Reads the key; `mayMake` allows a new one where the source is Recourse's own file and there is none yet. */
export async function readKey(source: KeySource, mayMake: boolean): Promise<KeyEncryptionKey> {
  if (source === null) throw noKey('No key for secrets is set.');
  if (source.kind === 'value') return parseKey(source.text, 'RECOURSE_KEK');
  if (source.kind === 'own' && mayMake) await makeKey(source.path);
  return parseKey(await readPrivately(source.path), source.path);
}

function parseKey(written: string, place: string): KeyEncryptionKey {
  const text = written.trim();
  const key = Buffer.from(text, 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== text)
    throw new Fault(
      'configuration',
      'kek-form',
      `The key for secrets in ${place} is not 32 bytes of base64.`,
      howToMake,
    );
  const id = createHash('sha256').update('recourse key id\n').update(key).digest('hex').slice(0, 16);
  return { id, key, text };
}

/** A key that others can read protects nothing. */
async function readPrivately(path: string): Promise<string> {
  const { mode } = await stat(path).catch((cause) => {
    throw noKey(`The key for secrets in ${path} cannot be read.`, cause);
  });
  if ((mode & 0o077) !== 0)
    throw new Fault(
      'configuration',
      'kek-open',
      `The key for secrets in ${path} can be read by others.`,
      `Take that right away: chmod 600 ${path}`,
    );
  return readFile(path, 'utf8');
}

/** Whole or not at all, and on the disk before anything is locked with it. Whoever comes second uses that of the first. */
async function makeKey(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const text = `${randomBytes(keyBytes).toString('base64')}\n`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;

function noKey(message: string, cause?: unknown): Fault {
  const advice = `Set RECOURSE_KEK_FILE to a file of mode 0600 with 32 bytes of base64. ${howToMake}`;
  return new Fault('configuration', 'kek-missing', message, advice, cause);
}
