import { describe, expect, it } from 'vitest';
import { createAlertmanagerTickets } from '#adapters/tickets/alertmanager.ts';
import { createJiraTickets } from '#adapters/tickets/jira.ts';
import { createOpsgenieTickets } from '#adapters/tickets/opsgenie.ts';
import { createPagerDutyTickets } from '#adapters/tickets/pagerduty.ts';
import { createServiceNowTickets } from '#adapters/tickets/service-now.ts';
import { type Answer, type Heard, startScriptedApi } from '#test/support/scripted-api.ts';
import { describeTicketSystem, orderId } from './ticket-system.contract.ts';

const token = ['a', 'key', 'of', 'tests'].join('-');
const marked = `rae: on it [recourse ${orderId}]`;

describeTicketSystem({
  name: 'Alertmanager',
  create: (url) => createAlertmanagerTickets({ url, token }),
  ticket: { key: 'f', name: 'DiskFull', labels: { alertname: 'DiskFull', path: '/var' } },
  usual: ({ method }) =>
    method === 'GET' ? { status: 200, body: [] } : { status: 200, body: { silenceID: 's1' } },
  refusal: { body: 'invalid silence: bad matcher', told: 'invalid silence: bad matcher' },
  sent: {
    silence: {
      method: 'POST',
      path: '/api/v2/silences',
      body: {
        matchers: [
          { name: 'alertname', value: 'DiskFull', isRegex: false, isEqual: true },
          { name: 'path', value: '/var', isRegex: false, isEqual: true },
        ],
        createdBy: 'Recourse',
        comment: marked,
      },
    },
  },
  key: ['authorization', `Bearer ${token}`],
  wait: 'retry-after',
});

const incident = (change: object) => ({
  method: 'PUT',
  path: '/incidents/Q1',
  body: { incident: { type: 'incident_reference', ...change } },
});

const person = (id: string) => ({ id, type: 'user_reference' });
const onCall = (escalation_level: number, id: string) => ({
  escalation_level,
  user: person(id),
  schedule: null,
});
/** Who has the incident, and who is on call at which level of its policy. */
const pagerDuty =
  (have: readonly string[], oncalls: readonly object[], status = 'triggered') =>
  ({ path }: Pick<Heard, 'path'>): Answer => ({
    status: 200,
    body: path.startsWith('/oncalls')
      ? { oncalls, limit: 100, offset: 0, more: false, total: null }
      : {
          incident: {
            id: 'Q1',
            status,
            assignments: have.map((id) => ({ at: '2026-11-20T03:04:00Z', assignee: person(id) })),
            escalation_policy: { id: 'PE1', type: 'escalation_policy_reference' },
          },
        },
  });

describeTicketSystem({
  name: 'PagerDuty',
  create: (url) => createPagerDutyTickets({ url, token, from: 'bot@example.com' }),
  ticket: { key: 'Q1', name: 'Q1' },
  usual: pagerDuty(['U1'], [onCall(1, 'U1'), onCall(2, 'U2')]),
  refusal: {
    body: { error: { message: 'Invalid Input Provided', code: 2001, errors: ['Requester User Not Found'] } },
    told: 'Invalid Input Provided; Requester User Not Found',
  },
  sent: {
    acknowledge: incident({ status: 'acknowledged' }),
    comment: { method: 'POST', path: '/incidents/Q1/notes', body: { note: { content: marked } } },
    resolve: incident({ status: 'resolved' }),
    escalate: incident({ escalation_level: 2 }),
  },
  key: ['authorization', `Token token=${token}`],
  wait: 'ratelimit-reset',
});

describe('an incident of PagerDuty that is escalated', () => {
  const escalate = async (usual: (heard: Heard) => Answer) => {
    const api = await startScriptedApi(usual);
    const system = createPagerDutyTickets({ url: api.url, token, from: 'bot@example.com' });
    const ticket = { key: 'Q1', name: 'Q1' };
    const order = {
      id: orderId,
      ticket,
      action: 'escalate',
      note: '',
      forMs: null,
      isRepeated: false,
    } as const;
    const fault = await system.act(order, AbortSignal.timeout(10_000)).then(
      () => undefined,
      (error: Error) => error.message,
    );
    await api.stop();
    return { fault, sent: api.heard.filter(({ method }) => method === 'PUT'), asked: api.heard };
  };
  const three = [onCall(1, 'U1'), onCall(2, 'U2'), onCall(3, 'U3')];

  it.each([
    ['who has it is on call at the first level', ['U1'], three, 2],
    ['it was escalated before', ['U2'], three, 3],
    ['both levels have it', ['U1', 'U2'], three, 2 + 1],
    ['who has it is on call at the next level as well', ['U1'], [...three, onCall(2, 'U1')], 2],
    ['nobody else is at the next level', ['U1'], [onCall(1, 'U1'), onCall(2, 'U1'), onCall(4, 'U4')], 4],
    ['whoever has it is on call nowhere', ['U9'], three, 1],
    ['nobody has it', [], three, 1],
  ])('goes to the next level where %s', async (_, have, oncalls, level) => {
    const { sent, asked } = await escalate(pagerDuty(have, oncalls));
    expect(sent).toMatchObject([incident({ escalation_level: level })]);
    expect(asked[1]?.path).toContain('escalation_policy_ids[]=PE1');
  });

  it.each([
    ['nobody is above', pagerDuty(['U3'], three), 'nobody else on call above level 3'],
    ['nobody else is there', pagerDuty([], []), 'nobody else on call in its escalation policy'],
    ['it is over', pagerDuty(['U1'], three, 'resolved'), 'resolved already'],
  ])('is refused in words, and changes nothing, where %s', async (_, usual, told) => {
    const { sent, fault } = await escalate(usual);
    expect(sent).toEqual([]);
    expect(fault).toContain(told);
  });

  it('is looked for on every page of who is on call', async () => {
    const { sent } = await escalate((heard) => {
      if (!heard.path.startsWith('/oncalls')) return pagerDuty(['U1'], [])(heard);
      const isFirst = heard.path.includes('offset=0');
      return { status: 200, body: { oncalls: [isFirst ? onCall(1, 'U1') : onCall(2, 'U2')], more: isFirst } };
    });
    expect(sent).toMatchObject([incident({ escalation_level: 2 })]);
  });
});

