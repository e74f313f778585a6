import { openAsBlob } from 'node:fs';
import { access } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommandParts, exitCodes } from './command.ts';

/** Makes the embedded database the one of a backup. Only while no server runs on it. */
export async function restore(
  { io, shell }: CommandParts,
  file: string,
  { force = false }: { readonly force?: boolean },
): Promise<number> {
  if (shell === null) {
    io.err('error: restore works only while no server runs\n');
    return exitCodes.failed;
  }
  const path = resolve(io.cwd, file);
  const readable = await access(path).then(
    () => true,
    () => false,
  );
  if (!readable) {
    io.err(`error: ${path} cannot be read\n`);
    return exitCodes.failed;
  }
  const { setAside } = await shell.restore(await openAsBlob(path), force);
  io.out(`Restored from ${path}.\n`);
  if (setAside !== null) io.out(`What was there before is in ${setAside}; delete it when all is well.\n`);
  return exitCodes.done;
}
