import type { Context } from './context.ts';
import type { IncidentId, PersonId } from './ids.ts';

export type IncidentState = 'open' | 'mitigated' | 'resolved' | 'dismissed';

/** A thread in which something is wrong. */
export interface Incident {
  readonly id: IncidentId;
  readonly channel: string;
  readonly thread: string;
  readonly problem: string;
  readonly state: IncidentState;
  readonly context: Context;
  readonly openedBy: PersonId;
}
