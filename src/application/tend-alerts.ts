import { unreachable } from '#domain/fault.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';
import { verifyRun } from './verify-alerts.ts';

/** A turn must not hold up the embedded database. */
const atOnce = 20;

/** Looks at what was to be looked at later about alerts. */
export async function tendAlerts(
  needs: Pick<Core, 'ids' | 'settings'>,
  transaction: Transaction,
): Promise<void> {
  for (const due of await transaction.alertDues.take(atOnce)) {
    switch (due.kind) {
      case 'verify':
        await verifyRun(needs, transaction, due);
        break;
      default:
        unreachable(due.kind);
    }
  }
}
