import { sql } from 'drizzle-orm';
import type { Executor } from '../database.ts';
import { readRows } from '../read-rows.ts';
import { textArray } from './text-array.ts';

/** The stem of a lower-case word; undefined for stop words and for words that were not asked for. */
export type LexemeOf = (word: string) => string | undefined;

/** Stems words with the English Snowball dictionary of the database, which also knows the stop words. */
export async function readLexemes(executor: Executor, words: Iterable<string>): Promise<LexemeOf> {
  const rows = await readRows<{ word: string; lexeme: string | null }>(
    executor,
    sql`select word, (ts_lexize('english_stem', word))[1] as lexeme
      from unnest(${textArray([...new Set(words)])}) as word`,
  );
  const lexemes = new Map(rows.map((row) => [row.word, row.lexeme ?? undefined]));
  return (word) => lexemes.get(word);
}
