import { defaultJoinSettings, type JoinSettings } from './join-alerts.ts';

export interface AlertSettings {
  readonly join: JoinSettings;
  /** So many cards a channel takes within the time; what else begins then is counted on one card for all. */
  readonly storm: { readonly cards: number; readonly withinMs: number };
}

export const defaultAlertSettings: AlertSettings = {
  join: defaultJoinSettings,
  storm: { cards: 10, withinMs: 10 * 60_000 },
};
