import { resolve } from 'node:path';
import type { KnowledgeFile } from '#application/export-knowledge.ts';
import { type CommandContext, type CommandIo, exitCodes } from './command.ts';
import {
  type FoundFile,
  openKnowledgeFolder,
  readKnowledgeFolder,
  removeKnowledgeFile,
  writeKnowledgeFile,
} from './knowledge-folder.ts';
import { printable } from './printable.ts';

export interface ExportKnowledgeOptions {
  readonly workspace?: string;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

interface Changes {
  readonly written: readonly KnowledgeFile[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  /** Files with something that the database does not know. */
  readonly foreign: readonly string[];
}

/**
 * Writes all knowledge of a workspace into a folder. What stands there is replaced or removed only where the database
 * has its text too; anything else is told, and then nothing is written.
 */
export async function exportKnowledge(
  context: CommandContext,
  io: CommandIo,
  directory: string,
  { workspace, dryRun = false, force = false, json = false }: ExportKnowledgeOptions,
): Promise<number> {
  const files = await Array.fromAsync(context.knowledge.export(workspace ?? null));
  const path = resolve(io.cwd, directory);
  const changes = compare(files, await readKnowledgeFolder(path), context.knowledge.textOf);
  if (changes.foreign.length > 0 && !force) {
    for (const file of changes.foreign)
      io.err(`${printable(file)}: holds what the database does not know; import it first, or move it away\n`);
    io.err('Nothing was written. --force replaces and removes them too.\n');
    return exitCodes.failed;
  }
  if (!dryRun) await apply(await openKnowledgeFolder(path), changes);
  io.out(json ? asJson(changes) : asText(changes, dryRun ? 'would be ' : ''));
  return exitCodes.done;
}

async function apply(directory: string, { written, removed }: Changes): Promise<void> {
  for (const path of removed) await removeKnowledgeFile(directory, path);
  for (const { path, source } of written) await writeKnowledgeFile(directory, path, source);
}

function compare(
  files: readonly KnowledgeFile[],
  found: readonly FoundFile[],
  textOf: CommandContext['knowledge']['textOf'],
): Changes {
  const there = new Map(found.map((file) => [file.path, file]));
  const wanted = new Map(files.map((file) => [file.path, file]));
  const texts = new Set(files.map(({ text }) => text));
  const isKnown = (file: FoundFile): boolean => {
    const text = 'source' in file ? textOf(file.source) : null;
    return text !== null && texts.has(text);
  };
  const written = files.filter((file) => {
    const now = there.get(file.path);
    return !now || !('source' in now) || now.source !== file.source;
  });
  const stale = found.filter(({ path }) => !wanted.has(path));
  const replaced = written.flatMap(({ path }) => there.get(path) ?? []);
  return {
    written,
    unchanged: files.length - written.length,
    removed: stale.map(({ path }) => path),
    foreign: [...replaced, ...stale].filter((file) => !isKnown(file)).map(({ path }) => path),
  };
}

const asText = ({ written, unchanged, removed }: Changes, would: string): string =>
  `${written.length} files ${would}written, ${unchanged} unchanged, ${removed.length} removed\n`;

const asJson = ({ written, unchanged, removed }: Changes): string =>
  `${JSON.stringify({ written: written.map(({ path }) => path), unchanged, removed })}\n`;
