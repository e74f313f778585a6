import type { AlertIncidentId } from '../ids.ts';

/**
 * What is to be looked at later about alerts:
 *   verify    a run ended while they fired: did it help? `subject` is the run.
 *   quiet     they flapped, and nothing has changed since: how did it end?
 *   unsnooze  somebody kept them quiet until now: do they still fire?
 *   escalate  nobody has acted: who is called next? `subject` is the name of the escalation.
 *   tickets   a run may have helped, and it has stayed so: is anything told to their tickets? `subject` is the policy's rule.
 *   card      who is called next has changed, and the card of the alerts says so.
 */
export const alertDueKinds = ['verify', 'quiet', 'unsnooze', 'escalate', 'tickets', 'card'] as const;
export type AlertDueKind = (typeof alertDueKinds)[number];

export interface AlertDue {
  readonly incident: AlertIncidentId;
  readonly kind: AlertDueKind;
  /** Empty where there is one of the kind an incident. */
  readonly subject: string;
}
