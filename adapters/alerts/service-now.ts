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
  readTime,
  toLabels,
} from './create-reader.ts';

/**
 * An incident record of ServiceNow as a business rule sends it (docs/alerts.md has the rule): the record's own field
 * names, with values or display values. Source: https://www.servicenow.com/docs/r/api-reference/rest-apis/c_TableAPI.html
 */
const payload = z.looseObject({
  number: filled,
  sys_id: optionalText,
  short_description: optionalText,
  description: optionalText,
  state: optionalWord,
  priority: optionalWord,
  cmdb_ci: optionalText,
  assignment_group: optionalText,
  category: optionalText,
  opened_at: optionalText,
  sys_updated_on: optionalText,
  resolved_at: optionalText,
  closed_at: optionalText,
  link: optionalText,
});

/** The numbers and names of the incident table: New, In Progress, On Hold, Resolved, Closed, Canceled. */
const states: Readonly<Record<string, AlertState>> = {
  '1': 'firing',
  new: 'firing',
  '2': 'acknowledged',
  'in progress': 'acknowledged',
  '3': 'acknowledged',
  'on hold': 'acknowledged',
  '6': 'resolved',
  resolved: 'resolved',
  '7': 'resolved',
  closed: 'resolved',
  '8': 'resolved',
  canceled: 'resolved',
};

export const readServiceNow = createReader(payload, (given) => {
  const name = firstOf(given.short_description, given.number);
  const state = ownValue(states, given.state.toLowerCase()) ?? 'firing';
  const changedAt = changedAtOf(given, state);
  return [
    {
      source: 'servicenow',
      fingerprint: firstOf(given.sys_id, given.number),
      state,
      name,
      severity: readSeverity(given.priority),
      summary: name,
      description: given.description,
      labels: toLabels({
        number: given.number,
        service: given.cmdb_ci,
        team: given.assignment_group,
        category: given.category,
      }),
      group: null,
      startedAt: readUtc(given.opened_at),
      changedAt,
      occasion: changedAt === null ? undefined : String(changedAt),
      link: null,
      runbookUrl: null,
      ticket: { key: firstOf(given.sys_id, given.number), name: given.number },
    },
  ];
});

/** A solved record is closed by itself days later, and written to after that: it was over when it was solved. */
function changedAtOf(given: z.output<typeof payload>, state: AlertState): number | null {
  const over = state === 'resolved' ? firstOf(given.resolved_at, given.closed_at) : '';
  return readUtc(firstOf(over, given.sys_updated_on));
}

/** ServiceNow keeps `2026-11-25 09:30:00`, in UTC and without saying so. */
const readUtc = (text: string): number | null =>
  readTime(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text) ? `${text.replace(' ', 'T')}Z` : text);
