import { describe, expect, it } from 'vitest';
import { routePayload } from '#adapters/alerts/route-payload.ts';
import type { Alert } from '#domain/alert/alert.ts';
import { keyOfAlert } from '#domain/alert/alert-event.ts';

const read = (
  sender: string,
  payload: unknown,
  headers: Readonly<Record<string, string>> = {},
): Alert | undefined => {
  const routed = routePayload({ routes: [], generic: {} }, sender, payload, headers);
  if (routed.kind !== 'routed') throw new Error(JSON.stringify(routed));
  return routed.alerts[0]?.alert;
};
const statesOf = (alerts: readonly (Alert | undefined)[]) => alerts.map((alert) => alert?.state);
const keysOf = (alerts: readonly (Alert | undefined)[]) =>
  new Set(alerts.map((alert) => alert && keyOfAlert(alert)));

/** What happens to one ticket, one after the other; fields as documented (links in the readers). */
const pagerDuty = (id: string, type: string, status: string, minute: number, incident = 'P1') =>
  read('pagerduty', {
    event: {
      id,
      event_type: `incident.${type}`,
      occurred_at: `2026-11-20T03:${minute}:00Z`,
      data: {
        id: incident,
        status,
        incident_key: 'disk/web-01',
        created_at: '2026-11-20T03:00:00Z',
        title: 'Disk full',
        service: { id: 'S1', summary: 'Web' },
      },
    },
  });

describe('a ticket of PagerDuty', () => {
  it('is told anew each time that it is opened again, and once for an event that is sent again', () => {
    const life = [
      pagerDuty('e1', 'triggered', 'triggered', 10),
      pagerDuty('e2', 'acknowledged', 'acknowledged', 11),
      pagerDuty('e3', 'unacknowledged', 'triggered', 12),
      pagerDuty('e4', 'resolved', 'resolved', 13),
      pagerDuty('e5', 'reopened', 'triggered', 14),
      pagerDuty('e6', 'resolved', 'resolved', 15),
    ];
    expect(statesOf(life)).toEqual(['firing', 'acknowledged', 'firing', 'resolved', 'firing', 'resolved']);
    expect(keysOf(life).size).toBe(6);
    expect(keysOf([...life, pagerDuty('e4', 'resolved', 'resolved', 13)]).size).toBe(6);
  });

  it('stays acknowledged when something else of it changes, and is over when it is over', () => {
    expect(statesOf([pagerDuty('e1', 'priority_updated', 'acknowledged', 10)])).toEqual(['acknowledged']);
    expect(statesOf([pagerDuty('e2', 'reassigned', 'triggered', 10)])).toEqual(['firing']);
    expect(pagerDuty('e3', 'priority_updated', 'resolved', 10)).toBeUndefined();
  });

  it('is the same alert in the next incident of its key, and has the ticket of that one', () => {
    const [first, next] = [
      pagerDuty('e1', 'triggered', 'triggered', 10),
      pagerDuty('e9', 'triggered', 'triggered', 50, 'P2'),
    ];
    expect(next?.fingerprint).toBe(first?.fingerprint);
    expect([first?.ticket?.key, next?.ticket?.key]).toEqual(['P1', 'P2']);
  });
});

describe('a ticket of Opsgenie', () => {
  const told = (action: string, updatedAt: number) =>
    read('opsgenie', {
      action,
      alert: { alertId: 'a', alias: 'disk', message: 'Disk full', createdAt: 1763607845000, updatedAt },
    });

  it('is told anew when it is acknowledged no more, and keeps its state when its priority changes', () => {
    const life = [
      told('Create', 1763607845104000000),
      told('Acknowledge', 1763607945000000000),
      told('UnAcknowledge', 1763608045000000000),
    ];
    expect(statesOf(life)).toEqual(['firing', 'acknowledged', 'firing']);
    expect(keysOf(life).size).toBe(3);
    expect(told('UpdatePriority', 1763608145000000000)).toMatchObject({ keepsState: true });
  });
});

describe('an issue of New Relic', () => {
  const told = (id: string, changes: object = {}) =>
    read('newrelic', {
      id,
      state: 'ACTIVATED',
      createdAt: 1763607845000,
      alertPolicyNames: ['Golden signals'],
      alertConditionNames: ['Memory high'],
      impactedEntities: ['checkout', 'orders'],
      ...changes,
    });

  it('is the same problem when it is back under another id, whatever order its parts are told in', () => {
    const [first, next] = [told('a'), told('b', { impactedEntities: ['orders', 'checkout', 'orders'] })];
    expect(next?.fingerprint).not.toBe(first?.fingerprint);
    expect(next?.problem).toBe(first?.problem);
    expect(first?.problem).toContain('Memory high');
  });

  it('is another problem of another entity, condition or policy, and of none that is known without a condition', () => {
    const problems = [
      told('a'),
      told('b', { impactedEntities: ['checkout'] }),
      told('c', { alertConditionNames: ['CPU high'] }),
      told('d', { alertPolicyNames: ['Other'] }),
    ].map((alert) => alert?.problem);
    expect(new Set(problems).size).toBe(4);
    expect(told('e', { alertConditionNames: [] })?.problem).toBeUndefined();
  });
});

