import { z } from 'zod';
import type { Alert, AlertState } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
import { ownValue } from '#domain/text/own-value.ts';
import {
  createReader,
  filled,
  firstOf,
  optionalText,
  readLink,
  readTime,
  toLabels,
} from './create-reader.ts';

/**
 * V3 webhooks of PagerDuty. Source: https://developer.pagerduty.com/docs/webhooks-overview, whose text is
 * https://github.com/PagerDuty/developer-docs/blob/main/docs/webhooks/01-Overview.md. An event that is sent again keeps its id.
 */
const reference = z.looseObject({ id: optionalText, summary: optionalText }).nullish();

const event = z.looseObject({
  id: optionalText,
  event_type: filled,
  occurred_at: optionalText,
  data: z.looseObject({
    type: optionalText,
    id: optionalText,
    status: optionalText,
    html_url: optionalText,
    incident_key: optionalText,
    title: optionalText,
    created_at: optionalText,
    urgency: optionalText,
    service: reference,
    priority: reference,
    escalation_policy: reference,
    teams: z.array(reference).nullish(),
  }),
});
type Event = z.output<typeof event>;

/** What goes on; events that change neither (a note, a responder added) tell nothing of the alert. */
const states: Readonly<Record<string, AlertState>> = {
  'incident.triggered': 'firing',
  'incident.reopened': 'firing',
  'incident.unacknowledged': 'firing',
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
};

/** What changes something else, which may leave the incident acknowledged or make it triggered again. */
const changes: ReadonlySet<string> = new Set([
  'incident.escalated',
  'incident.priority_updated',
  'incident.reassigned',
  'incident.delegated',
]);
const statuses: Readonly<Record<string, AlertState>> = {
  triggered: 'firing',
  acknowledged: 'acknowledged',
};

export const readPagerDuty = createReader(z.looseObject({ event }), ({ event }) => {
  const { event_type: type, data } = event;
  const state = ownValue(states, type) ?? (changes.has(type) ? ownValue(statuses, data.status) : undefined);
  return state === undefined ? [] : [readIncident(event, state)];
});

function readIncident({ id, data, occurred_at }: Event, state: AlertState): Alert {
  const title = firstOf(data.title, 'PagerDuty incident without a title');
  return {
    source: 'pagerduty',
    // The id is of this time alone; the key is the same when the problem is back, and of one service.
    fingerprint: firstOf(data.incident_key && `${data.service?.id}/${data.incident_key}`, data.id, title),
    state,
    name: title,
    severity: readSeverity(firstOf(data.priority?.summary, data.urgency)),
    summary: title,
    description: '',
    labels: toLabels({
      service: data.service?.summary,
      urgency: data.urgency,
      priority: data.priority?.summary,
      escalation_policy: data.escalation_policy?.summary,
      team: data.teams?.[0]?.summary,
    }),
    group: null,
    startedAt: readTime(data.created_at),
    changedAt: readTime(occurred_at),
    occasion: firstOf(id, occurred_at) || undefined,
    link: readLink(data.html_url),
    runbookUrl: null,
    ticket: data.id === '' ? undefined : { key: data.id, name: data.id },
  };
}
