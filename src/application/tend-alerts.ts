import type { AlertDue } from '#domain/alert/alert-due.ts';
import { unreachable } from '#domain/fault.ts';
import type { AlertIncidentId, WorkspaceId } from '#domain/ids.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { escalateDue, restartEscalations } from './escalate-alerts.ts';
import { endEscalations } from './follow-escalations.ts';
import { redrawAlertCard } from './judge-alerts.ts';
import { settleTickets } from './settle-tickets.ts';
import { showAwake, staysQuiet } from './show-alerts.ts';
import { tellAwake, tellQuiet } from './tell-alert-thread.ts';
import { verifyRun } from './verify-alerts.ts';

type Needs = Pick<Core, 'ids' | 'settings' | 'clock' | 'redact' | 'tickets' | 'isBehind'>;

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
      return settleQuiet(needs, transaction, due.incident);
    case 'unsnooze':
      return awaken(needs, transaction, workspace, due.incident);
    case 'escalate':
      return escalateDue(needs, transaction, workspace, due);
    case 'tickets':
      return settleTickets(needs, transaction, due);
    case 'card':
      return redraw(needs, transaction, due.incident);
    default:
      return unreachable(due.kind);
  }
}

async function redraw(needs: Needs, transaction: Transaction, id: AlertIncidentId): Promise<void> {
  const [incident] = await transaction.alerts.incidents([id]);
  if (incident) await redrawAlertCard(needs, transaction, incident);
}

/** It flapped, and what flaps is not over before it has stayed so. */
async function settleQuiet(needs: Needs, transaction: Transaction, id: AlertIncidentId): Promise<void> {
  await tellQuiet(needs, transaction, id);
  const [incident] = await transaction.alerts.incidents([id]);
  if (incident && incident.resolvedAt !== null) await endEscalations(transaction, id);
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
  await restartEscalations(needs, transaction, id);
  await showAwake(needs, transaction, workspace, id);
}
