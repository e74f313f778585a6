import type { Context } from '#domain/context.ts';
import type { IncidentId, PersonId } from '#domain/ids.ts';
import type { Incident, IncidentState } from '#domain/incident.ts';

export interface IncidentStore {
  /** Opens the incident of a thread, or returns the one it has. Of two that race, the second waits for the first. */
  open(input: {
    readonly channel: string;
    readonly thread: string;
    readonly problem: string;
    readonly context: Context;
    readonly openedBy: PersonId;
  }): Promise<Incident & { readonly isNew: boolean }>;
  find(id: IncidentId): Promise<Incident | undefined>;
  /** As `find`, and nobody else gets past this with the same incident until the transaction has ended. */
  lock(id: IncidentId): Promise<Incident | undefined>;
  /** Replaces what is known of the problem by what was said later, by whom by the platform's id. */
  restate(
    id: IncidentId,
    stated: Pick<Incident, 'problem' | 'context'> & { readonly statedBy: string | null },
  ): Promise<void>;
  /** What the newest incidents are about that this person opened in the channel within the time; at most 100. */
  lately(channel: string, openedBy: PersonId, withinMs: number): Promise<readonly string[]>;
  inThread(channel: string, thread: string): Promise<Incident | undefined>;
  setState(id: IncidentId, state: IncidentState): Promise<void>;
  /** When it was resolved, in milliseconds since the epoch; null while it is not. */
  resolvedAt(id: IncidentId): Promise<number | null>;
  /** Milliseconds from its opening until it was resolved; null while it is not. */
  resolvedIn(id: IncidentId): Promise<number | null>;
}
