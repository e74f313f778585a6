import type { Context } from '#domain/context.ts';
import type { Signal } from '#domain/learning/signal.ts';
import type { Verdict } from '#domain/learning/verdict.ts';

export const day = 24 * 60 * 60 * 1000;
export const now = Date.UTC(2026, 0, 31);

const version = 'v1';

export const vote = (person: string, verdict: Verdict, daysAgo = 0, context: Context = {}): Signal => ({
  kind: 'vote',
  person,
  incident: `incident-${person}-${daysAgo}`,
  verdict,
  context,
  version,
  at: now - daysAgo * day,
});

export const run = (passed: boolean, daysAgo = 0, context: Context = {}, person = 'somebody'): Signal => ({
  kind: 'run',
  person,
  incident: `run-${daysAgo}-${JSON.stringify(context)}`,
  passed,
  context,
  version,
  at: now - daysAgo * day,
});

export const alert = (passed: boolean, daysAgo = 0): Signal => ({
  kind: 'alert',
  incident: `alert-${daysAgo}`,
  passed,
  context: {},
  version,
  at: now - daysAgo * day,
});

/** As many people, who each voted in an incident of their own. */
export const many = (count: number, verdict: Verdict, from = 0, daysAgo = 0): Signal[] =>
  Array.from({ length: count }, (_, index) => vote(`p${from + index}`, verdict, daysAgo));
