import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { linesWithSecrets } from '#domain/redaction/lines-with-secrets.ts';
import type { Redact } from '#domain/redaction/redact.ts';
import { secretWarning } from '#domain/wording/secret-warning.ts';
import type { RunbookParser } from '#ports/runbook-parser.ts';
import { type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Prints all problems of runbook files as `FILE:LINE: message`; warnings do not fail. */
export async function lintRunbooks(
  tools: CommandTools,
  io: CommandIo,
  files: readonly string[],
): Promise<number> {
  const parser = await tools.runbookParser();
  const { redact } = tools.redactor();
  const results: boolean[] = [];
  for (const file of files) results.push(await lintFile(parser, redact, io, file));
  const bad = results.filter((good) => !good).length;
  if (bad === 0)
    io.out(`${files.length === 1 ? 'The runbook is' : `All ${files.length} runbooks are`} right.\n`);
  return bad === 0 ? exitCodes.done : exitCodes.failed;
}

async function lintFile(
  parser: RunbookParser,
  redact: Redact,
  io: CommandIo,
  file: string,
): Promise<boolean> {
  const source = await readFile(resolve(io.cwd, file), 'utf8').catch((error: Error) => error);
  if (source instanceof Error) {
    io.out(`${file}:1: cannot be read: ${source.message}\n`);
    return false;
  }
  const parsed = parser.parse(source, basename(file));
  const problems = parsed.kind === 'invalid' ? parsed.problems : parsed.warnings;
  const label = parsed.kind === 'invalid' ? '' : 'warning: ';
  for (const { line, message } of problems) io.out(`${file}:${line}: ${label}${printable(message)}\n`);
  for (const line of linesWithSecrets(source, redact)) io.out(`${file}:${line}: warning: ${secretWarning}\n`);
  return parsed.kind === 'runbook';
}
