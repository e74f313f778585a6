import { dayMs } from '../runbook/parse-duration.ts';
import type { Alert } from './alert.ts';

/**
 * Without times that are more than a day from now: a clock that is that wrong would say that an alert fires until then,
 * whatever is told of it meanwhile. `now` in milliseconds since the epoch.
 */
export function withBelievableTimes(alert: Alert, now: number): Alert {
  const believed = (at: number | null) => (at !== null && at > now + dayMs ? null : at);
  return { ...alert, startedAt: believed(alert.startedAt), changedAt: believed(alert.changedAt) };
}
