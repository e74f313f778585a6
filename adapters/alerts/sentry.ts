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
 * `Sentry-Hook-Resource`. Source: https://docs.sentry.io/organization/integrations/integration-platform/webhooks/, whose text is
 * https://github.com/getsentry/sentry-docs/tree/master/docs/organization/integrations/integration-platform/webhooks.
 * What an issue or a metric alert is now is told without the time since when; that is when it was sent, in seconds in the
 * header `Sentry-Hook-Timestamp`, which nobody signs. So a body that was told before is told apart by its signature.
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
  alert_rule: z.looseObject({ id: optionalWord, name: optionalText, environment: optionalText }).nullish(),
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

export const readSentry = createReader(payload, (given, headers) => {
  if (given.data.event) return [fromEvent(given, given.data.event)];
  const sent: Sent = {
    at: readTime(headers['sentry-hook-timestamp']),
    occasion: headers['sentry-hook-signature'],
  };
  if (given.data.metric_alert) return [fromMetric(given, given.data.metric_alert, sent)];
  const state = ownValue(issueStates, given.action);
  return given.data.issue && state ? [fromIssue(given.data.issue, given.action, state, sent)] : [];
});

interface Sent {
  readonly at: number | null;
  readonly occasion: string | undefined;
}

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

function fromMetric({ action, data }: Payload, one: z.output<typeof metricAlert>, sent: Sent): Alert {
  const name = firstOf(one.alert_rule?.name, one.title, 'Sentry metric alert without a name');
  const isResolved = action === 'resolved';
  const startedAt = readTime(one.date_started);
  return {
    source: 'sentry',
    // The other ids are of what it makes of the rule each time.
    fingerprint: `metric/${firstOf(one.alert_rule?.id, one.identifier, one.id, name)}`,
    state: isResolved ? 'resolved' : 'firing',
    name,
    severity: isResolved ? null : readSeverity(action),
    summary: firstOf(one.title, name),
    description: data.description_text,
    labels: toLabels({ environment: one.alert_rule?.environment }),
    group: null,
    startedAt,
    changedAt: isResolved ? (readTime(one.date_closed) ?? sent.at) : startedAt,
    link: readLink(data.web_url),
    runbookUrl: null,
  };
}

function fromIssue(one: z.output<typeof issue>, action: string, state: AlertState, sent: Sent): Alert {
  const isNew = action === 'created';
  const changedAt = isNew ? readTime(one.firstSeen) : (sent.at ?? readTime(one.lastSeen));
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
    // Of an issue that is back it is not when it was first seen, which may be a year ago.
    startedAt: state === 'firing' ? changedAt : null,
    changedAt,
    occasion: isNew ? undefined : (sent.occasion ?? one.lastSeen),
    link: readLink(firstOf(one.web_url, one.permalink)),
    runbookUrl: null,
  };
}
