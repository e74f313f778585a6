import type { Inside } from '../read-inside.ts';
import type { Escalation } from './escalation.ts';
import { defaultJoinSettings, type JoinSettings } from './join-alerts.ts';

export interface AlertSettings {
  readonly join: JoinSettings;
  /** An alert that is over within this time after the last step of a run is its doing; one that is not says that it did nothing. */
  readonly verifyMs: number;
  /** Nobody keeps an alert quiet for longer. */
  readonly longestSnoozeMs: number;
  /** How long a flapping alert stays as it is before its thread is told how it ended. */
  readonly quietMs: number;
  /** So many cards a channel takes within the time; what else begins then is counted on one card for all. */
  readonly storm: { readonly cards: number; readonly withinMs: number };
  /** The channels that routes lead to. */
  readonly leadsTo: readonly Inside[];
  /** Whom the alerts of a route call when nobody answers, by the route's name. */
  readonly escalations: Readonly<Record<string, Escalation>>;
}

export const defaultAlertSettings: AlertSettings = {
  join: defaultJoinSettings,
  verifyMs: 10 * 60_000,
  longestSnoozeMs: 24 * 60 * 60_000,
  quietMs: 10 * 60_000,
  storm: { cards: 10, withinMs: 10 * 60_000 },
  leadsTo: [],
  escalations: {},
};
