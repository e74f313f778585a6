import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ImportReport } from '#application/import-knowledge.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import { readKnowledgeFolder } from './knowledge-folder.ts';
import { printable } from './printable.ts';

export interface ImportKnowledgeOptions {
  readonly workspace?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** Brings a folder of knowledge into a workspace. With a mistake in any file nothing is written. */
export async function importKnowledge(
  context: CommandContext,
  io: CommandIo,
  directory: string,
  { workspace, dryRun = false, json = false }: ImportKnowledgeOptions,
): Promise<number> {
  const path = resolve(io.cwd, directory);
  if (!(await isFolder(path))) {
    io.err(`error: there is no folder ${path}\n`);
    return exitCodes.failed;
  }
  const found = await readKnowledgeFolder(path);
  if (found.length === 0) {
    io.err(`error: ${path} holds no knowledge; it stands in the folders runbooks, cases and versions\n`);
    return exitCodes.failed;
  }
  const unreadable = found.flatMap((file) =>
    'problem' in file ? [{ file: file.path, line: 1, message: file.problem }] : [],
  );
  const sources = found.flatMap((file) => ('source' in file ? [file] : []));
  const report =
    unreadable.length > 0
      ? { files: [], problems: unreadable }
      : await context.knowledge.import(workspace ?? null, sources, { dryRun });
  io.out(json ? `${JSON.stringify({ dryRun, ...report })}\n` : asText(report, dryRun));
  return report.problems.length > 0 ? exitCodes.failed : exitCodes.done;
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

function asText({ files, problems }: ImportReport, dryRun: boolean): string {
  if (problems.length > 0)
    return [
      ...problems.map(({ file, line, message }) => `${printable(file)}:${line}: ${printable(message)}`),
      'Nothing was imported.\n',
    ].join('\n');
  const told = files.filter(({ change }) => change !== 'unchanged');
  const lines = told.map(
    ({ path, change, version, why }) =>
      `${printable(path)}: ${[version === null ? change : `${change}, version ${version}`, why].filter(Boolean).join(': ')}`,
  );
  const count = (change: string) => files.filter((file) => file.change === change).length;
  const would = dryRun ? ' (nothing was written)' : '';
  const sum = `${count('added')} added, ${count('changed')} changed, ${count('unchanged')} unchanged, ${count('kept')} kept as they are${would}\n`;
  return [...lines, sum].join('\n');
}
