import { type SQL, sql } from 'drizzle-orm';
import { type Context, type ContextLabel, contextLabels } from '#domain/context.ts';
import { fittingValues } from '#domain/context-vocabulary.ts';
import type { SolutionId } from '#domain/ids.ts';
import type { SearchFilter } from '#ports/solution-search.ts';
import { textArray } from './text-array.ts';

/** Columns of search_documents; names come from here alone, so they may go into a statement as they are. */
const columns = {
  os: 'os',
  application: 'application',
  environment: 'environment',
  service: 'service',
  hostGroup: 'host_group',
} as const satisfies Record<ContextLabel, string>;

/**
 * What a filter allows, as a condition over `search_documents document`. It says in SQL what `matchContext` of the
 * domain says of a case; a contract test holds the two together.
 */
export function filterCondition(filter: SearchFilter | undefined): SQL {
  const conditions = [
    ...kindCondition(filter?.kinds),
    ...hiddenCondition(filter?.hidden ?? []),
    ...contextConditions(filter?.context ?? {}),
  ];
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}

function kindCondition(kinds: SearchFilter['kinds']): readonly SQL[] {
  return kinds ? [sql`document.kind = any(${textArray(kinds)})`] : [];
}

function hiddenCondition(hidden: readonly SolutionId[]): readonly SQL[] {
  return hidden.length > 0 ? [sql`document.solution_id <> all(${textArray(hidden)}::uuid[])`] : [];
}

function contextConditions(context: Context): readonly SQL[] {
  return contextLabels.flatMap((label) => {
    const known = fittingValues(context, label);
    if (known.length === 0) return [];
    const column = sql.raw(`document.${columns[label]}`);
    return [sql`(document.kind <> 'case' or ${column} = '{}' or ${column} && ${textArray(known)})`];
  });
}
