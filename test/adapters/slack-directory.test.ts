import { expect, it } from 'vitest';
import { createDirectory } from '#adapters/slack/inbound/directory.ts';
import { createKnown } from '#adapters/slack/inbound/known.ts';
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
    namesMatter: true,
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
    expect(await openDirectory(slack).speaker(users.rae)).toMatchObject({
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
    await expect(directory.channelName(channels.incidents)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(directory.speaker(users.rae)).rejects.toMatchObject({ kind: 'unavailable' });

    slack.proxy.rules = [];
    expect(await directory.channelName(channels.incidents)).toBe('incidents');
    expect(await directory.speaker(users.rae)).toMatchObject({ standing: 'member' });
  });

  it.each(['internal_error', 'fatal_error', 'invalid_auth', 'token_revoked'])(
    'is a fault, and nobody else, while Slack says %s',
    async (error) => {
      await using slack = await startLocalSlack();
      const directory = openDirectory(slack);
      slack.proxy.rules = [() => refused(error)];
      await expect(directory.speaker(users.rae)).rejects.toMatchObject({ name: 'Fault' });
      await expect(directory.channelName(channels.incidents)).rejects.toMatchObject({ name: 'Fault' });
      slack.proxy.rules = [({ method }) => (method === 'usergroups.list' ? refused(error) : undefined)];
      await expect(openDirectory(slack).speaker(users.rae)).rejects.toMatchObject({ name: 'Fault' });
      slack.proxy.rules = [];
      expect(await directory.speaker(users.rae)).toMatchObject({ standing: 'member' });
      expect(await directory.channelName(channels.incidents)).toBe('incidents');
    },
  );

  it('is what was known, at once, while Slack is asked again', async () => {
    let answer = 0;
    const known = createKnown({ freshMs: 0, longestMs: 60_000 }, async () => {
      answer += 1;
      if (answer === 3) throw new Error('away');
      return answer;
    });
    const told = async () => (await known.of('rae')).value;
    expect(await told()).toBe(1);
    expect(await told()).toBe(1);
    await expect.poll(told).toBe(2);
    await expect.poll(told).toBeGreaterThan(3);
  });

  it('asks for no names where channels are not chosen by them', async () => {
    await using slack = await startLocalSlack();
    const client = createClient({ botToken: tokens.bot, apiUrl: slack.apiUrl }, silentLogger);
    const directory = createDirectory({ client, team: team.id, logger: silentLogger, namesMatter: false });
    expect(await directory.channelName(channels.incidents)).toBeUndefined();
    expect(slack.proxy.calls.filter(({ method }) => method === 'conversations.info')).toEqual([]);
  });

  it('knows in which conversations the bot takes part', async () => {
    await using slack = await startLocalSlack();
    const directory = openDirectory(slack);
    expect(await directory.takesPart('D0OTHERS')).toBe(false);
    slack.proxy.rules = [() => outOfService];
    expect(await directory.takesPart('D0UNKNOWN')).toBe(true);
  });

  it('knows the names of channels, and does without', async () => {
    await using slack = await startLocalSlack();
    const directory = openDirectory(slack);
    expect(await directory.channelName(channels.incidents)).toBe('incidents');
    expect(await directory.channelName('C0NOWHERE')).toBeUndefined();
  });
});
