import { readdir, readFile } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { createRunbookParser } from '#adapters/markdown/create-runbook-parser.ts';
import type { Logger } from '#ports/logger.ts';
import type { NewVersion } from '#ports/stores/solution-store.ts';

const runbookFile = /\.(md|ya?ml)$/i;

/** Reads every runbook of a folder. One that does not parse is told with its line and left out; the others load. */
export async function readRunbooks(folder: string, logger: Logger): Promise<readonly NewVersion[]> {
  const parser = createRunbookParser();
  const versions: NewVersion[] = [];
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    if (!runbookFile.test(name) || basename(name).toLowerCase() === 'readme.md') continue;
    const text = await readFile(join(folder, name), 'utf8');
    const parsed = parser.parse(text, name);
    if (parsed.kind === 'invalid') {
      logger.warn({ file: name, problems: parsed.problems }, 'a runbook has mistakes and was left out');
      continue;
    }
    versions.push({
      slug: name.slice(0, -extname(name).length),
      content: { kind: 'runbook', runbook: parsed.runbook },
      text,
      origin: `${basename(folder)}/${name}`,
      author: parsed.runbook.owner,
      source: 'import',
    });
  }
  return versions;
}
