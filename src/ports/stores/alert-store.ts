import type { Alert } from '#domain/alert/alert.ts';
import type { AlertEvent } from '#domain/alert/alert-event.ts';
import type { AlertGroups } from '#domain/alert/alert-groups.ts';
import type { AlertMark, MarkRange } from '#domain/alert/join-alerts.ts';
import type { KnownAlert } from '#domain/alert/known-alert.ts';
import type { AlertIncidentId, PostId } from '#domain/ids.ts';

/** Alerts that belong together. Times are milliseconds since the epoch. */
export interface AlertIncident {
  readonly id: AlertIncidentId;
  readonly channel: string;
  readonly route: string;
  /** Its own card; null while it has none. */
  readonly postId: PostId | null;
  /** The incident on whose card it is counted; null outside of a storm. */
  readonly storm: AlertIncidentId | null;
  readonly openedAt: number;
  readonly resolvedAt: number | null;
}

/** How many alerts of an incident, or of a storm, are in which state, and the worst of them. */
export interface AlertTally {
  readonly firing: number;
  readonly acknowledged: number;
  readonly resolved: number;
  /** How often the one fired that fired most. */
  readonly fired: number;
  readonly beganAt: number;
  readonly reachedAt: number;
  /** By name: the names of which most go on first, of equals the worst. */
  readonly groups: AlertGroups;
  /** At most ten: what fires before what is over, the worst first, then what began first. */
  readonly alerts: readonly Alert[];
}

/** A payload that did not fit. */
export interface RefusedPayload {
  readonly sender: string;
  readonly field: string;
  readonly message: string;
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface AlertStore {
  /** Keeps what is new; tells how many that were. */
  add(events: readonly Omit<AlertEvent, 'receivedAt'>[]): Promise<number>;
  /**
   * How these alerts, by source and fingerprint, were told last in one of the channels, if they go on or were over no longer
   * than `withinMs` ago; of several the one that goes on, and the newest.
   */
  known(
    alerts: readonly Pick<Alert, 'source' | 'fingerprint'>[],
    channels: readonly string[],
    withinMs: number,
  ): Promise<readonly KnownAlert[]>;
  /** Alerts of a source that are acknowledged, wherever they are. */
  acknowledged(source: Alert['source'], limit: number): Promise<readonly KnownAlert[]>;
  /** Up to `limit` of one channel that no incident has yet, oldest first. Whoever asks at the same time waits. */
  take(limit: number): Promise<readonly AlertEvent[]>;
  marks(channel: string, ranges: readonly MarkRange[]): Promise<readonly AlertMark[]>;
  /** Opens incidents that are new, moves what belonged to another one, and notes the states of events. */
  join(joined: {
    readonly channel: string;
    readonly events: readonly (AlertEvent & { readonly incident: AlertIncidentId })[];
    readonly marks: readonly AlertMark[];
    readonly merged: ReadonlyMap<AlertIncidentId, AlertIncidentId>;
  }): Promise<void>;
  incidents(ids: readonly AlertIncidentId[]): Promise<readonly AlertIncident[]>;
  /** The incident whose own card opened this thread; one that became a part of another is gone. */
  inThread(channel: string, thread: string): Promise<AlertIncident | undefined>;
  /** Counts the alerts of an incident, or with `storm` of all that are counted on its card. */
  tally(id: AlertIncidentId, storm: boolean): Promise<AlertTally>;
  /** Whether all alerts of it are over, one by one. */
  areOver(ids: readonly AlertIncidentId[]): Promise<ReadonlySet<AlertIncidentId>>;
  /** Incidents of the channel that got a card of their own within the time, and its storm card of that time, if any. */
  lately(
    channel: string,
    withinMs: number,
  ): Promise<{ readonly cards: number; readonly storm: AlertIncidentId | null }>;
  /** The card of an incident that has none and is in no storm; false when it got one meanwhile, and nothing is changed. */
  setCard(
    id: AlertIncidentId,
    card: { readonly postId?: PostId; readonly storm?: AlertIncidentId },
  ): Promise<boolean>;
  setResolved(id: AlertIncidentId, at: number | null): Promise<void>;
  /** Keeps a payload that did not fit; only the newest hundred are kept. */
  refuse(refused: Omit<RefusedPayload, 'at'>): Promise<void>;
  /** The newest payloads that did not fit within seven days. */
  refused(limit: number): Promise<readonly RefusedPayload[]>;
  /** Forgets up to `limit` each: events older than `events` days, and incidents that are over since `incidents` days. */
  forget(days: { readonly events: number; readonly incidents: number }, limit: number): Promise<void>;
}
