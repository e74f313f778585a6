import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { createPerformTickets } from '#application/perform-tickets.ts';
import { createBoundary } from '#src/composition/boundary.ts';
import { checkTickets } from '#src/composition/check-tickets.ts';
import { openSecrets } from '#src/composition/open-secrets.ts';
import { openTickets } from '#src/composition/open-tickets.ts';
import { actionOf, createOwnBot, type TestBot } from '#test/support/application.ts';
import { describeOnEmbedded, type TestDatabase } from '#test/support/databases.ts';
import { handAlerts } from '#test/support/hand-alerts.ts';
import { newKey } from '#test/support/key-ring.ts';
import { textOf } from '#test/support/playground-client.ts';
import { type ScriptedApi, startScriptedApi } from '#test/support/scripted-api.ts';
import { someAlert } from '#test/support/some-alert.ts';

const none = { alertmanager: null, opsgenie: null, jira: null, servicenow: null };
const token = { keeper: 'secret', place: 'tickets/pagerduty' } as const;
const first = ['the', 'first', 'key', '4711'].join('-');
const second = ['the', 'second', 'key', '4712'].join('-');

it('a credential of a ticket system may say who keeps it, and that is no secret itself', () => {
  const { tickets, secrets } = readConfig({
    OPSGENIE_API_KEY: 'secret:tickets/opsgenie',
    JIRA_URL: 'https://example.atlassian.net',
    JIRA_API_TOKEN: 'vault:kv/data/ops#jira',
  });
  expect(tickets.opsgenie?.key).toEqual({ keeper: 'secret', place: 'tickets/opsgenie' });
  expect(tickets.jira?.token).toEqual({ keeper: 'vault', place: 'kv/data/ops#jira' });
  expect(secrets).toEqual([]);
});

describeOnEmbedded('a ticket system whose credential is a stored secret', (open) => {
  let db: TestDatabase;
  let api: ScriptedApi;
  let bot: TestBot;
  let secrets: ReturnType<typeof openSecrets>['secrets'];
  let redact: ReturnType<typeof createBoundary>['redact'];
  beforeAll(async () => {
    db = await open();
    api = await startScriptedApi(() => ({ status: 200, body: { incident: { id: 'Q1' } } }));
  });
  afterAll(() => api.stop());
  beforeEach(async () => {
    api.heard.length = 0;
    const boundary = createBoundary({ secrets: [], logLevel: 'silent' });
    const key = { kind: 'value', text: newKey() } as const;
    const credentials = { folder: null, vault: null, agentSocket: null };
    const opened = openSecrets({ key, olderKeys: [], credentials }, db.unitOfWork, boundary.keepOut);
    ({ secrets } = opened);
    ({ redact } = boundary);
    const pagerduty = { url: api.url, token, from: 'bot@example.com' };
    const tickets = openTickets({ ...none, pagerduty }, opened.loadCredential);
    bot = await createOwnBot(db, {}, { tickets, redact });
  });

  const acknowledge = async () => {
    const root = await bot.opened();
    const action = actionOf((await bot.replies(root))[0], 'ticket');
    await bot.submit('rae', root, action, { what: 'Acknowledge in PagerDuty', note: '' });
    await createPerformTickets(bot.core)(bot.workspace);
    await bot.settle();
    return bot.replies(root);
  };
  const fires = () =>
    handAlerts(bot, someAlert({ source: 'pagerduty', fingerprint: 'Q1', ticket: { key: 'Q1', name: 'Q1' } }));
  const shown = () => api.heard.map(({ headers }) => headers.authorization);

  it('is asked with the one of its workspace as it is now, which is masked from then on', async () => {
    await secrets.put(db.workspace, token.place, 'of-another-workspace');
    await secrets.put(bot.workspace, token.place, `${first}\n`);
    await fires();
    await acknowledge();
    await secrets.put(bot.workspace, token.place, second);
    await acknowledge();
    expect(shown()).toEqual([`Token token=${first}`, `Token token=${second}`]);
    expect(redact(`${first} and ${second}`)).toBe('[redacted] and [redacted]');
  });

  it('is not asked without it, which the thread is told, and `doctor`, with what to do', async () => {
    await fires();
    const replies = await acknowledge();
    const told = 'The workspace has no secret named tickets/pagerduty.';
    expect(replies.at(-1)?.summary).toContain(`acknowledge refused: ${told}`);
    expect(replies.map(textOf).join()).toContain('acknowledge refused');
    expect(shown()).toEqual([]);
    const { settings } = bot.core;
    const rule = { name: 'close it', systems: ['jira'], actions: ['resolve'], afterMs: 1 } as const;
    const policy = { ...settings.policy, tickets: [rule] };
    const core = { ...bot.core, settings: { ...settings, policy } };
    const found = await checkTickets({ file: null }, { core });
    expect(found.at(-1)?.message).toBe(
      'these rules are for tickets of systems that are not set up: close it',
    );
    expect(found.find(({ advice }) => advice?.includes(bot.workspace))).toMatchObject({
      status: 'failed',
      name: 'tickets of PagerDuty for Own',
      message: expect.stringContaining(told),
      advice: expect.stringContaining('secret set tickets/pagerduty'),
    });
  });

  it('is not asked with what could stand in no request, and is asked later when none can be read now', async () => {
    await secrets.put(bot.workspace, token.place, `${first}\n${second}`);
    await fires();
    expect((await acknowledge()).at(-1)?.summary).toContain('secret:tickets/pagerduty holds is not one line');
    const [system] = bot.core.tickets;
    if (!system) throw new Error('no system');
    const away = { ...system, open: () => Promise.reject(new Error('the database went away')) };
    const later = { ...bot.core, tickets: [away] };
    const root = await bot.opened();
    const action = actionOf((await bot.replies(root))[0], 'ticket');
    await bot.submit('rae', root, action, { what: 'Comment in PagerDuty', note: 'on it' });
    await createPerformTickets(later)(bot.workspace);
    await bot.settle();
    expect(textOf((await bot.replies(root))[0] ?? never)).toContain('credential could not be read');
    expect(shown()).toEqual([]);
  });
});

const never = { summary: '', tone: 'plain', blocks: [] } as const;