describe('an issue of Jira', () => {
  const told = (category: string, minute: number, changes: readonly string[], fields: object = {}) =>
    read('jira', {
      webhookEvent: 'jira:issue_updated',
      timestamp: Date.UTC(2026, 10, 20, 3, minute),
      changelog: { id: '1', items: changes.map((field) => ({ field, fieldtype: 'jira' })) },
      issue: {
        key: 'OPS-1',
        fields: {
          summary: 'Disk full',
          created: '2026-11-20T03:00:00.000+0000',
          status: { name: 'x', statusCategory: { key: category } },
          ...fields,
        },
      },
    });

  it('is told anew when it is opened again, and not at all when something beside its state changes', () => {
    const life = [
      told('new', 10, ['priority']),
      told('done', 20, ['resolution', 'status']),
      told('new', 30, ['status']),
      told('done', 40, ['status']),
    ];
    expect(statesOf(life)).toEqual(['firing', 'resolved', 'firing', 'resolved']);
    expect(keysOf(life).size).toBe(4);
    expect(told('done', 50, ['description', 'labels'])).toBeUndefined();
  });

  it('is over since its status says so, whatever is written to it after that', () => {
    const since = { statuscategorychangedate: '2026-11-20T03:20:01.000+0000' };
    const life = [told('done', 20, ['status'], since), told('done', 55, ['priority'], since)];
    expect(life.map((alert) => alert?.changedAt)).toEqual(Array(2).fill(Date.UTC(2026, 10, 20, 3, 20, 1)));
    expect(keysOf(life).size).toBe(1);
    expect(
      told('done', 55, ['priority'], { resolutiondate: '2026-11-20T03:20:00.000+0000' })?.changedAt,
    ).toBe(Date.UTC(2026, 10, 20, 3, 20));
  });
});

describe('a record of ServiceNow', () => {
  const told = (state: string, at: string, resolved_at?: string) =>
    read('servicenow', {
      number: 'INC1',
      state,
      opened_at: '2026-11-20 03:00:00',
      sys_updated_on: `2026-11-20 ${at}`,
      resolved_at,
    });

  it('is told anew when it is opened again, and once when it is solved and later closed', () => {
    const life = [
      told('1', '03:00:00'),
      told('6', '03:10:00', '2026-11-20 03:10:00'),
      told('2', '03:20:00'),
      told('1', '03:30:00'),
      told('6', '03:40:00', '2026-11-20 03:40:00'),
    ];
    expect(statesOf(life)).toEqual(['firing', 'resolved', 'acknowledged', 'firing', 'resolved']);
    expect(keysOf(life).size).toBe(5);
    expect(keysOf([...life, told('7', '23:40:00', '2026-11-20 03:40:00')]).size).toBe(5);
  });
});

describe('what Sentry tells', () => {
  const issue = (action: string, body: string, timestamp: string) =>
    read(
      'sentry',
      {
        action,
        data: {
          issue: {
            id: '7',
            title: 'Boom',
            firstSeen: '2025-01-01T00:00:00Z',
            lastSeen: '2026-11-20T03:00:00Z',
          },
        },
      },
      { 'sentry-hook-signature': body, 'sentry-hook-timestamp': timestamp },
    );

  it('of an issue is since when it was sent, and the same body is told once, whenever it says that it was sent', () => {
    const over = issue('resolved', 'b1', '1763609400');
    expect(over).toMatchObject({ state: 'resolved', startedAt: null, changedAt: 1763609400000 });
    const back = issue('unresolved', 'b2', '1763613000');
    expect(back).toMatchObject({ state: 'firing', startedAt: 1763613000000, changedAt: 1763613000000 });
    expect(keysOf([over, back, issue('resolved', 'b3', '1763616600')]).size).toBe(3);
    expect(keysOf([over, issue('resolved', 'b1', '1763699999')]).size).toBe(1);
  });

  it('of a metric is of its rule, and over when it was sent where no end is told', () => {
    const metric = (action: string, identifier: string) =>
      read(
        'sentry',
        {
          action,
          data: {
            metric_alert: {
              identifier,
              alert_rule: { id: '7', name: 'Too many errors' },
              date_started: '2026-11-20T03:04:05Z',
              date_closed: null,
            },
          },
        },
        { 'sentry-hook-timestamp': '1763609400' },
      );
    expect(metric('critical', '1')?.fingerprint).toBe(metric('critical', '2')?.fingerprint);
    expect(metric('resolved', '1')).toMatchObject({ state: 'resolved', changedAt: 1763609400000 });
  });
});

it('an issue of New Relic is acknowledged where its payload says so, until it is closed', () => {
  const told = (state: string, isAcknowledged: unknown) =>
    read('newrelic', { id: '1', state, isAcknowledged, runbookUrl: ['https://runbooks.example.com/disk'] });
  expect(statesOf([told('ACTIVATED', true), told('ACTIVATED', 'true'), told('CLOSED', true)])).toEqual([
    'acknowledged',
    'acknowledged',
    'resolved',
  ]);
  expect(statesOf([told('ACTIVATED', false), told('ACTIVATED', undefined)])).toEqual(['firing', 'firing']);
  expect(told('ACTIVATED', null)?.runbookUrl).toBe('https://runbooks.example.com/disk');
});
