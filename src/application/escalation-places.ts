import type { Escalation } from '#domain/alert/escalation.ts';
import type { AlertIncidentId } from '#domain/ids.ts';
import type { AlertIncident, AlertTally } from '#ports/stores/alert-store.ts';
import type { Transaction } from '#ports/unit-of-work.ts';
import type { Core } from './core.ts';

/** The escalation of that name as the alerts file has it now; undefined when it was taken out. */
export const escalationNamed = ({ alerts }: Core['settings'], name: string): Escalation | undefined =>
  Object.values(alerts.escalations).find((one) => one.name === name);

export const isEscalating = ({ alerts }: Core['settings']): boolean =>
  Object.keys(alerts.escalations).length > 0;

/** What is counted on the card of a storm is escalated as one: whoever looks at the storm looks at all of it. */
export const escalatedAs = ({ id, storm }: AlertIncident): AlertIncidentId => storm ?? id;

/** The alerts that are escalated as one. */
export const tallyOf = ({ alerts }: Transaction, { id, storm }: AlertIncident): Promise<AlertTally> =>
  alerts.tally(id, storm === id);
