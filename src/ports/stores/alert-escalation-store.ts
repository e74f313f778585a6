import type { EscalationReason } from '#domain/alert/escalation.ts';
import type { AlertIncidentId, PersonId, PostId } from '#domain/ids.ts';

/** How far the calling of people for the alerts of an incident is. */
export interface AlertEscalation {
  readonly name: string;
  /** The level that is told next, from 0; the number of levels when all were. */
  readonly level: number;
  readonly reason: EscalationReason;
  /** Since when the clock of `reason` runs, in milliseconds since the epoch. */
  readonly since: number;
  /** Whether somebody acted. */
  readonly isAnswered: boolean;
}

/** Who is called next, and when (milliseconds since the epoch); null where nobody is. */
export interface NextCall extends Pick<AlertEscalation, 'name' | 'level' | 'isAnswered'> {
  readonly at: number | null;
  /** Who acted; null with `isAnswered` where the sender says that somebody looks at it. */
  readonly answeredBy: PersonId | null;
}

/** Who is called for alerts that nobody answers. Rows stand until the alerts are over. */
export interface AlertEscalationStore {
  /**
   * Begins one, or begins it anew where only its sender had said that somebody looks at it; false when it was begun before,
   * answered or not, and nothing is changed.
   */
  begin(incident: AlertIncidentId, name: string): Promise<boolean>;
  /** Those of an incident, by name, held until the transaction ends. */
  lock(incident: AlertIncidentId): Promise<readonly AlertEscalation[]>;
  /** Those of an incident, by name, as the card of the alerts shows them. */
  calls(incident: AlertIncidentId): Promise<readonly NextCall[]>;
  /** Where it is now, and why; it counts as unanswered from then on. */
  set(
    incident: AlertIncidentId,
    name: string,
    now: Pick<AlertEscalation, 'level' | 'reason'>,
    isAnew: boolean,
  ): Promise<void>;
  /** Somebody acted, or with null its sender says so; true when any of them had waited for that. */
  answer(incident: AlertIncidentId, by: PersonId | null): Promise<boolean>;
  /** Forgets all of an incident. */
  end(incident: AlertIncidentId): Promise<void>;
  /** Those of these incidents that have any. */
  among(incidents: readonly AlertIncidentId[]): Promise<readonly AlertIncidentId[]>;
  keepPost(postId: PostId, incident: AlertIncidentId, name: string): Promise<void>;
  posts(incident: AlertIncidentId): Promise<readonly PostId[]>;
  /** What a post was told of. */
  ofPost(postId: PostId): Promise<{ readonly incident: AlertIncidentId; readonly name: string } | undefined>;
}
