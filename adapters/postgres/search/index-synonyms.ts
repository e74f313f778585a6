import type { Executor } from '../database.ts';
import { type LexemeOf, readLexemes } from './read-lexemes.ts';
import type { SynonymRule } from './read-synonym-rules.ts';

/** A synonym rule as it is matched. */
export interface StemmedRule {
  /** Stems of the phrase in its order; stop words stand as they are, so that `out of memory` is recognised. */
  readonly keys: readonly string[];
  /** Stems of all that the phrase may mean, without its own. */
  readonly terms: ReadonlyMap<string, OtherName>;
}

/** A stem of another name for what was said. */
export interface OtherName {
  /** Its share of the `synonymShare`. */
  readonly share: number;
  /** What was said, as the file has it. */
  readonly said: string;
  /** The whole name as the file has it, and the stems that a page must have to use it. */
  readonly name: string;
  readonly stems: readonly string[];
}

/** Rules by the first key of their phrase: a question meets only those that could match. */
export type SynonymIndex = ReadonlyMap<string, readonly StemmedRule[]>;

const indexes = new WeakMap<readonly SynonymRule[], SynonymIndex>();

/** The index of these rules; stemmed with the first question and kept as long as the rules, for stems never change. */
export async function readSynonymIndex(
  executor: Executor,
  rules: readonly SynonymRule[],
): Promise<SynonymIndex> {
  const known = indexes.get(rules);
  if (known) return known;
  const lexemeOf = await readLexemes(
    executor,
    rules.flatMap(({ from, to }) => [...from, ...to.flat()]),
  );
  const index = indexSynonyms(rules, lexemeOf);
  indexes.set(rules, index);
  return index;
}

export function indexSynonyms(rules: readonly SynonymRule[], lexemeOf: LexemeOf): SynonymIndex {
  return Map.groupBy(
    rules.map((rule) => stemRule(rule, lexemeOf)),
    ({ keys }) => keys[0] ?? '',
  );
}

function stemRule({ from, to, share }: SynonymRule, lexemeOf: LexemeOf): StemmedRule {
  const keys = from.map((word) => lexemeOf(word) ?? word);
  const terms = new Map<string, OtherName>();
  for (const phrase of to) {
    const stems = phrase.flatMap((word) => lexemeOf(word) ?? []);
    // A word of a longer name says less by itself: `claim` alone is not yet a `persistent volume claim`.
    const part = share / Math.sqrt(Math.max(1, stems.length));
    const other = { share: part, said: from.join(' '), name: phrase.join(' '), stems };
    for (const stem of stems) if (!keys.includes(stem)) terms.set(stem, stronger(terms.get(stem), other));
  }
  return { keys, terms };
}

/** Of two names with a stem in common the one that counts more; the earlier of equals. */
export const stronger = (one: OtherName | undefined, other: OtherName): OtherName =>
  one && one.share >= other.share ? one : other;
