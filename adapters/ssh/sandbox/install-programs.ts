import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Where the machine's own programs are looked for. */
export const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const source = fileURLToPath(new URL('.', import.meta.url));

/**
 * Puts the sandbox's programs into `directory`/bin (and what they share beside it), with the `setsid` and `timeout`
 * of our own only where the machine has none. Copied, because a checkout may be read-only or have lost file modes.
 */
export async function installPrograms(directory: string): Promise<string> {
  const bin = join(directory, 'bin');
  await rm(bin, { recursive: true, force: true });
  await installFolder('bin', bin);
  await installFolder('lib', join(directory, 'lib'));
  for (const name of ['setsid', 'timeout']) {
    if (!(await machineHas(name))) await installFile(join(source, 'fallback', name), join(bin, name));
  }
  return bin;
}

async function installFolder(name: string, target: string): Promise<void> {
  await mkdir(target, { recursive: true });
  for (const file of await readdir(join(source, name))) {
    await installFile(join(source, name, file), join(target, file));
  }
}

async function installFile(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await chmod(to, 0o755);
}

async function machineHas(program: string): Promise<boolean> {
  const look = promisify(execFile)('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], {
    env: { PATH: systemPath },
  });
  return look.then(
    () => true,
    () => false,
  );
}
