import { Fault } from '#domain/fault.ts';

/** The longest vector that pgvector stores. */
const mostDimensions = 16_000;

/**
 * The vectors of an answer in the order of the texts, unit length. Throws a Fault unless there is exactly one a text,
 * all finite, not zero and of one length: what an endpoint says is not believed.
 */
export function readVectors(answer: unknown, texts: number): readonly (readonly number[])[] {
  const entries = field(answer, 'data');
  if (!Array.isArray(entries) || entries.length !== texts) throw malformed(`not ${texts} vectors`);
  const vectors = new Map(
    entries.map((entry: unknown) => [field(entry, 'index'), toVector(field(entry, 'embedding'))] as const),
  );
  const ordered = Array.from({ length: texts }, (_, index) => vectors.get(index)).filter(
    (vector) => vector !== undefined,
  );
  if (ordered.length !== texts) throw malformed('vectors without a place');
  if (ordered.some(({ length }) => length !== ordered[0]?.length))
    throw malformed('vectors of several lengths');
  return ordered;
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function toVector(value: unknown): readonly number[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostDimensions)
    throw malformed('a vector of no usable length');
  const length = Math.hypot(...value);
  // One comparison for what is no number, not finite, or zero.
  if (!value.every(Number.isFinite) || !(length > 0 && length < Number.POSITIVE_INFINITY))
    throw malformed('a vector that has no direction');
  return value.map((one: number) => one / length);
}

function malformed(what: string): Fault {
  return new Fault(
    'rejected',
    'embedding-answer',
    `The embedding endpoint answered with ${what}.`,
    'Check that OPENAI_BASE_URL names an OpenAI-compatible endpoint and EMBEDDING_MODEL an embedding model.',
  );
}
