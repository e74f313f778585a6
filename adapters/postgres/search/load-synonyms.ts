import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { Fault } from '#domain/fault.ts';
import { readSynonymRules, type SynonymRule } from './read-synonym-rules.ts';

const shipped = fileURLToPath(new URL('./synonyms.yaml', import.meta.url));

/**
 * The shipped thesaurus, and after it the one of the operator when there is one. Throws a configuration Fault that
 * names the file and every entry of it that is wrong.
 */
export function loadSynonyms(own: string | null = null): readonly SynonymRule[] {
  return [shipped, ...(own === null ? [] : [own])].flatMap(loadFile);
}

function loadFile(file: string): readonly SynonymRule[] {
  const { rules, problems } = readSynonymRules(parseFile(file));
  if (problems.length > 0) throw badSynonyms(file, problems);
  return rules;
}

function parseFile(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw badSynonyms(file, [error instanceof Error ? error.message.trimEnd() : String(error)]);
  }
}

function badSynonyms(file: string, problems: readonly string[]): Fault {
  return new Fault(
    'configuration',
    'synonyms',
    `The synonyms in ${file} cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`,
    'Correct the file and start again; docs/retrieval.md shows its form.',
  );
}
