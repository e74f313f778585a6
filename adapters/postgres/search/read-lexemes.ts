import { sql } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { textArray } from './text-array.ts';

/** The stem of a lower-case word; undefined for stop words and for words that were not asked for. */
export type LexemeOf = (word: string) => string | undefined;

/** Stop words of the dictionary that say what is wrong: half of all alerts are called `…Down`. */
const kept: ReadonlyMap<string, string> = new Map([['down', 'down']]);

/** Stems never change, so a word is asked for once. A process that saw this many words starts anew. */
const mostKnown = 100_000;
const known = new Map<string, string | undefined>(kept);

/** Stems words with the English Snowball dictionary of the database, which also knows the stop words. */
export async function readLexemes(executor: Executor, words: Iterable<string>): Promise<LexemeOf> {
  const asked = new Set(words);
  const lexemes = new Map(
    [...asked].flatMap((word) => (known.has(word) ? [[word, known.get(word)] as const] : [])),
  );
  const unknown = [...asked].filter((word) => !lexemes.has(word));
  for (const { word, lexeme } of await askDictionary(executor, unknown))
    lexemes.set(word, lexeme ?? undefined);
  remember(lexemes);
  return (word) => lexemes.get(word);
}

async function askDictionary(executor: Executor, words: readonly string[]) {
  if (words.length === 0) return [];
  return readRows<{ word: string; lexeme: string | null }>(
    executor,
    sql`select word, (ts_lexize('english_stem', word))[1] as lexeme from unnest(${textArray(words)}) as word`,
  );
}

function remember(lexemes: ReadonlyMap<string, string | undefined>): void {
  if (known.size > mostKnown) {
    known.clear();
    for (const [word, stem] of kept) known.set(word, stem);
  }
  for (const [word, lexeme] of lexemes) known.set(word, lexeme);
}
