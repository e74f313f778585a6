import { realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import { Fault } from '#domain/fault.ts';
import type { CredentialProvider } from '#ports/credential-provider.ts';
import { readPrivateFile } from '../read-private-file.ts';

/**
 * Keys in files: by a whole path, or by name in `folder`, which nobody else may write to. Links within the folder are
 * followed (Kubernetes mounts secrets so), and none out of it.
 */
export function createFileProvider(folder: string | null): CredentialProvider {
  return {
    load: async (_workspace, place) => {
      const path = isAbsolute(place) || place.startsWith('~/') ? expand(place) : await within(folder, place);
      const advice = 'Put it there, with mode 0600, or correct the name where it is set.';
      const text = await readPrivateFile({ path, what: 'the credential', code: 'credential-file', advice });
      if (text.trim() !== '') return { kind: 'key', text };
      throw new Fault('configuration', 'credential-file-missing', `${path} is empty.`, advice);
    },
  };
}

const expand = (path: string): string => path.replace(/^~(?=\/)/, homedir());

async function within(folder: string | null, name: string): Promise<string> {
  const advice =
    'Set RECOURSE_CREDENTIALS_DIR to a folder of files that only you may read, or name a whole path.';
  if (folder === null)
    throw new Fault('configuration', 'credentials-folder', `file:${name} is in no folder.`, advice);
  await refuseOpenFolder(folder, advice);
  const path = join(folder, name);
  // What is not there is told by whoever reads it.
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return path;
  const way = relative(await realpath(folder), real);
  if (/^\.\.(\/|$)/.test(way) || isAbsolute(way))
    throw new Fault('rejected', 'credential-outside', `file:${name} leads out of ${folder}.`, advice);
  return real;
}

async function refuseOpenFolder(folder: string, advice: string): Promise<void> {
  const found = await stat(folder).catch((cause: unknown) => {
    throw new Fault('configuration', 'credentials-folder', `${folder} cannot be entered.`, advice, cause);
  });
  if ((found.mode & 0o022) === 0) return;
  throw new Fault(
    'configuration',
    'credentials-folder-open',
    `Others may write into ${folder}.`,
    `Take that right away: chmod go-w ${folder}`,
  );
}
