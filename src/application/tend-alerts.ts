import type { AlertDue } from '#domain/alert/alert-due.ts';
import { unreachable } from '#domain/fault.ts';
import type { AlertIncidentId, WorkspaceId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { showAwake, staysQuiet } from './show-alerts.ts';
import { tellAwake, tellQuiet } from './tell-alert-thread.ts';
import { verifyRun } from './verify-alerts.ts';

type Needs = Pick<Core, 'ids' | 'settings' | 'clock' | 'redact'>;

/** A turn must not hold up the embedded database. */
const atOnce = 20;

/** Looks at what was to be looked at later about alerts. */
export async function tendAlerts(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
): Promise<void> {
  const dues = await transaction.alertDues.take(atOnce);
  // In the order in which the folding of alerts holds incidents, so that neither waits for the other.
  for (const due of dues.toSorted((one, other) => (one.incident < other.incident ? -1 : 1)))
    await tend(needs, transaction, workspace, due);
}

async function tend(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  due: AlertDue,
): Promise<void> {
  switch (due.kind) {
    case 'verify':
      return verifyRun(needs, transaction, due);
    case 'quiet':
      return tellQuiet(needs, transaction, due.incident);
    case 'unsnooze':
      return awaken(needs, transaction, workspace, due.incident);
    default:
      return unreachable(due.kind);
  }
}

/** Unless somebody keeps them quiet for longer by now. */
async function awaken(
  needs: Needs,
  transaction: Transaction,
  workspace: WorkspaceId,
  id: AlertIncidentId,
): Promise<void> {
  if (await staysQuiet(transaction, id)) return;
  await tellAwake(needs, transaction, id);
  await showAwake(needs, transaction, workspace, id);
}
