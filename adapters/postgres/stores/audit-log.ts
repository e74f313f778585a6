import { desc, sql } from 'drizzle-orm';
import { auditHash, genesisHash } from '#domain/audit/audit-hash.ts';
import type { AuditEvent, AuditLog } from '#ports/stores/audit-log.ts';
import { first } from '../rows.ts';
import { auditEntries } from '../schema/runs.ts';
import type { StoreScope } from '../unit-of-work.ts';

export function createAuditLog(scope: StoreScope): AuditLog {
  return { append: (event) => append(scope, event), firstBroken: () => firstBroken(scope) };
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
    at: Date.now(),
    previous: last?.hash ?? genesisHash,
  };
  await executor
    .insert(auditEntries)
    .values({ ...entry, workspaceId: workspace, hash: auditHash(workspace, entry) });
}

async function newest({ executor }: StoreScope) {
  return first(
    await executor
      .select({ sequence: auditEntries.sequence, hash: auditEntries.hash })
      .from(auditEntries)
      .orderBy(desc(auditEntries.sequence))
      .limit(1),
  );
}

async function firstBroken({ executor, workspace }: StoreScope): Promise<number | undefined> {
  const entries = await executor.select().from(auditEntries).orderBy(auditEntries.sequence);
  let previous = genesisHash;
  let sequence = 0;
  for (const entry of entries) {
    sequence += 1;
    const fits = entry.sequence === sequence && entry.previous === previous;
    if (!fits || entry.hash !== auditHash(workspace, entry)) return entry.sequence;
    previous = entry.hash;
  }
  return undefined;
}
