import { REST } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDirectory } from '#adapters/discord/inbound/directory.ts';
import { memberSpeaker } from '#adapters/discord/inbound/read-speaker.ts';
import { outOfService } from '#test/support/discord/answers.ts';
import { alertBot, botToken, guild, people, roles } from '#test/support/discord/guild.ts';
import { type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';

describe('who somebody is', () => {
  let discord: LocalDiscord;
  beforeAll(async () => {
    discord = await startLocalDiscord();
  });
  afterAll(() => discord[Symbol.asyncDispose]());
  beforeEach(() => {
    discord.proxy.rules = [];
  });
  const open = () =>
    createDirectory(new REST({ api: discord.apiUrl, version: '10', retries: 0 }).setToken(botToken));
  const asked = () => discord.proxy.calls.filter(({ path }) => path.includes('/members/')).length;

  it('is asked once a minute, and anew after a change was told', async () => {
    const directory = open();
    const before = asked();
    expect(await directory.speaker(guild.id, people.ada)).toEqual({
      externalId: people.ada,
      name: 'ada',
      standing: 'member',
      groups: [roles.approvers],
      asOf: expect.any(Number),
    });
    await directory.speaker(guild.id, people.ada);
    expect(asked()).toBe(before + 1);
    directory.forget(guild.id, people.ada);
    await directory.speaker(guild.id, people.ada);
    expect(asked()).toBe(before + 2);
  });

  it('is nobody any more after they left, and a program whatever its roles', async () => {
    const directory = open();
    expect(await directory.speaker(guild.id, '799')).toMatchObject({ standing: 'deactivated', groups: [] });
    expect(await directory.speaker(guild.id, alertBot)).toMatchObject({ standing: 'bot', groups: [] });
  });

  it('is not known while Discord is away, and that is not remembered', async () => {
    const directory = open();
    discord.proxy.rules = [() => outOfService];
    await expect(directory.speaker(guild.id, people.ada)).rejects.toMatchObject({ kind: 'unavailable' });
    discord.proxy.rules = [];
    expect(await directory.speaker(guild.id, people.ada)).toMatchObject({ standing: 'member' });
  });

  it.each([
    [
      { roles: ['1'], nick: 'Ada L.' },
      { name: 'Ada L.', standing: 'member', groups: ['1'] },
    ],
    [{ roles: ['1'] }, { name: 'Ada', standing: 'member' }],
    [
      { roles: ['1'], pending: true },
      { name: 'Ada', standing: 'guest' },
    ],
  ])('%o of a guild is %o', (member, speaker) => {
    const user = { id: '5', username: 'ada', global_name: 'Ada' };
    expect(memberSpeaker(user, member)).toMatchObject({ externalId: '5', ...speaker });
  });
});
