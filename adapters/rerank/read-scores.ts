import { z } from 'zod';

const entry = z
  .object({ index: z.int().min(0), relevance_score: z.number().optional(), score: z.number().optional() })
  .transform(({ index, relevance_score, score }) => ({ index, score: relevance_score ?? score }))
  .refine(({ score }) => score !== undefined);

/** Jina, Cohere and llama.cpp answer `results`, Voyage `data`, and text-embeddings-inference a bare array. */
const answer = z.union([
  z.array(entry),
  z.object({ results: z.array(entry) }).transform(({ results }) => results),
  z.object({ data: z.array(entry) }).transform(({ data }) => data),
]);

/** The scores of an answer in the order of the texts; undefined unless each text has exactly one finite score. */
export function readScores(body: unknown, texts: number): readonly number[] | undefined {
  const read = answer.safeParse(body);
  if (!read.success || read.data.length !== texts) return undefined;
  const byIndex = new Map(read.data.map(({ index, score }) => [index, score]));
  const scores = Array.from({ length: texts }, (_, index) => byIndex.get(index));
  const complete = scores.filter((score) => score !== undefined);
  return complete.length === texts ? complete : undefined;
}
