import { z } from 'zod';
import type { AlertState } from '#domain/alert/alert.ts';
import { readSeverity } from '#domain/alert/severity.ts';
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
 * The webhook of a New Relic workflow, with its default payload and, where they were put into that, `isAcknowledged` and
 * `runbookUrl`. Source: https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/#webhook and the variables in
 * https://docs.newrelic.com/docs/alerts/get-notified/custom-variables-alert-event-workflows/
 */
const names = z
  .union([z.array(z.string()), z.string()], { error: 'must be a text or a list of texts' })
  .nullish()
  .transform((given) => (typeof given === 'string' ? [given] : (given ?? [])));

const payload = z.looseObject({
  id: filled,
  state: z.enum(['CREATED', 'ACTIVATED', 'ACKNOWLEDGED', 'CLOSED', 'DEACTIVATED'], {
    error: 'must be CREATED, ACTIVATED, ACKNOWLEDGED, CLOSED or DEACTIVATED',
  }),
  title: optionalText,
  priority: optionalText,
  issueUrl: optionalText,
  createdAt: optionalWord,
  updatedAt: optionalWord,
  isAcknowledged: z.union([z.boolean(), z.string()], { error: 'must be true or false' }).nullish(),
  runbookUrl: names,
  impactedEntities: names,
  alertPolicyNames: names,
  alertConditionNames: names,
});

const states = {
  CREATED: 'firing',
  ACTIVATED: 'firing',
  ACKNOWLEDGED: 'acknowledged',
  CLOSED: 'resolved',
  DEACTIVATED: 'resolved',
} as const satisfies Record<z.output<typeof payload>['state'], AlertState>;

export const readNewRelic = createReader(payload, (given) => {
  const name = firstOf(given.alertConditionNames[0], given.title, 'New Relic issue without a title');
  return [
    {
      source: 'newrelic',
      fingerprint: given.id,
      problem: problemOf(given),
      state: stateOf(given),
      name,
      severity: readSeverity(given.priority),
      summary: firstOf(given.title, name),
      description: given.impactedEntities.length > 0 ? `Affected: ${given.impactedEntities.join(', ')}` : '',
      labels: toLabels({ entity: given.impactedEntities[0], policy: given.alertPolicyNames[0] }),
      group: null,
      startedAt: readTime(given.createdAt),
      changedAt: readTime(firstOf(given.updatedAt, given.createdAt)),
      link: readLink(given.issueUrl),
      runbookUrl: readLink(given.runbookUrl[0]),
    },
  ];
});

/** An issue has an id of its own each time; what is wrong, and with what, is the same when it is back. */
function problemOf({
  alertPolicyNames: policies,
  alertConditionNames: conditions,
  impactedEntities: entities,
}: z.output<typeof payload>): string | undefined {
  if (conditions.length === 0) return undefined;
  return JSON.stringify([policies, conditions, entities].map((names) => [...new Set(names)].toSorted()));
}

/** The state of an issue itself does not change when somebody looks at it. */
function stateOf({ state, isAcknowledged }: z.output<typeof payload>): AlertState {
  const isTaken = String(isAcknowledged).toLowerCase() === 'true';
  return states[state] === 'firing' && isTaken ? 'acknowledged' : states[state];
}
