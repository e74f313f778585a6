import { z } from 'zod';
import type { Alert, AlertState } from '#domain/alert/alert.ts';
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
  toLabels,
} from './create-reader.ts';

/**
 * The webhooks of a Sentry integration: issue alerts, metric alerts and issues; which one it is stands in the header
 * `Sentry-Hook-Resource`. Source: https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
 */
const event = z.looseObject({
  issue_id: optionalWord,
  title: optionalText,
  culprit: optionalText,
  level: optionalText,
  environment: optionalText,
  platform: optionalText,
  datetime: optionalText,
  web_url: optionalText,
  project: optionalWord,
});

const issue = z.looseObject({
  id: optionalWord,
  title: optionalText,
  culprit: optionalText,
  level: optionalText,
  platform: optionalText,
  firstSeen: optionalText,
  lastSeen: optionalText,
  permalink: optionalText,
  web_url: optionalText,
  project: z.looseObject({ slug: optionalText }).nullish(),
});

const metricAlert = z.looseObject({
  id: optionalWord,
  identifier: optionalWord,
  title: optionalText,
  date_started: optionalText,
  date_closed: optionalText,
  alert_rule: z.looseObject({ name: optionalText, environment: optionalText }).nullish(),
});

const payload = z.looseObject({
  action: filled,
  data: z.looseObject(
    {
      event: event.nullish(),
      issue: issue.nullish(),
      metric_alert: metricAlert.nullish(),
      description_text: optionalText,
      triggered_rule: optionalText,
      web_url: optionalText,
    },
    { error: 'must be an object' },
  ),
});
type Payload = z.output<typeof payload>;

/** What happened to an issue; anything else (assigned, commented) tells nothing of the alert. */
const issueStates: Readonly<Record<string, AlertState>> = {
  created: 'firing',
  unresolved: 'firing',
  resolved: 'resolved',
  archived: 'resolved',
  ignored: 'resolved',
};

export const readSentry = createReader(payload, (given) => {
  if (given.data.event) return [fromEvent(given, given.data.event)];
  if (given.data.metric_alert) return [fromMetric(given, given.data.metric_alert)];
  const state = ownValue(issueStates, given.action);
  return given.data.issue && state ? [fromIssue(given.data.issue, state)] : [];
});

function fromEvent({ data }: Payload, one: z.output<typeof event>): Alert {
  const title = firstOf(one.title, data.triggered_rule, 'Sentry issue without a title');
  return {
    source: 'sentry',
    fingerprint: `issue/${firstOf(one.issue_id, title)}`,
    state: 'firing',
    name: title,
    severity: readSeverity(one.level),
    summary: title,
    description: one.culprit,
    labels: toLabels({
      project: one.project,
      environment: one.environment,
      platform: one.platform,
      rule: data.triggered_rule,
    }),
    group: null,
    startedAt: readTime(one.datetime),
    changedAt: readTime(one.datetime),
    link: readLink(one.web_url),
    runbookUrl: null,
  };
}

function fromMetric({ action, data }: Payload, one: z.output<typeof metricAlert>): Alert {
  const name = firstOf(one.alert_rule?.name, one.title, 'Sentry metric alert without a name');
  const isResolved = action === 'resolved';
  return {
    source: 'sentry',
    fingerprint: `metric/${firstOf(one.identifier, one.id, name)}`,
    state: isResolved ? 'resolved' : 'firing',
    name,
    severity: isResolved ? null : readSeverity(action),
    summary: firstOf(one.title, name),
    description: data.description_text,
    labels: toLabels({ environment: one.alert_rule?.environment }),
    group: null,
    startedAt: readTime(one.date_started),
    changedAt: readTime(isResolved ? one.date_closed : one.date_started),
    link: readLink(data.web_url),
    runbookUrl: null,
  };
}

function fromIssue(one: z.output<typeof issue>, state: AlertState): Alert {
  const title = firstOf(one.title, 'Sentry issue without a title');
  return {
    source: 'sentry',
    fingerprint: `issue/${firstOf(one.id, title)}`,
    state,
    name: title,
    severity: readSeverity(one.level),
    summary: title,
    description: one.culprit,
    labels: toLabels({ project: one.project?.slug, platform: one.platform }),
    group: null,
    startedAt: readTime(one.firstSeen),
    changedAt: readTime(one.lastSeen),
    link: readLink(firstOf(one.web_url, one.permalink)),
    runbookUrl: null,
  };
}
