import { setImmediate as nextTurn } from 'node:timers/promises';
import type { AuditEntry } from '#domain/audit/audit-entry.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Core } from './core.ts';

/** One statement of so many rows does not hold up the embedded database. */
const atOnce = 200;

/**
 * The chain of a workspace in the order of its numbers, batch by batch, whatever numbers they have: a transaction a
 * batch, and never more than one batch in memory. What is appended meanwhile is read too.
 */
export async function* readAudit(
  { unitOfWork }: Pick<Core, 'unitOfWork'>,
  workspace: WorkspaceId,
): AsyncGenerator<readonly AuditEntry[]> {
  let last = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const after = last;
    const batch = await unitOfWork.within(workspace, ({ audit }) => audit.after(after, atOnce));
    if (batch.length > 0) yield batch;
    if (batch.length < atOnce) return;
    last = batch.at(-1)?.sequence ?? last;
    // The embedded database answers without giving way to anything else.
    await nextTurn();
  }
}
