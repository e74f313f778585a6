import type { Transaction } from '#ports/unit-of-work.ts';

/** The names of all cases that count for the one of this name, through others too, each once; without itself. */
export async function countingFor(
  { merges }: Pick<Transaction, 'merges'>,
  slug: string,
): Promise<readonly string[]> {
  const found = new Set([slug]);
  // A set is walked in the order of adding, and what is added meanwhile is walked too.
  for (const one of found) for (const merged of await merges.from(one)) found.add(merged);
  found.delete(slug);
  return [...found];
}
