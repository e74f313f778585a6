import { z } from 'zod';
import type { AlertState } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
import { ownValue } from '#domain/text/own-value.ts';
import {
  createReader,
  filled,
  firstOf,
  labels,
  optionalText,
  optionalWord,
  readTime,
  tagsToLabels,
} from './create-reader.ts';

/**
 * The outgoing webhook of Opsgenie. Source: https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/,
 * https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-webhook/. Only `Create` has description and details.
 */
const payload = z.looseObject({
  action: filled,
  alert: z.looseObject({
    alertId: filled,
    message: optionalText,
    alias: optionalText,
    entity: optionalText,
    description: optionalText,
    priority: optionalText,
    createdAt: optionalWord,
    updatedAt: optionalWord,
    tags: z.array(z.string(), { error: 'must be a list of texts' }).nullish(),
    details: labels,
  }),
});

/** These say nothing of whether somebody has acknowledged it. */
const changes: readonly string[] = ['Escalate', 'EscalateNext', 'UpdatePriority'];

const states: Readonly<Record<string, AlertState>> = {
  Create: 'firing',
  UnAcknowledge: 'firing',
  SnoozeEnded: 'firing',
  ...Object.fromEntries(changes.map((action) => [action, 'firing'] as const)),
  Acknowledge: 'acknowledged',
  Close: 'resolved',
  Delete: 'resolved',
};

export const readOpsgenie = createReader(payload, ({ action, alert }) => {
  const state = ownValue(states, action);
  if (state === undefined) return [];
  const name = firstOf(alert.message, alert.alias, 'Opsgenie alert without a message');
  return [
    {
      source: 'opsgenie',
      fingerprint: firstOf(alert.alias, alert.alertId),
      state,
      name,
      severity: readSeverity(alert.priority),
      summary: name,
      description: alert.description,
      labels: {
        ...tagsToLabels(alert.tags ?? []),
        ...alert.details,
        ...(alert.entity !== '' && { entity: alert.entity }),
      },
      group: null,
      startedAt: readTime(alert.createdAt),
      changedAt: readTime(firstOf(alert.updatedAt, alert.createdAt)),
      occasion: alert.updatedAt || undefined,
      keepsState: changes.includes(action) ? true : undefined,
      link: null,
      runbookUrl: null,
      ticket: { key: alert.alertId, name: firstOf(alert.alias, alert.alertId) },
    },
  ];
});
