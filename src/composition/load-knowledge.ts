import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import { createSolutionFiles } from '#adapters/markdown/solution-files/create-solution-files.ts';
import { matchWhole } from '#adapters/system/match-pattern.ts';
import type { Core } from '#application/core.ts';
import type { IngestReport } from '#commands/command.ts';
import { exposingSteps } from '#domain/exposure/exposing-steps.ts';
import { Fault } from '#domain/fault.ts';
import { linesWithSecrets } from '#domain/redaction/lines-with-secrets.ts';
import { secretWarning } from '#domain/wording/secret-warning.ts';
import type { ParsedRunbook, Problem, RunbookParser } from '#ports/runbook-parser.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';

const runbookFile = /\.(md|ya?ml)$/i;

/** What a folder or a file held: runbooks that can be loaded, and every mistake of those that cannot. */
export interface ReadRunbooks {
  readonly versions: readonly NewVersion[];
  readonly problems: IngestReport['problems'];
  /** Lines that hold a secret, which was masked before anything was kept, and steps that would show one to their host. */
  readonly warnings: IngestReport['warnings'];
}

/** Reads the runbooks of a file, or of a folder and its folders. One with mistakes does not keep the others out. */
export async function readRunbooks(
  path: string,
  core: Pick<Core, 'redact' | 'commandParser'>,
): Promise<ReadRunbooks> {
  const { folder, names } = await listRunbooks(path);
  const parser = createRunbookParser(matchWhole);
  const files = createSolutionFiles(parser);
  const versions: NewVersion[] = [];
  const problems: IngestReport['problems'][number][] = [];
  const warnings: IngestReport['warnings'][number][] = [];
  for (const name of names) {
    const source = await readFile(join(folder, name), 'utf8');
    const text = core.redact(source);
    const parsed = parse(parser, { source, text, name });
    for (const warning of warningsOf(source, parsed, core)) warnings.push({ file: name, ...warning });
    if (parsed.kind === 'invalid')
      problems.push(...parsed.problems.map((problem) => ({ ...problem, file: name })));
    else
      versions.push({
        slug: name.slice(0, -extname(name).length),
        content: { kind: 'runbook', runbook: parsed.runbook },
        // What an export says of a version beside its text is not the text.
        text: files.textOf(text) ?? text,
        origin: `${basename(folder)}/${name}`,
        author: parsed.runbook.owner,
        source: 'import',
      });
  }
  return { versions, problems, warnings };
}

function warningsOf(
  source: string,
  parsed: ParsedRunbook,
  { redact, commandParser }: Pick<Core, 'redact' | 'commandParser'>,
): readonly Problem[] {
  const lines = linesWithSecrets(source, redact);
  const { parse } = commandParser;
  return [
    ...lines.map((line) => ({ line, message: secretWarning })),
    ...(parsed.kind === 'runbook' ? exposingSteps(parsed.runbook, source, parse) : []),
  ];
}

/** Mistakes are told by the lines of the file; what is kept has no secret. */
function parse(
  parser: RunbookParser,
  file: { readonly source: string; readonly text: string; readonly name: string },
): ParsedRunbook {
  const asWritten = parser.parse(file.source, file.name);
  return asWritten.kind === 'invalid' || file.text === file.source
    ? asWritten
    : parser.parse(file.text, file.name);
}

async function listRunbooks(
  path: string,
): Promise<{ readonly folder: string; readonly names: readonly string[] }> {
  const found = await stat(path).catch((cause: unknown) => {
    const advice = 'Check the path, or RECOURSE_RUNBOOKS when it was not given on the command line.';
    throw new Fault('configuration', 'runbooks-missing', `There are no runbooks at ${path}.`, advice, cause);
  });
  if (found.isFile()) return { folder: dirname(path), names: [basename(path)] };
  const all = (await readdir(path, { recursive: true })).sort();
  return { folder: path, names: all.filter((name) => runbookFile.test(name) && !isReadme(name)) };
}

function isReadme(name: string): boolean {
  return basename(name).toLowerCase() === 'readme.md';
}