const said = { source: 'Recourse', note: 'rae: on it' };
const opsgenie = (part: string, more = {}) => ({
  method: 'POST',
  path: `/v2/alerts/70413a06-38d6/${part}?identifierType=id`,
  body: { ...said, ...more },
});

describeTicketSystem({
  name: 'Opsgenie',
  create: (url) => createOpsgenieTickets({ url, key: token, escalation: 'Web' }),
  ticket: { key: '70413a06-38d6', name: 'disk' },
  usual: ({ method }) =>
    method === 'GET'
      ? { status: 200, body: { data: { success: true, isSuccess: true, status: 'Closed alert' } } }
      : { status: 202, body: { result: 'Request will be processed', took: 0.1, requestId: 'r1' } },
  refusal: { body: { message: 'Key format is not valid!', took: 0.001 }, told: 'Key format is not valid!' },
  sent: {
    acknowledge: opsgenie('acknowledge'),
    comment: opsgenie('notes'),
    resolve: opsgenie('close'),
    escalate: opsgenie('escalate', { escalation: { name: 'Web' } }),
  },
  key: ['authorization', `GenieKey ${token}`],
  wait: 'x-ratelimit-period-in-sec',
});

const jiraStatus = (key: string) => ({ statusCategory: { key } });

describeTicketSystem({
  name: 'Jira',
  create: (url) => createJiraTickets({ url, user: 'bot@example.com', token, escalationPriority: 'Highest' }),
  ticket: { key: 'OPS-7', name: 'OPS-7' },
  usual: ({ method, path }) => {
    if (method !== 'GET') return { status: 204 };
    return path.endsWith('/transitions')
      ? {
          status: 200,
          body: {
            transitions: [
              { id: '11', name: 'Start', to: jiraStatus('indeterminate') },
              { id: '31', name: 'Done', to: jiraStatus('done') },
            ],
          },
        }
      : { status: 200, body: { fields: { status: jiraStatus('new') } } };
  },
  refusal: {
    body: { errorMessages: ['Issue does not exist or you do not have permission to see it.'], errors: {} },
    told: 'Issue does not exist or you do not have permission to see it.',
  },
  sent: {
    acknowledge: {
      method: 'POST',
      path: '/rest/api/2/issue/OPS-7/transitions',
      body: { transition: { id: '11' } },
    },
    comment: { method: 'POST', path: '/rest/api/2/issue/OPS-7/comment', body: { body: marked } },
    resolve: {
      method: 'POST',
      path: '/rest/api/2/issue/OPS-7/transitions',
      body: { transition: { id: '31' } },
    },
    escalate: {
      method: 'PUT',
      path: '/rest/api/2/issue/OPS-7',
      body: { fields: { priority: { name: 'Highest' } } },
    },
  },
  key: ['authorization', `Basic ${btoa(`bot@example.com:${token}`)}`],
  wait: 'retry-after',
});

const record = 'a'.repeat(32);
const changed = (body: object) => ({ method: 'PATCH', path: `/api/now/table/incident/${record}`, body });

describeTicketSystem({
  name: 'ServiceNow',
  create: (url) =>
    createServiceNowTickets({ url, user: 'bot', password: token, closeCode: 'Solution provided' }),
  ticket: { key: 'INC0010001', name: 'INC0010001' },
  usual: ({ method }) =>
    method === 'GET'
      ? { status: 200, body: { result: [{ sys_id: record }] } }
      : { status: 200, body: { result: { sys_id: record } } },
  refusal: {
    body: {
      error: { message: 'Operation Failed', detail: 'ACL Exception Update Failed' },
      status: 'failure',
    },
    told: 'Operation Failed; ACL Exception Update Failed',
  },
  sent: {
    acknowledge: changed({ state: '2' }),
    comment: changed({ work_notes: 'rae: on it' }),
    resolve: changed({ state: '6', close_code: 'Solution provided', close_notes: 'rae: on it' }),
    escalate: changed({ impact: '1', urgency: '1' }),
  },
  key: ['authorization', `Basic ${btoa(`bot:${token}`)}`],
  wait: 'retry-after',
});
