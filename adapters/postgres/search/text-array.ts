import { type SQL, sql } from 'drizzle-orm';

/** A text[] parameter; the two drivers bind arrays differently, a literal means the same to both. */
export function textArray(values: readonly string[]): SQL {
  const quoted = values.map((value) => `"${value.replace(/["\\]/g, '\\$&')}"`);
  return sql`${`{${quoted.join(',')}}`}::text::text[]`;
}
