import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { newKeyText, readKeyFile } from './local-key.ts';

/**
 * The key that Recourse makes and keeps by itself: the file `path`, and beside it, as `NAME.old.ID`, those that it
 * replaced, for as long as something may be under them. Each file is whole or not there at all.
 */
export interface OwnKeyFiles {
  /** Makes the key unless there is one. Whoever comes second uses that of the first. */
  make(): Promise<void>;
  /** Keeps the key as an older one and puts a new one in its place. Done twice, it leaves all keys that ever counted. */
  replace(): Promise<void>;
  /** The paths of older keys. */
  older(): Promise<readonly string[]>;
  /** Deletes the older keys, and drafts of new ones that a crash left. Not while `replace` goes on. */
  forgetOlder(): Promise<void>;
}

export function createOwnKeyFiles(path: string): OwnKeyFiles {
  const folder = dirname(path);
  const prefix = `${basename(path)}.old.`;
  const beside = async (matches: (name: string) => boolean): Promise<readonly string[]> => {
    const names = await readdir(folder).catch(() => []);
    return names.filter(matches).map((name) => join(folder, name));
  };
  const isOlder = (name: string): boolean => name.startsWith(prefix);
  const isDraft = (name: string): boolean =>
    name.startsWith(`${basename(path)}.`) && /\.[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name);
  return {
    older: () => beside(isOlder),
    make: async () => {
      if (existsSync(path)) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await withDraft(path, (draft) => linkOnce(draft, path));
    },
    replace: async () => {
      const { id } = await readKeyFile(path);
      // First the way back, then the step: after a crash between the two the key is there under both names.
      await linkOnce(path, join(folder, `${prefix}${id}`));
      await syncFolder(folder);
      await withDraft(path, (draft) => rename(draft, path));
    },
    forgetOlder: async () => {
      for (const file of await beside((name) => isOlder(name) || isDraft(name))) await rm(file);
    },
  };
}

/** A new key on the disk before anything is locked with it. */
async function withDraft(path: string, place: (draft: string) => Promise<void>): Promise<void> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, newKeyText(), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await place(draft);
    await syncFolder(dirname(path));
  } finally {
    await rm(draft, { force: true });
  }
}

async function linkOnce(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

/** A name counts after a power cut only once its folder is on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
