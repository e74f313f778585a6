import type { AlertIncidentId } from '../ids.ts';

/**
 * What is to be looked at later about alerts:
 *   verify  a run ended while they fired: did it help? `subject` is the run.
 */
export const alertDueKinds = ['verify'] as const;
export type AlertDueKind = (typeof alertDueKinds)[number];

export interface AlertDue {
  readonly incident: AlertIncidentId;
  readonly kind: AlertDueKind;
  readonly subject: string;
}
