import type { Alert, AlertSilence } from './alert.ts';

/** What a system keeps quiet. Times are milliseconds since the epoch. */
export interface Silencing extends AlertSilence {
  readonly since: number;
  /** The fingerprints of the alerts that go on and of which nobody is told there. */
  readonly fingerprints: readonly string[];
}

const lastChange = ({ changedAt, startedAt }: Alert): number => changedAt ?? startedAt ?? 0;

/** An alert that goes on, now that its sender is silent about it: somebody has seen to it, so nobody is called. */
export function silencedAlert(alert: Alert, { id, by, comment, until, since }: Silencing): Alert {
  // Where another silence takes over, it is told later than the one before.
  const changedAt = Math.max(since, lastChange(alert) + (alert.silence ? 1 : 0));
  const silence = { id, by, comment, until };
  return { ...alert, state: 'acknowledged', changedAt, occasion: `silence ${id} ${changedAt}`, silence };
}

/** An alert that goes on although its silence is over, by whichever of the clocks it ended earlier. */
export function heardAlert(alert: Alert, now: number): Alert {
  const { silence, ...rest } = alert;
  // Later than what was told before, or that would count.
  const changedAt = Math.max(Math.min(silence?.until ?? now, now), lastChange(alert) + 1);
  return { ...rest, state: 'firing', changedAt, occasion: `heard ${silence?.id} ${changedAt}` };
}

/** An alert that its sender has no more: it ended in silence, which nobody is told. The key is that of an end that is told. */
export function endedAlert({ silence: _, occasion: __, ...alert }: Alert, at: number): Alert {
  return { ...alert, state: 'resolved', changedAt: Math.max(at, lastChange(alert) + 1) };
}
