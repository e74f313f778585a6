import { sql } from 'drizzle-orm';
import type { Context, ContextLabel } from '#domain/context.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import { readRows } from '../read-rows.ts';
import type { StoreScope } from '../unit-of-work.ts';

/** Labels of a workspace as they were at a revision of its index. */
interface Known {
  readonly revision: number;
  readonly labels: readonly Context[];
}

const known = new Map<WorkspaceId, Known>();

/**
 * All values of all labels that indexed solutions have, each once and a context of its own. Asked with every question and
 * changed seldom, so they are kept until the index has another revision. Not for a transaction that writes the index: what
 * it rolls back would be kept.
 */
export async function readLabels(scope: StoreScope): Promise<readonly Context[]> {
  const revision = await readRevision(scope);
  const before = known.get(scope.workspace);
  if (before?.revision === revision) return before.labels;
  const labels = await readDistinct(scope);
  known.set(scope.workspace, { revision, labels });
  return labels;
}

async function readRevision({ executor }: StoreScope): Promise<number> {
  const rows = await readRows<{ revision: number }>(executor, sql`select revision from search_collections`);
  return rows[0]?.revision ?? 0;
}

async function readDistinct({ executor }: StoreScope): Promise<readonly Context[]> {
  const rows = await readRows<{ label: ContextLabel; value: string }>(
    executor,
    sql`select distinct one.label, one.value from search_documents document, lateral (
        select 'os' as label, unnest(document.os) as value
        union all select 'application', unnest(document.application)
        union all select 'environment', unnest(document.environment)
        union all select 'service', unnest(document.service)
        union all select 'hostGroup', unnest(document.host_group)) one
      order by 1, 2`,
  );
  return rows.map(({ label, value }) =>
    label === 'environment' ? { environment: [value] } : { [label]: value },
  );
}
