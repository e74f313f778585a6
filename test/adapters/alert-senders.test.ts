import { describe, expect, it } from 'vitest';
import type { AlertTables } from '#adapters/alerts/read-alerts-file.ts';
import { routePayload } from '#adapters/alerts/route-payload.ts';
import type { Alert } from '#domain/alert/alert.ts';
import { alertPayloads } from '#test/fixtures/alert-payloads.ts';
import { fc } from '#test/support/properties.ts';

const file: AlertTables = {
  routes: [],
  generic: {
    nagios: {
      alerts: 'problems',
      fingerprint: 'host.names[0]',
      name: 'check',
      state: 'state',
      resolved: ['UP'],
      acknowledged: [],
      severity: 'level',
      summary: null,
      description: null,
      labels: 'tags',
      group: null,
      startedAt: 'since',
      changedAt: null,
      link: 'url',
      runbookUrl: null,
    },
  },
};
const nagios = 'generic/nagios';

function alertsIn(payload: unknown, sender?: string): readonly Alert[] {
  const routed = routePayload(file, sender, payload);
  if (routed.kind !== 'routed') throw new Error(JSON.stringify(routed));
  return routed.alerts.map(({ alert }) => alert);
}

describe.each(alertPayloads)('a payload of $sender', ({ sender, payload, read, over }) => {
  it('is recognised and read', () => {
    expect(routePayload(file, undefined, payload)).toMatchObject({ kind: 'routed', sender });
    expect(alertsIn(payload)).toEqual([
      expect.objectContaining({ source: sender, state: 'firing', ...read }),
    ]);
  });

  it('tells the end of the same alert', () => {
    const [began] = alertsIn(payload);
    expect(alertsIn(over)).toMatchObject([
      { state: 'resolved', fingerprint: began?.fingerprint, name: began?.name },
    ]);
  });

  it('is refused by the field that is wrong, whatever is taken out of it', () => {
    for (const field of Object.keys(payload)) {
      const { [field]: _, ...rest } = payload as Record<string, unknown>;
      const routed = routePayload(file, sender, rest);
      if (routed.kind === 'wrong')
        expect(routed).toMatchObject({
          field: expect.stringContaining(field),
          message: expect.stringMatching(/is missing|must be /),
        });
    }
    expect(routePayload(file, sender, {})).toMatchObject({ kind: 'wrong' });
    expect(routePayload(file, sender, null)).toMatchObject({ kind: 'wrong', field: '' });
  });

  it('never breaks the reader, whatever is in its place', () => {
    fc.assert(
      fc.property(fc.constantFrom(...leaves(payload)), fc.jsonValue(), (path, value) => {
        const routed = routePayload(file, sender, changed(payload, path, value));
        expect(['routed', 'wrong']).toContain(routed.kind);
        if (routed.kind === 'routed')
          for (const { alert } of routed.alerts) {
            expect(alert.fingerprint).not.toBe('');
            expect(alert.name).not.toBe('');
            expect(Object.values(alert.labels).every((label) => typeof label === 'string')).toBe(true);
            expect(alert.link ?? 'https:').toMatch(/^https?:/);
          }
      }),
    );
  });
});

type Path = readonly (string | number)[];

function leaves(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, inner]) => [[...at, key], ...leaves(inner, [...at, key])]);
}

function changed(value: unknown, [step, ...rest]: Path, to: unknown): unknown {
  if (step === undefined) return to;
  const copy = structuredClone(value) as Record<string, unknown>;
  copy[step] = changed(copy[step], rest, to);
  return copy;
}

