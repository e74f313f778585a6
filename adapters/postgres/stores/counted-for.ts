import { type SQL, sql } from 'drizzle-orm';
import type { Merges } from '#domain/case-merge/resolve-merges.ts';
import { textArray } from '../search/text-array.ts';

/** A join, and with it the solution that what stands in `column` counts for. Where nothing was merged a statement stays as it was. */
export function countedFor(column: SQL, merges: Merges): { readonly join: SQL; readonly id: SQL } {
  if (merges.size === 0) return { join: sql``, id: column };
  const [sources, targets] = [textArray([...merges.keys()]), textArray([...merges.values()])];
  return {
    join: sql`left join unnest(${sources}::uuid[], ${targets}::uuid[]) as merged (source, target) on merged.source = ${column}`,
    id: sql`coalesce(merged.target, ${column})`,
  };
}
