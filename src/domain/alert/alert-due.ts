import type { AlertIncidentId } from '../ids.ts';

/**
 * What is to be looked at later about alerts:
 *   verify    a run ended while they fired: did it help? `subject` is the run.
 *   quiet     they flapped, and nothing has changed since: how did it end?
 *   unsnooze  somebody kept them quiet until now: do they still fire?
 *   escalate  nobody has acted: who is called next? `subject` is the name of the escalation.
 */
export const alertDueKinds = ['verify', 'quiet', 'unsnooze', 'escalate'] as const;
export type AlertDueKind = (typeof alertDueKinds)[number];

export interface AlertDue {
  readonly incident: AlertIncidentId;
  readonly kind: AlertDueKind;
  /** Empty where there is one of the kind an incident. */
  readonly subject: string;
}
