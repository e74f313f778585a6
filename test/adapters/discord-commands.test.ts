import { describe, expect, it } from 'vitest';
import { defineCommands } from '#adapters/discord/commands.ts';
import { areRegistered, registerCommands } from '#adapters/discord/start/register-commands.ts';
import { createPromptRest } from '#adapters/discord/start/rest-clients.ts';
import { commandVerbs } from '#domain/command.ts';
import { commandFindings } from '#test/support/discord/check-limits.ts';
import { bot, botToken } from '#test/support/discord/guild.ts';
import { type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';

const definitions = defineCommands({ directMessages: false });

describe('the commands', () => {
  it('are within the limits of Discord, with a subcommand for each verb of the core and the home page', () => {
    expect(commandFindings(JSON.parse(JSON.stringify(definitions)))).toEqual([]);
    const [slash] = definitions;
    const names = slash && 'options' in slash ? slash.options?.map(({ name }) => name) : [];
    expect(names).toEqual([...commandVerbs, 'home']);
  });

  it('are there in guilds, and in direct messages only where these are heard', () => {
    expect(definitions.map(({ contexts }) => contexts)).toEqual([[0], [0], [0]]);
    const everywhere = defineCommands({ directMessages: true });
    expect(everywhere.map(({ contexts }) => contexts)).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });
});

it('give a role in no thread and no category, where it would never count', () => {
  expect(JSON.stringify(definitions)).toContain('"channel_types":[0,5,15]');
});

describe('registering them', () => {
  const settings = { applicationId: bot.id, directMessages: null };
  const restOf = ({ apiUrl }: LocalDiscord) => createPromptRest({ token: botToken, apiUrl });

  it('writes what differs, once', async () => {
    await using server = await startLocalDiscord();
    const rest = restOf(server);
    expect(await areRegistered(rest, settings)).toBe(false);
    expect(await registerCommands(rest, settings)).toBe(true);
    expect(await registerCommands(rest, settings)).toBe(false);
    expect(await registerCommands(rest, { ...settings, directMessages: '1' })).toBe(true);
  });

  it.each([
    ['another order and what Discord adds', (all: Commands) => all.toReversed().map(adorned), true],
    [
      'kinds of channels in another order',
      (all: Commands) =>
        JSON.parse(JSON.stringify(all), (key, value) =>
          key === 'channel_types' ? value.toReversed() : value,
        ),
      true,
    ],
    ['one too many', (all: Commands) => [...all, { name: 'old', type: 3 }], false],
    ['one missing', (all: Commands) => all.slice(1), false],
    [
      'other permissions',
      (all: Commands) => all.map((one) => ({ ...one, default_member_permissions: '0' })),
      false,
    ],
  ])('compares with what is there: %s', async (_, change, isSame) => {
    await using server = await startLocalDiscord();
    server.world.commands.set('global', change(JSON.parse(JSON.stringify(definitions))));
    expect(await areRegistered(restOf(server), settings)).toBe(isSame);
  });
});

type Commands = readonly Readonly<Record<string, unknown>>[];

const adorned = (command: Readonly<Record<string, unknown>>, version: number) => ({
  id: `9${version}`,
  application_id: bot.id,
  version: String(version),
  dm_permission: true,
  nsfw: false,
  name_localizations: null,
  description_localizations: null,
  description: '',
  ...command,
});
