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

/** V3 webhooks of PagerDuty. Source: https://developer.pagerduty.com/docs/webhooks-overview */
const reference = z.looseObject({ id: optionalText, summary: optionalText }).nullish();

const event = z.looseObject({
  event_type: filled,
  occurred_at: optionalText,
  data: z.looseObject({
    type: optionalText,
    id: optionalText,
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
  'incident.escalated': 'firing',
  'incident.priority_updated': 'firing',
  'incident.acknowledged': 'acknowledged',
  'incident.resolved': 'resolved',
};

export const readPagerDuty = createReader(z.looseObject({ event }), ({ event }) => {
  const state = ownValue(states, event.event_type);
  return state === undefined ? [] : [readIncident(event, state)];
});

function readIncident({ data, occurred_at }: Event, state: AlertState): Alert {
  const title = firstOf(data.title, 'PagerDuty incident without a title');
  return {
    source: 'pagerduty',
    fingerprint: firstOf(data.id, data.incident_key, title),
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
    link: readLink(data.html_url),
    runbookUrl: null,
    ticket: data.id === '' ? undefined : { key: data.id, name: data.id },
  };
}