describe('what is in the payload of a sender', () => {
  it.each([
    ['a note on an incident', 'pagerduty', { event: { event_type: 'incident.annotated', data: {} } }],
    ['a test of PagerDuty', 'pagerduty', { event: { event_type: 'pagey.ping', data: { message: 'Hello' } } }],
    ['a comment of Jira', 'jira', { webhookEvent: 'comment_created', issue: { key: 'A-1', fields: {} } }],
    ['a note of Opsgenie', 'opsgenie', { action: 'AddNote', alert: { alertId: 'x' } }],
    ['a subscription of SNS', 'cloudwatch', { Type: 'SubscriptionConfirmation', TopicArn: 'x' }],
    ['an assignment of Sentry', 'sentry', { action: 'assigned', data: { issue: { id: '1' } } }],
  ])('is no alert when it is %s', (_, sender, payload) => {
    expect(alertsIn(payload, sender)).toEqual([]);
  });

  it('is acknowledged where the sender says so', () => {
    const states = [
      alertsIn(
        { event: { event_type: 'incident.acknowledged', data: { id: 'P1', title: 'x' } } },
        'pagerduty',
      ),
      alertsIn({ action: 'Acknowledge', alert: { alertId: 'x' } }, 'opsgenie'),
      alertsIn({ id: 'x', state: 'ACKNOWLEDGED' }, 'newrelic'),
      alertsIn({ number: 'INC1', state: 2 }, 'servicenow'),
    ];
    expect(states.flat().map(({ state }) => state)).toEqual(Array(4).fill('acknowledged'));
  });

  it('is told apart by metric and by error in Sentry', () => {
    const metric = {
      metric_alert: {
        identifier: '7',
        alert_rule: { name: 'Too many errors' },
        date_started: '2026-11-20T03:04:05Z',
      },
    };
    const error = { event: { issue_id: '7', title: 'Boom', level: 'fatal' } };
    expect(alertsIn({ action: 'critical', data: metric }, 'sentry')).toMatchObject([
      { fingerprint: 'metric/7', name: 'Too many errors', severity: 'critical', state: 'firing' },
    ]);
    expect(alertsIn({ action: 'resolved', data: metric }, 'sentry')).toMatchObject([{ state: 'resolved' }]);
    expect(alertsIn({ action: 'triggered', data: error }, 'sentry')).toMatchObject([
      { fingerprint: 'issue/7', severity: 'critical' },
    ]);
  });

  it('names the alarm that cannot be read within a message of SNS', () => {
    const wrong = { Type: 'Notification', Message: 'Hello' };
    expect(routePayload(file, 'cloudwatch', wrong)).toMatchObject({
      field: 'Message',
      message: 'is not the JSON of an alarm',
    });
  });
});

describe('the table of a generic sender', () => {
  const problem = {
    host: { names: ['web-01'] },
    check: 'load',
    state: 'DOWN',
    level: 'warn',
    since: 1763607845,
    tags: { env: 'prod', cpus: 8 },
  };

  it('says where everything stands', () => {
    expect(
      alertsIn({ problems: [problem, { ...problem, state: 'up', url: 'javascript:alert(1)' }] }, nagios),
    ).toMatchObject([
      {
        source: 'generic',
        fingerprint: 'web-01',
        name: 'load',
        state: 'firing',
        severity: 'warning',
        startedAt: 1763607845000,
        labels: { env: 'prod', cpus: '8' },
      },
      { state: 'resolved', link: null },
    ]);
  });

  it('names the place that is empty', () => {
    expect(routePayload(file, nagios, { problems: [problem, { check: 'x' }] })).toMatchObject({
      kind: 'wrong',
      field: 'problems[1].host.names[0]',
    });
    expect(routePayload(file, nagios, {})).toMatchObject({
      field: 'problems',
      message: 'must be a list of alerts',
    });
    expect(routePayload(file, nagios, { problems: [{ ...problem, tags: 'x' }] })).toMatchObject({
      field: 'problems[0].tags',
    });
  });
});

it('a payload that looks like none, or a sender that nobody knows, is told who is known', () => {
  const known = expect.arrayContaining(['alertmanager', 'jira', nagios]);
  expect(routePayload(file, undefined, { hello: 'world' })).toEqual({ kind: 'unknown-sender', known });
  expect(routePayload(file, undefined, 'text')).toEqual({ kind: 'unknown-sender', known });
  expect(routePayload(file, 'constructor', {})).toEqual({ kind: 'unknown-sender', known });
  expect(routePayload(file, 'generic/icinga', {})).toEqual({ kind: 'unknown-sender', known });
});
