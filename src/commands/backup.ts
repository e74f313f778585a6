import { existsSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatBytes } from '#domain/wording/format.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';

/** Writes the embedded database into one file, whole or not at all. */
export async function backup(
  context: CommandContext,
  io: CommandIo,
  file: string,
  { force = false }: { readonly force?: boolean },
): Promise<number> {
  const path = resolve(io.cwd, file);
  if (existsSync(path) && !force) {
    io.err(`error: ${path} exists; choose another name or add --force\n`);
    return exitCodes.failed;
  }
  const bytes = Buffer.from(await (await context.backup()).arrayBuffer());
  await writeWhole(path, bytes);
  io.out(
    `Backed up to ${path} (${formatBytes(bytes.length)}). It holds everything, so keep it as safe as the data.\n`,
  );
  return exitCodes.done;
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    await writeFile(unfinished, bytes, { mode: 0o600, flush: true });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
