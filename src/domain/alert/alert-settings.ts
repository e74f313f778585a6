import { defaultJoinSettings, type JoinSettings } from './join-alerts.ts';

export interface AlertSettings {
  readonly join: JoinSettings;
  /** An alert that is over within this time after the last step of a run is its doing; one that is not says that it did nothing. */
  readonly verifyMs: number;
  /** So many cards a channel takes within the time; what else begins then is counted on one card for all. */
  readonly storm: { readonly cards: number; readonly withinMs: number };
}

export const defaultAlertSettings: AlertSettings = {
  join: defaultJoinSettings,
  verifyMs: 10 * 60_000,
  storm: { cards: 10, withinMs: 10 * 60_000 },
};
