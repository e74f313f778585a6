import { z } from 'zod';
import { alertSources } from '#domain/alert/alert.ts';
import type { AlertRoute } from '#domain/alert/alert-route.ts';
import { type AlertSettings, defaultAlertSettings } from '#domain/alert/alert-settings.ts';
import type { Escalation } from '#domain/alert/escalation.ts';
import { severities } from '#domain/alert/severity.ts';
import { formOfInside, readInside } from '#domain/read-inside.ts';
import { dayMs, parseDuration } from '#domain/runbook/parse-duration.ts';
import type { GenericTable } from './generic.ts';
import { readSteps } from './read-path.ts';

/** alerts.yaml as it is written. Each message completes the sentence "FIELD …". docs/alerts.md is its description. */

/** What is waited for longer is a matter of a calendar. */
const longestWaitMs = 7 * dayMs;

const filled = z.string({ error: 'must be text; put it in quotes' }).min(1, { error: 'is empty' });
const oneOrMore = <T extends z.ZodType>(one: T, error: string) =>
  z.union([one.transform((value) => [value]), z.array(one).min(1, { error })], { error });
const texts = oneOrMore(filled, 'must be a text or a list of texts');
const source = z.enum(alertSources);
const severity = z.enum(severities);

const inside = (what: string) =>
  filled.transform((text, context) => {
    const read = readInside(text);
    if (read) return read;
    context.addIssue({ code: 'custom', message: `must be ${formOfInside(what)}` });
    return z.NEVER;
  });

const route = z.strictObject({
  name: filled,
  sources: oneOrMore(source, `must be of ${alertSources.join(', ')}`).optional(),
  severities: oneOrMore(severity, `must be of ${severities.join(', ')}`).optional(),
  labels: z
    .record(z.string(), texts, { error: 'must be labels with the texts that they may have' })
    .default({}),
  to: inside('CHANNEL'),
  escalate: filled.optional(),
  context: z
    .strictObject({
      os: filled.optional(),
      application: filled.optional(),
      environment: texts.optional(),
      service: filled.optional(),
      host_group: filled.optional(),
    })
    .default({}),
});

const path = filled.refine((text) => readSteps(text) !== undefined, {
  error: 'must be a path such as check.hosts[0].name',
});
const perhaps = path.nullable().default(null);
const table = z.strictObject({
  alerts: perhaps,
  fingerprint: path,
  name: path,
  state: perhaps,
  resolved: texts.default(['resolved', 'ok']),
  acknowledged: texts.default(['acknowledged']),
  severity: perhaps,
  summary: perhaps,
  description: perhaps,
  labels: perhaps,
  group: perhaps,
  started_at: perhaps,
  changed_at: perhaps,
  link: perhaps,
  runbook_url: perhaps,
});

const tableName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
  error: 'must be small letters, digits and dashes: it is the end of an address',
});

const duration = filled.transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== null && ms <= longestWaitMs) return ms;
  context.addIssue({
    code: 'custom',
    message: 'must be a duration of at most 7 days, such as 30s, 10m or 1h30m',
  });
  return z.NEVER;
});

const level = z
  .strictObject({
    after: duration,
    people: oneOrMore(inside('PERSON'), `must be ${formOfInside('PERSON')}, or a list of such`).default([]),
    channel: inside('CHANNEL').optional(),
  })
  .refine(({ people, channel }) => people.length > 0 || channel !== undefined, {
    error: 'calls nobody: name people, a channel or both',
  });
const levels = z.array(level, { error: 'must be a list of levels' }).min(1, { error: 'has no level' });

const settings = z.strictObject(
  {
    verify_after: duration.default(defaultAlertSettings.verifyMs),
    longest_snooze: duration.default(defaultAlertSettings.longestSnoozeMs),
    quiet_after: duration.default(defaultAlertSettings.quietMs),
  },
  { error: 'must be settings' },
);

export const alertsSchema = z.strictObject({
  settings: settings.prefault({}),
  routes: z.array(route, { error: 'must be a list of routes' }).default([]),
  escalations: z.record(filled, levels, { error: 'must be lists of levels by name' }).default({}),
  generic: z.record(tableName, table, { error: 'must be tables by name' }).default({}),
});

export const toSettings = (given: z.output<typeof settings>): AlertSettings => ({
  ...defaultAlertSettings,
  verifyMs: given.verify_after,
  longestSnoozeMs: given.longest_snooze,
  quietMs: given.quiet_after,
});

export const toEscalation = (name: string, written: z.output<typeof levels>): Escalation => ({
  name,
  levels: written.map(({ after, people, channel }) => ({
    afterMs: after,
    people: [...new Set(people.map(({ id }) => id))],
    channel: channel?.id ?? null,
  })),
});

export function toRoute(
  { to, labels, escalate, ...rest }: z.output<typeof route>,
  escalations: readonly Escalation[],
): AlertRoute {
  const escalation = escalations.find(({ name }) => name === escalate);
  const { host_group: hostGroup, ...context } = rest.context;
  return {
    name: rest.name,
    sources: rest.sources,
    severities: rest.severities,
    labels,
    to,
    context: { ...context, ...(hostGroup !== undefined && { hostGroup }) },
    ...(escalation && { escalation }),
  };
}

export const toTable = ({
  started_at: startedAt,
  changed_at: changedAt,
  runbook_url: runbookUrl,
  ...rest
}: z.output<typeof table>): GenericTable => ({ ...rest, startedAt, changedAt, runbookUrl });
