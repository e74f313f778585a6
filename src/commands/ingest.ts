import { resolve } from 'node:path';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Loads runbooks from files and folders; what has mistakes is left out and told. */
export async function ingest(
  context: CommandContext,
  io: CommandIo,
  paths: readonly string[],
): Promise<number> {
  const report = await context.ingest(paths.map((path) => resolve(io.cwd, path)));
  for (const { file, line, message } of report.warnings)
    io.out(`${file}:${line}: warning: ${printable(message)}\n`);
  for (const { file, line, message } of report.problems) io.out(`${file}:${line}: ${printable(message)}\n`);
  io.out(`${report.added} added, ${report.changed} changed, ${report.unchanged} unchanged\n`);
  return report.problems.length > 0 ? exitCodes.failed : exitCodes.done;
}
