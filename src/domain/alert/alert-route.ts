import type { Context } from '../context.ts';
import type { Inside } from '../read-inside.ts';
import { fitsPattern } from '../text/fits-pattern.ts';
import { ownValue } from '../text/own-value.ts';
import type { Alert, AlertSource } from './alert.ts';
import type { Escalation } from './escalation.ts';
import { type Severity, severities } from './severity.ts';

/**
 * Where alerts go that fit: all that is named must fit, what is not named fits anything. Patterns may have `*`. An alert
 * of no known severity counts as the mildest.
 */
export interface AlertRoute {
  readonly name: string;
  readonly sources?: readonly AlertSource[] | undefined;
  readonly severities?: readonly Severity[] | undefined;
  /** Patterns by label; `alertname` is the alert's name where it has no such label. */
  readonly labels: Readonly<Record<string, readonly string[]>>;
  /** The channel. */
  readonly to: Inside;
  /** What is known of every incident of this route, wherever its alerts do not say it themselves. */
  readonly context: Context;
  /** Whom its alerts call when nobody answers; absent for nobody. */
  readonly escalation?: Escalation | undefined;
}

/** The first route that fits; undefined when there is none. */
export function routeAlert(alert: Alert, routes: readonly AlertRoute[]): AlertRoute | undefined {
  return routes.find((route) => fitsRoute(alert, route));
}

function fitsRoute(alert: Alert, { sources, severities: wanted, labels }: AlertRoute): boolean {
  const severity = alert.severity ?? (severities.at(-1) as Severity);
  return (
    (sources?.includes(alert.source) ?? true) &&
    (wanted?.includes(severity) ?? true) &&
    Object.entries(labels).every(([label, patterns]) => {
      const value = ownValue(alert.labels, label) ?? (label === 'alertname' ? alert.name : undefined);
      return value !== undefined && patterns.some((pattern) => fitsPattern(value, pattern));
    })
  );
}
