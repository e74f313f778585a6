import type { AlertVerdict } from '#domain/alert/alert-verdict.ts';
import type { AlertIncidentId, PersonId } from '#domain/ids.ts';

/** What people say of alerts. */
export interface AlertJudgementStore {
  /** Said of all alerts that are in the incident now; the latest counts. */
  judge(id: AlertIncidentId, verdict: AlertVerdict, by: PersonId): Promise<void>;
  /** What was last said, and of how many of its alerts it holds. */
  verdict(
    id: AlertIncidentId,
  ): Promise<{ readonly verdict: AlertVerdict; readonly by: PersonId; readonly of: number } | undefined>;
  /** The name of an alert in it that goes on and that nobody judged, as it joined later; the first of them. */
  unjudged(id: AlertIncidentId): Promise<string | undefined>;
  /** Keeps all alerts of an incident quiet in its channel for so long from now, on database time. */
  snooze(id: AlertIncidentId, forMs: number, by: PersonId): Promise<void>;
  wake(id: AlertIncidentId): Promise<void>;
  /**
   * When everything in it that goes on is kept quiet: until the first of them is not, in milliseconds since the epoch, and
   * by whom. Undefined when anything in it is not.
   */
  snoozed(id: AlertIncidentId): Promise<{ readonly until: number; readonly by: PersonId } | undefined>;
}
