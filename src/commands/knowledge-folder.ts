import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '#domain/fault.ts';
import { kindFolders, versionsFolder } from '#domain/solution-file/file-path.ts';

/** A file in the folder, or what is in the way of reading it. */
export type FoundFile =
  | { readonly path: string; readonly source: string }
  | { readonly path: string; readonly problem: string };

const folders = [...Object.values(kindFolders), versionsFolder];

/**
 * All files below the folders of exported knowledge, in a fixed order. Nothing outside of `directory` is read: symbolic
 * links are told, not followed. Hidden files and a README are left alone.
 */
export async function readKnowledgeFolder(directory: string): Promise<readonly FoundFile[]> {
  const found: FoundFile[] = [];
  for (const folder of folders) found.push(...(await readFolder(directory, folder)));
  return found;
}

async function readFolder(directory: string, folder: string): Promise<readonly FoundFile[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(absentAsEmpty);
  const found: FoundFile[] = [];
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = `${folder}/${entry.name}`;
    if (entry.name.startsWith('.') || /^readme\.md$/i.test(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await readFolder(directory, path)));
    else if (!entry.isFile()) found.push({ path, problem: 'is no plain file; links are not followed' });
    else found.push(await readOne(directory, path));
  }
  return found;
}

function absentAsEmpty(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

async function readOne(directory: string, path: string): Promise<FoundFile> {
  const bytes = await readFile(join(directory, path));
  try {
    return { path, source: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { path, problem: 'is not text in UTF-8' };
  }
}

/** The folder to write into, made if need be. */
export async function openKnowledgeFolder(path: string): Promise<string> {
  await mkdir(path, { recursive: true });
  return realpath(path);
}

/** Writes a file whole or not at all, and only below `directory`: a link in the way is refused. */
export async function writeKnowledgeFile(directory: string, path: string, source: string): Promise<void> {
  await refuseLinks(directory, path);
  const target = join(directory, path);
  await mkdir(dirname(target), { recursive: true });
  const unfinished = join(dirname(target), `.${randomUUID()}.unfinished`);
  try {
    await writeFile(unfinished, source, { flag: 'wx' });
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/** Takes a file away, and the folders that are empty then. */
export async function removeKnowledgeFile(directory: string, path: string): Promise<void> {
  await refuseLinks(directory, path);
  await rm(join(directory, path));
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const isGone = await rmdir(join(directory, folder)).then(
      () => true,
      () => false,
    );
    if (!isGone) return;
  }
}

async function refuseLinks(directory: string, path: string): Promise<void> {
  const parts = path.split('/');
  for (let count = 1; count <= parts.length; count += 1) {
    const part = parts.slice(0, count).join('/');
    const found = await lstat(join(directory, part)).catch(() => undefined);
    if (found === undefined) return;
    const isRight = count === parts.length ? found.isFile() : found.isDirectory();
    if (isRight) continue;
    throw new Fault(
      'rejected',
      'export-in-the-way',
      `${join(directory, part)} is in the way: a plain ${count === parts.length ? 'file' : 'folder'} belongs there.`,
      'Move it away, or choose another folder.',
    );
  }
}
