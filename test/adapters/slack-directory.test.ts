import { expect, it } from 'vitest';
import { createDirectory } from '#adapters/slack/inbound/directory.ts';
import { createClient } from '#adapters/slack/start/create-client.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { silentLogger } from '#test/support/playground.ts';
import {
  channels,
  type LocalSlack,
  startLocalSlack,
  team,
  tokens,
  users,
} from '#test/support/slack/local-slack.ts';
import { outOfService, type Rule, refused } from '#test/support/slack/proxy.ts';

const openDirectory = (slack: LocalSlack) =>
  createDirectory({
    client: createClient({ botToken: tokens.bot, apiUrl: slack.apiUrl }, silentLogger),
    team: team.id,
    logger: silentLogger,
  });

/** The server knows neither guests nor closed accounts nor user groups, so the proxy says what Slack would. */
const answering =
  (method: string, body: Readonly<Record<string, unknown>>): Rule =>
  (call) =>
    call.method === method ? { status: 200, body: { ok: true, ...body } } : undefined;

describeWithPeer('slack', 'who people are in Slack', () => {
  it.each([
    ['member', { team_id: team.id }],
    ['deactivated', { team_id: team.id, deleted: true, is_restricted: true }],
    ['guest', { team_id: team.id, is_restricted: true }],
    ['guest', { team_id: team.id, is_ultra_restricted: true }],
    ['stranger', { team_id: 'T0OTHER' }],
    ['stranger', { team_id: team.id, is_stranger: true }],
    ['member', { team_id: 'T0OTHER', enterprise_user: { teams: [team.id] } }],
    ['bot', { team_id: team.id, is_bot: true }],
  ])('is a %s when Slack says %o', async (standing, account) => {
    await using slack = await startLocalSlack();
    const profile = { display_name: 'admin', real_name: 'Somebody' };
    slack.proxy.rules = [
      answering('users.info', { user: { id: users.rae, name: 'x', profile, ...account } }),
    ];
    expect(await openDirectory(slack).speaker(users.rae)).toEqual({
      externalId: users.rae,
      name: 'admin',
      standing,
      groups: [],
    });
  });

  it('has the user groups that Slack tells, asks for them once, and has none without the scope', async () => {
    await using slack = await startLocalSlack();
    const usergroups = [
      { id: 'S1', users: [users.rae, users.ada] },
      { id: 'S2', users: [users.ada] },
    ];
    slack.proxy.rules = [answering('usergroups.list', { usergroups })];
    const directory = openDirectory(slack);
    const groupsOf = async (user: string) => (await directory.speaker(user)).groups;
    expect(await groupsOf(users.ada)).toEqual(['S1', 'S2']);
    expect(await groupsOf(users.rae)).toEqual(['S1']);
    expect(await groupsOf(users.ben)).toEqual([]);
    expect(slack.proxy.calls.filter(({ method }) => method === 'usergroups.list')).toHaveLength(1);

    slack.proxy.rules = [
      ({ method }) => (method === 'usergroups.list' ? refused('missing_scope') : undefined),
    ];
    expect((await openDirectory(slack).speaker(users.ada)).groups).toEqual([]);
  });

  it('is nobody but a stranger when Slack does not know them, and a fault when it does not answer', async () => {
    await using slack = await startLocalSlack();
    const directory = openDirectory(slack);
    expect(await directory.speaker('U0NOBODY')).toMatchObject({ standing: 'stranger', name: 'U0NOBODY' });
    slack.proxy.rules = [() => outOfService];
    expect(await directory.channelName(channels.incidents)).toBeUndefined();
    await expect(directory.speaker(users.rae)).rejects.toMatchObject({ kind: 'unavailable' });

    slack.proxy.rules = [];
    expect(await directory.channelName(channels.incidents)).toBe('incidents');
    expect(await directory.speaker(users.rae)).toMatchObject({ standing: 'member' });
  });

  it('knows the names of channels, and does without', async () => {
    await using slack = await startLocalSlack();
    const directory = openDirectory(slack);
    expect(await directory.channelName(channels.incidents)).toBe('incidents');
    expect(await directory.channelName('C0NOWHERE')).toBeUndefined();
  });
});
