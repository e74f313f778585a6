import type { Alert } from '#domain/alert/alert.ts';
import type { PastAlert } from '#domain/alert/alert-history.ts';
import type { AlertIncidentId, VersionId } from '#domain/ids.ts';

/** An alert in an incident of its channel. */
export interface AlertInIncident {
  readonly incident: AlertIncidentId;
  readonly channel: string;
  readonly alert: Alert;
  /** When its incident began, in milliseconds since the epoch: the past is what began before. */
  readonly beganAt: number;
}

/** An incident of before that is over. Times are milliseconds since the epoch. */
export interface PastIncident {
  readonly incident: AlertIncidentId;
  /** The one of its alerts that was found. */
  readonly alert: Alert;
  readonly beganAt: number;
  readonly endedAt: number;
  /** Null where it had no thread of its own. */
  readonly thread: string | null;
}

/** What became of alerts before. Only of the same channel: who reads here may not read elsewhere. */
export interface AlertHistoryStore {
  /** The incidents that this very alert was in besides this one, the newest `most`. */
  past(of: AlertInIncident, most: number): Promise<readonly PastAlert[]>;
  /** Incidents with this alert, one of its name, or one of its service; the newest `most` of each, one row an alert. */
  candidates(of: AlertInIncident, most: number): Promise<readonly PastIncident[]>;
  /** What helped in threads: more people say so than not, or the alerts were over after it. */
  helped(
    channel: string,
    threads: readonly string[],
  ): Promise<readonly { readonly thread: string; readonly versionId: VersionId }[]>;
}
