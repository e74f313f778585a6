import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { describeWithPeer } from '#test/support/peers.ts';
import { team, tokens, users } from '#test/support/slack/local-slack.ts';
import { openTestSlack, type TestSlack } from '#test/support/slack/open-test-slack.ts';
import { outOfService, type Rule } from '#test/support/slack/proxy.ts';

const answering =
  (method: string, body: Readonly<Record<string, unknown>>): Rule =>
  (call) =>
    call.method === method ? { status: 200, body: { ok: true, ...body } } : undefined;

/** The server closes no account and has no user groups: what Slack would send is signed here. */
describeWithPeer('slack', 'what Slack tells of people', () => {
  let slack: TestSlack;
  beforeEach(async () => {
    slack = await openTestSlack('http');
  });
  afterEach(() => slack[Symbol.asyncDispose]());

  const tell = (event: Readonly<Record<string, unknown>>) => {
    const body = JSON.stringify({ type: 'event_callback', event_id: 'Ev1', event });
    const seconds = Math.floor(Date.now() / 1000);
    const mac = createHmac('sha256', tokens.signing).update(`v0:${seconds}:${body}`).digest('hex');
    return fetch(`http://${slack.address}/slack/events`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Slack-Request-Timestamp': String(seconds),
        'X-Slack-Signature': `v0=${mac}`,
      },
      body,
    });
  };
  const account = (changes: object) =>
    answering('users.info', { user: { id: users.ada, name: 'ada', team_id: team.id, ...changes } });
  const intents = () => slack.received.map(({ intent }) => intent);
  const closed = { type: 'user_change', user: { id: users.ada, deleted: true } };

  it('says at once that an account was closed, also of somebody seen shortly before', async () => {
    await slack.server.say('ada', 'disk full');
    slack.server.proxy.rules = [account({ deleted: true })];
    expect((await tell(closed)).status).toBe(200);
    expect(intents()).toMatchObject([
      { kind: 'message-posted', speaker: { externalId: users.ada, standing: 'member' } },
      { kind: 'person-changed', speaker: { externalId: users.ada, standing: 'deactivated' } },
    ]);
  });

  it('goes by what Slack says now, not by an event of the past', async () => {
    slack.server.proxy.rules = [account({})];
    await tell(closed);
    expect(intents()).toMatchObject([{ kind: 'person-changed', speaker: { standing: 'member' } }]);
  });

  it('says who left a user group, with the groups that are left', async () => {
    slack.server.proxy.rules = [
      answering('usergroups.list', { usergroups: [{ id: 'S1', users: [users.ada] }] }),
    ];
    await slack.server.say('ada', 'disk full');
    slack.server.proxy.rules = [
      answering('usergroups.list', { usergroups: [{ id: 'S2', users: [users.ada] }] }),
    ];
    await tell({ type: 'subteam_members_changed', subteam_id: 'S1', removed_users: [users.ada] });
    expect(intents()).toMatchObject([
      { kind: 'message-posted', speaker: { groups: ['S1'] } },
      { kind: 'person-changed', speaker: { externalId: users.ada, groups: ['S2'] } },
    ]);
  });

  it('asks nothing of Slack for the changes of a profile, which are many', async () => {
    const asked = () => slack.server.proxy.calls.filter(({ method }) => method === 'users.info').length;
    const before = asked();
    expect((await tell({ type: 'user_change', user: { id: users.ada, deleted: false } })).status).toBe(200);
    expect(asked()).toBe(before);
    expect(intents()).toEqual([]);
  });

  it('is not acknowledged while Slack does not say who they are now', async () => {
    slack.server.proxy.rules = [({ method }) => (method === 'users.info' ? outOfService : undefined)];
    expect((await tell(closed)).status).toBe(503);
    expect(intents()).toEqual([]);
  });
});
