import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Fault } from '#domain/fault.ts';
import { splitWords } from '#domain/text/split-words.ts';

/** Phrases that mean the same, each as its words. */
export type SynonymGroup = readonly (readonly string[])[];

const shipped = new URL('./synonyms.yaml', import.meta.url);

/** Reads a synonym file. Throws a configuration Fault when it is not a list of lists of words. */
export function loadSynonyms(file: URL | string = shipped): readonly SynonymGroup[] {
  const groups: unknown = parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(groups) || !groups.every(Array.isArray)) {
    throw new Fault(
      'configuration',
      'synonyms',
      `${String(file)} is not a list of synonym groups.`,
      'Write one group a line: - [oom, out of memory]',
    );
  }
  return groups.map((group: readonly unknown[]) =>
    group.map((phrase) => splitWords(String(phrase)).flatMap((word) => word.parts)),
  );
}
