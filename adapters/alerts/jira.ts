import { z } from 'zod';
import type { AlertState } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
import {
  createReader,
  filled,
  firstOf,
  optionalText,
  optionalWord,
  readTime,
  tagsToLabels,
  toLabels,
} from './create-reader.ts';

/**
 * Issue webhooks of Jira, of the cloud and of one's own. Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/,
 * https://developer.atlassian.com/server/jira/platform/webhooks/
 */
const named = z.looseObject({ name: optionalText }).nullish();

const payload = z.looseObject({
  webhookEvent: filled,
  timestamp: optionalWord,
  changelog: z.looseObject({ items: z.array(z.looseObject({ field: optionalText })).nullish() }).nullish(),
  issue: z.looseObject({
    key: filled,
    self: optionalText,
    fields: z.looseObject(
      {
        summary: optionalText,
        // Rich text of the newer API is left out: what it says stands in the summary.
        description: z
          .unknown()
          .optional()
          .transform((value) => (typeof value === 'string' ? value : '')),
        created: optionalText,
        statuscategorychangedate: optionalText,
        resolutiondate: optionalText,
        status: z
          .looseObject({ name: optionalText, statusCategory: z.looseObject({ key: optionalText }).nullish() })
          .nullish(),
        priority: named,
        issuetype: named,
        project: z.looseObject({ key: optionalText }).nullish(),
        components: z.array(named).nullish(),
        labels: z.array(z.string()).nullish(),
      },
      { error: 'must be an object' },
    ),
  }),
});
type Payload = z.output<typeof payload>;

const issueEvent = /^jira:issue_(?:created|updated|deleted)$/;
const telling: ReadonlySet<string> = new Set(['status', 'resolution', 'priority']);

export const readJira = createReader(payload, (given) => {
  if (!issueEvent.test(given.webhookEvent) || isBeside(given)) return [];
  const { key, self, fields } = given.issue;
  const name = firstOf(fields.summary, key);
  const changedAt = changedAtOf(given);
  return [
    {
      source: 'jira',
      fingerprint: key,
      state: stateOf(given),
      name,
      severity: readSeverity(fields.priority?.name),
      summary: name,
      description: fields.description,
      labels: {
        ...tagsToLabels(fields.labels ?? []),
        ...toLabels({
          issue: key,
          project: fields.project?.key,
          type: fields.issuetype?.name,
          component: fields.components?.[0]?.name,
          status: fields.status?.name,
        }),
      },
      group: null,
      startedAt: readTime(fields.created),
      changedAt,
      occasion: changedAt === null ? undefined : String(changedAt),
      link: browseLink(self, key),
      runbookUrl: null,
      ticket: { key, name: key },
    },
  ];
});

/** It says what has changed, and that is nothing of the alert's state: a comment, a description, whoever it is assigned to. */
function isBeside({ webhookEvent, changelog }: Payload): boolean {
  const fields = changelog?.items?.map(({ field }) => field.toLowerCase()) ?? [];
  return (
    webhookEvent === 'jira:issue_updated' && fields.length > 0 && !fields.some((one) => telling.has(one))
  );
}

/** The cloud says since when the status is of its category; a Jira of one's own when the issue was solved. */
function changedAtOf({ webhookEvent, timestamp, issue: { fields } }: Payload): number | null {
  const told = firstOf(fields.statuscategorychangedate, fields.resolutiondate);
  return (webhookEvent === 'jira:issue_deleted' ? null : readTime(told)) ?? readTime(timestamp);
}

function stateOf({ webhookEvent, issue }: Payload): AlertState {
  const category = issue.fields.status?.statusCategory?.key;
  if (webhookEvent === 'jira:issue_deleted' || category === 'done') return 'resolved';
  return category === 'indeterminate' ? 'acknowledged' : 'firing';
}

/** `self` is the address of the API; people look at another one of the same site. */
const browseLink = (self: string, key: string): string | null =>
  URL.canParse(self) && self.startsWith('https://')
    ? `${new URL(self).origin}/browse/${encodeURIComponent(key)}`
    : null;
