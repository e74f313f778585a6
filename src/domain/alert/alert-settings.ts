import { defaultJoinSettings, type JoinSettings } from './join-alerts.ts';

export interface AlertSettings {
  readonly join: JoinSettings;
  /** How long after a change an alert that is over is its doing. */
  readonly creditMs: number;
  /** So many cards a channel takes within the time; what else begins then is counted on one card for all. */
  readonly storm: { readonly cards: number; readonly withinMs: number };
}

export const defaultAlertSettings: AlertSettings = {
  join: defaultJoinSettings,
  creditMs: 60 * 60_000,
  storm: { cards: 10, withinMs: 10 * 60_000 },
};
