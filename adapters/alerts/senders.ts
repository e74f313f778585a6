import type { AlertSource } from '#domain/alert/alert.ts';
import { readAlertmanager, readGrafana } from './alertmanager.ts';
import { readCloudWatch } from './cloudwatch.ts';
import { readDatadog } from './datadog.ts';
import { readJira } from './jira.ts';
import { readNewRelic } from './new-relic.ts';
import { readOpsgenie } from './opsgenie.ts';
import { readPagerDuty } from './pagerduty.ts';
import type { ReadPayload } from './sender.ts';
import { readSentry } from './sentry.ts';
import { readServiceNow } from './service-now.ts';

/** Every sender whose payloads have a form of their own; `generic` has that of the operator's table. */
export const readers = {
  alertmanager: readAlertmanager,
  grafana: readGrafana,
  pagerduty: readPagerDuty,
  datadog: readDatadog,
  newrelic: readNewRelic,
  opsgenie: readOpsgenie,
  sentry: readSentry,
  cloudwatch: readCloudWatch,
  servicenow: readServiceNow,
  jira: readJira,
} as const satisfies Record<Exclude<AlertSource, 'generic'>, ReadPayload>;

/** What only payloads of this sender have, for a payload that came without an address. */
const marks: readonly (readonly [
  keyof typeof readers,
  (payload: Readonly<Record<string, unknown>>) => boolean,
])[] = [
  ['grafana', (payload) => 'alerts' in payload && 'orgId' in payload],
  ['alertmanager', (payload) => 'alerts' in payload && 'groupKey' in payload],
  ['pagerduty', (payload) => has(payload.event, 'event_type')],
  ['cloudwatch', (payload) => 'TopicArn' in payload],
  ['opsgenie', (payload) => 'action' in payload && has(payload.alert, 'alertId')],
  ['sentry', (payload) => 'action' in payload && 'installation' in payload],
  ['jira', (payload) => 'webhookEvent' in payload],
  ['newrelic', (payload) => 'issueUrl' in payload || 'alertConditionNames' in payload],
  ['servicenow', (payload) => 'short_description' in payload],
  ['datadog', (payload) => 'alert_transition' in payload || ('title' in payload && 'org' in payload)],
];

const has = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && name in value;

/** The sender that a payload looks like; undefined when it looks like none. */
export function recogniseSender(payload: unknown): keyof typeof readers | undefined {
  if (typeof payload !== 'object' || payload === null) return undefined;
  return marks.find(([, fits]) => fits(payload as Readonly<Record<string, unknown>>))?.[0];
}
