import { existsSync } from 'node:fs';
import { readdir, rename, rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Fault } from '#domain/fault.ts';
import { createPglite } from './create-pglite.ts';

/**
 * Makes `directory` the database of a dump. The dump is unpacked and opened beside it first, so that one that is
 * broken changes nothing; what was there is set aside, never deleted. The caller holds the data lock.
 */
export async function restoreEmbedded(
  directory: string,
  dump: Blob,
  { force }: { readonly force: boolean },
): Promise<{ readonly setAside: string | null }> {
  const occupied = existsSync(directory) && (await readdir(directory)).length > 0;
  if (occupied && !force) throw wouldReplace(directory);
  const fresh = `${directory}.restoring`;
  await rm(fresh, { recursive: true, force: true });
  await unpack(fresh, dump);
  const setAside = occupied
    ? `${directory}.before-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`
    : null;
  if (setAside !== null) await rename(directory, setAside);
  else await rm(directory, { recursive: true, force: true });
  await rename(fresh, directory);
  return { setAside };
}

async function unpack(directory: string, dump: Blob): Promise<void> {
  try {
    // PGlite unpacks in a stream whose errors nobody can catch, so a cut file is found here.
    await promisify(gunzip)(await dump.arrayBuffer());
    const database = await createPglite({ dataDir: directory, loadDataDir: dump });
    await database.query('select count(*) from workspaces');
    await database.close();
  } catch (cause) {
    await rm(directory, { recursive: true, force: true });
    throw new Fault(
      'rejected',
      'backup-unreadable',
      'This file is no backup of Recourse, or it is damaged.',
      'Nothing was changed. Try another backup.',
      cause,
    );
  }
}

function wouldReplace(directory: string): Fault {
  return new Fault(
    'rejected',
    'database-exists',
    `There is a database in ${directory} already.`,
    'Add --force to set it aside and put the backup in its place.',
  );
}
