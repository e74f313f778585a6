import { mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { openEmbedded } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';

/*
 * Migrating takes seconds and copying what is migrated does not, so a run of the tests migrates each engine once: the
 * first test that needs one makes it, every later one, in whichever process, copies it. ready-made-folder.ts makes the
 * folder before the tests and removes all of it after them.
 */

/** Names the folder of this run to the processes of the tests. */
export const readyMadeVariable = 'RECOURSE_TEST_READY_MADE';

/** The template on the server, named for the folder, so that runs side by side have one each. */
export const templateOf = (folder: string): string =>
  `recourse_ready_${Buffer.from(folder.slice(-6)).toString('hex')}`;

function folderOfRun(): string {
  const folder = process.env[readyMadeVariable];
  if (!folder) throw new Error(`${readyMadeVariable} is not set: tests run through vitest.config.ts`);
  return folder;
}

let embedded: Promise<string> | undefined;

/** The data directory of a migrated, empty embedded database, closed; to be copied, never opened. */
export function readyMadeEmbedded(): Promise<string> {
  embedded ??= makeEmbedded(join(folderOfRun(), 'embedded'));
  return embedded;
}

/** Two processes may make it at once; it is renamed when whole, and the later one's is thrown away. */
async function makeEmbedded(place: string): Promise<string> {
  const own = await mkdtemp(`${place}-`);
  const open = await openEmbedded(own);
  await open.migrate();
  await open.close();
  await rename(own, place).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    return rm(own, { recursive: true });
  });
  return place;
}

/** Any number; the same for every process of the tests. */
const makingLock = 7_265_640;

/** The name of a migrated, empty database on the server, to which nobody is connected. */
export async function readyMadeOnServer(serverUrl: string): Promise<string> {
  const name = templateOf(folderOfRun());
  const admin = postgres(serverUrl, { max: 1, onnotice: () => undefined });
  try {
    await admin`select pg_advisory_lock(${makingLock})`;
    const known = await admin`select 1 from pg_database where datname = ${name}`;
    if (known.length === 0) await makeOnServer(admin, serverUrl, name);
  } finally {
    // Ends the session, and with it the lock.
    await admin.end();
  }
  return name;
}

/** It has its name only when it is whole: a process that ends midway leaves no half-made template. */
async function makeOnServer(admin: postgres.Sql, serverUrl: string, name: string): Promise<void> {
  const making = `${name}_making`;
  await admin.unsafe(`drop database if exists ${making} with (force)`);
  await admin.unsafe(`create database ${making}`);
  const open = openServer(Object.assign(new URL(serverUrl), { pathname: `/${making}` }).href);
  try {
    await open.migrate();
  } finally {
    await open.close();
  }
  await admin.unsafe(`alter database ${making} rename to ${name}`);
}
