import { z } from 'zod';
import type { AlertState } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
import { ownValue } from '#domain/text/own-value.ts';
import {
  createReader,
  filled,
  firstOf,
  optionalText,
  optionalWord,
  readLink,
  readTime,
  tagsToLabels,
  toLabels,
} from './create-reader.ts';

/**
 * The webhook of Datadog with the payload of docs/alerts.md, whose values are Datadog's own variables; its default
 * payload (title, body, id, date) is read as well. Source: https://docs.datadoghq.com/integrations/webhooks/
 */
const payload = z.looseObject({
  id: optionalWord,
  title: filled,
  body: optionalText,
  date: optionalWord,
  link: optionalText,
  alert_id: optionalWord,
  alert_cycle_key: optionalWord,
  alert_transition: optionalText,
  alert_type: optionalText,
  alert_title: optionalText,
  priority: optionalText,
  hostname: optionalText,
  scope: optionalText,
  tags: z.union([z.string(), z.array(z.string())], { error: 'must be a text or a list' }).nullish(),
});

const states: Readonly<Record<string, AlertState>> = {
  triggered: 'firing',
  're-triggered': 'firing',
  warn: 'firing',
  're-warn': 'firing',
  'no data': 'firing',
  're-no data': 'firing',
  renotify: 'firing',
  recovered: 'resolved',
};

export const readDatadog = createReader(payload, (given) => {
  const [, marked = '', rest = given.title] = /^\[([^\]]+)\]\s*(.*)$/s.exec(given.title) ?? [];
  const mark = marked.replace(/^P\d\]?\s*/i, '');
  const transition = firstOf(given.alert_transition, mark).toLowerCase();
  const state = ownValue(states, transition) ?? (given.alert_type === 'success' ? 'resolved' : 'firing');
  const tags = Array.isArray(given.tags) ? given.tags : (given.tags ?? '').split(',');
  const name = firstOf(given.alert_title, rest, given.title);
  return [
    {
      source: 'datadog',
      fingerprint: [firstOf(given.alert_id, name), given.scope].filter((part) => part !== '').join('/'),
      state,
      name,
      severity: readSeverity(firstOf(given.priority, given.alert_type)),
      summary: name,
      description: given.body,
      labels: toLabels({ host: given.hostname, ...tagsToLabels(tags) }),
      group: given.alert_id === '' ? null : given.alert_id,
      startedAt: state === 'firing' ? readTime(given.date) : null,
      changedAt: readTime(given.date),
      link: readLink(given.link),
      runbookUrl: null,
    },
  ];
});
