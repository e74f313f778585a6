import { asc, desc, getTableColumns, gt, sql } from 'drizzle-orm';
import { auditHash, genesisHash } from '#domain/audit/audit-hash.ts';
import type { AuditEvent, AuditLog } from '#ports/stores/audit-log.ts';
import { first } from '../rows.ts';
import { auditEntries } from '../schema/runs.ts';
import type { StoreScope } from '../unit-of-work.ts';

const { workspaceId: _, at: __, ...columns } = getTableColumns(auditEntries);

/** Fractions of a millisecond are never written; read with them, a time that was moved by less shows too. */
const at = sql<number>`(extract(epoch from ${auditEntries.at}) * 1000)::double precision`;

export function createAuditLog(scope: StoreScope): AuditLog {
  return {
    append: (event) => append(scope, event),
    newest: () => newest(scope),
    after: (sequence, limit) =>
      scope.executor
        .select({ ...columns, at })
        .from(auditEntries)
        .where(gt(auditEntries.sequence, sequence))
        .orderBy(asc(auditEntries.sequence))
        .limit(limit),
  };
}

async function append(scope: StoreScope, event: AuditEvent): Promise<void> {
  const { executor, workspace } = scope;
  // Writers of one workspace queue up here until commit; without it two could link to the same entry. (PGlite
  // grants the lock at once, and needs none: it runs one transaction at a time.)
  await executor.execute(sql`select pg_advisory_xact_lock(hashtextextended(${workspace}, 0))`);
  const last = await newest(scope);
  const entry = {
    ...event,
    sequence: (last?.sequence ?? 0) + 1,
    at: Math.max(Date.now(), last?.at ?? 0),
    previous: last?.hash ?? genesisHash,
  };
  await executor
    .insert(auditEntries)
    .values({ ...entry, workspaceId: workspace, hash: auditHash(workspace, entry) });
}

async function newest({ executor }: StoreScope) {
  const { sequence, hash, event } = auditEntries;
  return first(
    await executor
      .select({ sequence, hash, event, at: auditEntries.at })
      .from(auditEntries)
      .orderBy(desc(sequence))
      .limit(1),
  );
}
