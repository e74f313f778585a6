import { createAlertmanagerTickets } from '#adapters/tickets/alertmanager.ts';
import { createJiraTickets } from '#adapters/tickets/jira.ts';
import { createOpsgenieTickets } from '#adapters/tickets/opsgenie.ts';
import { createPagerDutyTickets } from '#adapters/tickets/pagerduty.ts';
import { createServiceNowTickets } from '#adapters/tickets/service-now.ts';
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

describeTicketSystem({
  name: 'PagerDuty',
  create: (url) => createPagerDutyTickets({ url, token, from: 'bot@example.com' }),
  ticket: { key: 'Q1', name: 'Q1' },
  usual: () => ({ status: 200, body: { incident: { id: 'Q1' } } }),
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
