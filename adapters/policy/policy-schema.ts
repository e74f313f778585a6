import { z } from 'zod';
import { readDailySpan } from '#domain/daily-span.ts';
import { roles } from '#domain/person.ts';
import { weekdays } from '#domain/policy/change-hours.ts';
import { type Policy, settledSystems, settlingActions } from '#domain/policy/policy.ts';
import { riskOrder } from '#domain/risk/risk.ts';
import { dayMs, parseDuration } from '#domain/runbook/parse-duration.ts';

/** policy.yaml as it is written. Each message completes the sentence "FIELD …". docs/policy.md is its description. */

const filled = z.string({ error: 'must be text; put it in quotes' }).min(1, { error: 'is empty' });
const list = z.union(
  [filled.transform((one) => [one]), z.array(filled).min(1, { error: 'is an empty list' })],
  {
    error: 'must be a text or a list of texts',
  },
);
const oneOrMore = <T extends z.ZodType>(one: T, error: string) =>
  z.union([one.transform((value) => [value]), z.array(one).min(1, { error })], { error });
const wrongRisk = 'must be read-only, mutating or destructive';
const risk = z.enum(Object.keys(riskOrder) as (keyof typeof riskOrder)[], { error: wrongRisk });
const least = z.enum([...roles, 'nobody'], { error: `must be ${roles.join(', ')} or nobody` });
const count = (what: string) =>
  z.number({ error: what }).int({ error: what }).min(1, { error: what }).max(5, { error: what });
const moment = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], {
    error: 'must be a time such as 2026-12-20T00:00:00Z, or a date, which begins in UTC',
  })
  .transform((text) => Date.parse(text));
const span = filled.transform((text, context) => {
  const read = readDailySpan(text);
  if (read) return read;
  context.addIssue({ code: 'custom', message: 'must be a span such as 09:00-16:00 Europe/Berlin' });
  return z.NEVER;
});

const rule = z.strictObject({
  name: filled,
  risks: z.union([risk.transform((one) => [one]), z.array(risk)], { error: wrongRisk }).optional(),
  environments: list.optional(),
  channels: list.optional(),
  runbooks: list.optional(),
  hosts: list.optional(),
  see: least.optional(),
  request: least.optional(),
  approve: least.optional(),
  run: least.optional(),
  approvals: count('must be a whole number from 1 to 5').optional(),
  requester_approves: z.boolean({ error: 'must be true or false' }).optional(),
});

const window = z.strictObject({
  environments: list.optional(),
  days: z
    .array(z.enum(weekdays, { error: `must be days: ${weekdays.join(', ')}` }), {
      error: 'must be a list of days',
    })
    .default([...weekdays]),
  hours: span,
});

const freeze = z
  .strictObject({
    environments: list.optional(),
    from: moment,
    until: moment.optional(),
    reason: filled,
  })
  .refine(({ from, until }) => until === undefined || from < until, {
    error: 'ends before it begins',
    path: ['until'],
  });

const autonomy = z.strictObject({
  channels: list.optional(),
  runbooks: list.optional(),
  success: z
    .number({ error: 'must be a number from 0.5 to 1' })
    .min(0.5, { error: 'must be a number from 0.5 to 1' })
    .max(1, { error: 'must be a number from 0.5 to 1' })
    .default(0.8),
  uses: z
    .number({ error: 'must be a whole number from 3' })
    .int({ error: 'must be a whole number from 3' })
    .min(3, { error: 'must be a whole number from 3' })
    .default(5),
});

const ticket = z.strictObject({
  name: filled,
  channels: list.optional(),
  runbooks: list.optional(),
  systems: oneOrMore(z.enum(settledSystems), `must be of ${settledSystems.join(', ')}`).optional(),
  actions: oneOrMore(z.enum(settlingActions), `must be of ${settlingActions.join(', ')}`).default([
    ...settlingActions,
  ]),
  after: filled
    .refine((text) => (parseDuration(text) ?? Number.POSITIVE_INFINITY) <= dayMs, {
      error: 'must be a duration of at most a day, such as 10m or 1h30m',
    })
    .default('10m'),
});

export const policySchema = z.strictObject({
  rules: z.array(rule).default([]),
  windows: z.array(window).default([]),
  freezes: z.array(freeze).default([]),
  autonomy: z.array(autonomy).default([]),
  tickets: z.array(ticket).default([]),
  single_operator: z
    .enum(['off', 'mutating', 'destructive'], { error: 'must be off, mutating or destructive' })
    .default('off'),
});

export function toPolicy(file: z.output<typeof policySchema>): Policy {
  return {
    rules: file.rules.map(
      ({ name, see, request, approve, run, approvals, requester_approves, ...scope }) => ({
        name,
        scope,
        terms: { see, request, approve, run, approvals, requesterApproves: requester_approves },
      }),
    ),
    windows: file.windows,
    freezes: file.freezes.map(({ until, ...rest }) => ({ ...rest, until: until ?? null })),
    autonomy: file.autonomy,
    tickets: file.tickets.map(({ after, ...rule }) => ({ ...rule, afterMs: parseDuration(after) ?? 0 })),
    singleOperator: file.single_operator,
  };
}
