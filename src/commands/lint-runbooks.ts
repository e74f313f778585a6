import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Redact } from '#domain/redaction/redact.ts';
import { secretWarning } from '#domain/wording/secret-warning.ts';
import type { ParsedRunbook, RunbookParser } from '#ports/runbook-parser.ts';
import { type CommandIo, type CommandTools, exitCodes } from './command.ts';
import { printable } from './printable.ts';

/** Prints all problems of runbook files as `FILE:LINE: message`; warnings do not fail. */
export async function lintRunbooks(
  tools: CommandTools,
  io: CommandIo,
  files: readonly string[],
): Promise<number> {
  const parser = await tools.runbookParser();
  const { redact } = await tools.redactor();
  const results: boolean[] = [];
  for (const file of files) results.push(await lintFile({ parser, redact, tools }, io, file));
  const bad = results.filter((good) => !good).length;
  if (bad === 0)
    io.out(`${files.length === 1 ? 'The runbook is' : `All ${files.length} runbooks are`} right.\n`);
  return bad === 0 ? exitCodes.done : exitCodes.failed;
}

interface LintParts {
  readonly parser: RunbookParser;
  readonly redact: Redact;
  readonly tools: CommandTools;
}

async function lintFile({ parser, redact, tools }: LintParts, io: CommandIo, file: string): Promise<boolean> {
  const source = await readFile(resolve(io.cwd, file), 'utf8').catch((error: Error) => error);
  if (source instanceof Error) {
    io.out(`${file}:1: cannot be read: ${source.message}\n`);
    return false;
  }
  const parsed = parser.parse(source, basename(file));
  const problems = parsed.kind === 'invalid' ? parsed.problems : parsed.warnings;
  const label = parsed.kind === 'invalid' ? '' : 'warning: ';
  for (const { line, message } of problems) io.out(`${file}:${line}: ${label}${printable(message)}\n`);
  for (const { line, message } of await exposingIn(parsed, source, tools))
    io.out(`${file}:${line}: warning: ${printable(message)}\n`);
  const { linesWithSecrets } = await import('#domain/redaction/lines-with-secrets.ts');
  for (const line of linesWithSecrets(source, redact)) io.out(`${file}:${line}: warning: ${secretWarning}\n`);
  return parsed.kind === 'runbook';
}

/** Commands are read only where a step is given something: the grammar takes a while to load. */
async function exposingIn(parsed: ParsedRunbook, source: string, tools: CommandTools) {
  if (parsed.kind === 'invalid' || parsed.runbook.steps.every(({ given }) => given === undefined)) return [];
  const [{ parse }, { exposingSteps }] = await Promise.all([
    tools.commandParser(),
    import('#domain/exposure/exposing-steps.ts'),
  ]);
  return exposingSteps(parsed.runbook, source, parse);
}
