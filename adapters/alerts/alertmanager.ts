import { z } from 'zod';
import type { Alert, AlertSource } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
import { ownValue } from '#domain/text/own-value.ts';
import { createReader, filled, firstOf, labels, optionalText, readLink, readTime } from './create-reader.ts';

/**
 * Webhook of Alertmanager, version 4, and of Grafana's alerting, which has the same alerts and more beside them.
 * Source: https://prometheus.io/docs/alerting/latest/configuration/#webhook_config,
 * https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
 */
const alert = z.looseObject({
  status: z.enum(['firing', 'resolved'], { error: 'must be firing or resolved' }),
  labels,
  annotations: labels,
  startsAt: optionalText,
  endsAt: optionalText,
  generatorURL: optionalText,
  panelURL: optionalText,
  fingerprint: filled,
});

const payload = z.looseObject({
  alerts: z.array(alert, { error: 'must be a list of alerts' }).min(1, { error: 'is an empty list' }),
  groupKey: optionalText,
});

const reader = (source: AlertSource) =>
  createReader(payload, ({ alerts, groupKey }) => alerts.map((one) => readAlert(source, one, groupKey)));

export const readAlertmanager = reader('alertmanager');
export const readGrafana = reader('grafana');

function readAlert(source: AlertSource, one: z.output<typeof alert>, group: string): Alert {
  const note = (name: string) => ownValue(one.annotations, name);
  const name = firstOf(ownValue(one.labels, 'alertname'), 'Alert without a name');
  const resolved = one.status === 'resolved';
  return {
    source,
    fingerprint: one.fingerprint,
    state: one.status,
    name,
    severity: readSeverity(firstOf(ownValue(one.labels, 'severity'), ownValue(one.labels, 'priority'))),
    summary: firstOf(note('summary'), note('title'), note('message')),
    description: firstOf(note('description'), note('message')),
    labels: one.labels,
    group: group === '' ? null : group,
    startedAt: readTime(one.startsAt),
    changedAt: readTime(resolved ? one.endsAt : one.startsAt),
    link: readLink(one.panelURL) ?? readLink(one.generatorURL),
    runbookUrl: readLink(firstOf(note('runbook_url'), note('runbook'))),
    ticket:
      source === 'alertmanager' && Object.keys(one.labels).length > 0
        ? { key: one.fingerprint, name, labels: one.labels }
        : undefined,
  };
}
