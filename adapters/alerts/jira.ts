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

/** Issue webhooks of Jira. Source: https://developer.atlassian.com/cloud/jira/platform/webhooks/ */
const named = z.looseObject({ name: optionalText }).nullish();

const payload = z.looseObject({
  webhookEvent: filled,
  timestamp: optionalWord,
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

export const readJira = createReader(payload, (given) => {
  if (!issueEvent.test(given.webhookEvent)) return [];
  const { key, self, fields } = given.issue;
  const name = firstOf(fields.summary, key);
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
      changedAt: readTime(given.timestamp),
      link: browseLink(self, key),
      runbookUrl: null,
      ticket: { key, name: key },
    },
  ];
});

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
