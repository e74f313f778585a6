import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Fault } from '#domain/fault.ts';

/** Every lock that this process holds: a handle that nobody refers to would be collected, and its lock gone. */
const handles = new Set<DatabaseSync>();

export type DataLock = { readonly kind: 'locked'; release(): void } | { readonly kind: 'held' };

/**
 * Makes `directory` (only its owner may enter) and takes its lock, or says that another process has it.
 *
 * The lock is one of the operating system, through SQLite's exclusive transaction on `recourse.lock`: it ends
 * with the process however that dies, and means nothing while only the file is there. No code may open
 * `recourse.lock` besides this: closing any other handle on it in the same process would drop a POSIX lock.
 */
export function lockDataDirectory(directory: string): DataLock {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    chmodSync(directory, 0o700);
    return lock(join(directory, 'recourse.lock'));
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw new Fault(
      'configuration',
      'data-directory',
      `The data directory ${directory} cannot be used: ${(cause as Error).message}.`,
      'Set RECOURSE_DATA_DIR to a folder that this user owns, and see that no other file stands in its place.',
      cause,
    );
  }
}

function lock(path: string): DataLock {
  const sqlite = loadSqlite();
  const handle = new sqlite.DatabaseSync(path, { timeout: 0 });
  try {
    handle.exec('pragma journal_mode = memory; pragma locking_mode = exclusive; begin exclusive;');
  } catch (error) {
    handle.close();
    if (isBusy(error)) return { kind: 'held' };
    throw error;
  }
  handles.add(handle);
  return { kind: 'locked', release: () => handles.delete(handle) && handle.close() };
}

/** SQLITE_BUSY, alone or extended (https://www.sqlite.org/rescode.html). */
function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
}

/** Node warns that `node:sqlite` may change; a lock needs nothing of it that could, and operators need no such line. */
function loadSqlite(): typeof import('node:sqlite') {
  const { emitWarning } = process;
  process.emitWarning = () => undefined;
  try {
    return process.getBuiltinModule('node:sqlite');
  } finally {
    process.emitWarning = emitWarning;
  }
}
