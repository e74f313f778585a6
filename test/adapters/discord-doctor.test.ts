import { readFileSync } from 'node:fs';
import { PermissionFlagsBits as bits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { intents } from '#adapters/discord/intents.ts';
import { permissionBits, permissions } from '#adapters/discord/permissions.ts';
import { diagnoseDiscord } from '#adapters/discord/start/diagnose-discord.ts';
import { effectivePermissions } from '#adapters/discord/start/effective-permissions.ts';
import { inviteLink } from '#adapters/discord/start/invite-link.ts';
import { registerCommands } from '#adapters/discord/start/register-commands.ts';
import { createPromptRest } from '#adapters/discord/start/rest-clients.ts';
import type { Listening } from '#domain/hearing/listening.ts';
import { unauthorized } from '#test/support/discord/answers.ts';
import { bot, botToken, channels, guild } from '#test/support/discord/guild.ts';
import { type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';

const settingsOf = ({ apiUrl }: LocalDiscord) =>
  ({ token: botToken, applicationId: bot.id, apiUrl, directMessages: null, shards: 'auto' }) as const;

async function findings(
  server: LocalDiscord,
  {
    admitted = [guild.id],
    listening = 'invited',
  }: { readonly admitted?: readonly string[]; readonly listening?: Listening } = {},
) {
  const found = await diagnoseDiscord({ settings: settingsOf(server), admitted, listening });
  return Object.fromEntries(found.map((one) => [one.name, one]));
}

const ofGuild = `discord guild ${guild.name} (${guild.id})`;

describe('docs/discord.md', () => {
  const page = readFileSync('docs/discord.md', 'utf8');
  it.each([
    ['permission', permissions],
    ['intent', intents],
  ])('gives the reason of each %s', (_, table) => {
    expect(Object.keys(table).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  it('names the number of the permissions that the invite link asks for', () => {
    expect(page).toContain(`\`${permissionBits}\``);
  });
});

describe('doctor on Discord', () => {
  it('finds everything in order, and gives the link that invites with the least permissions', async () => {
    await using server = await startLocalDiscord();
    const { token, apiUrl } = settingsOf(server);
    await registerCommands(createPromptRest({ token, apiUrl }), settingsOf(server));
    const found = await findings(server);
    expect(Object.values(found).map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
    expect(found['discord token']?.message).toContain(`@${bot.name}`);
    expect(found['discord intents']?.message).toMatch(/Server Members is (on|off: .*left or lost a role)/);
    const link = new URL(/https:\S+/.exec(found['discord invitation']?.message ?? '')?.[0] ?? '');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: bot.id,
      scope: 'bot applications.commands',
      permissions: String(permissionBits),
    });
    expect(link.href).toBe(inviteLink(bot.id));
    expect(
      server.proxy.calls.filter(({ method }) => method !== 'GET').map(({ route }) => route),
    ).toHaveLength(1);
  });

  it('says what a refused token and one of another application mean', async () => {
    await using server = await startLocalDiscord();
    const other = { ...settingsOf(server), applicationId: '12' };
    expect(await diagnoseDiscord({ settings: other, admitted: [], listening: 'invited' })).toEqual([
      expect.objectContaining({ status: 'failed', message: expect.stringContaining(bot.id) }),
    ]);
    server.proxy.rules = [() => unauthorized];
    expect(await findings(server)).toEqual({
      'discord token': expect.objectContaining({
        status: 'failed',
        advice: expect.stringContaining('DISCORD_TOKEN'),
      }),
    });
  });

  it('warns of a missing intent, an endpoint that takes the clicks, and commands that are not registered', async () => {
    await using server = await startLocalDiscord();
    const endpoint = 'https://elsewhere.example/interactions';
    server.world.application = { flags: 0, interactions_endpoint_url: endpoint };
    expect(await findings(server)).toMatchObject({
      'discord intents': { status: 'warning', advice: expect.stringContaining('Message Content') },
      'discord interactions': { status: 'warning', message: expect.stringContaining(endpoint) },
      'discord commands': { status: 'warning' },
    });
  });

  it('names guilds that the bot is not in, and channels that lack a permission, with what does not work', async () => {
    await using server = await startLocalDiscord();
    server.world.denied.set(channels.incidents, bits.EmbedLinks | bits.SendMessages);
    server.world.denied.set(channels.elsewhere, bits.ViewChannel);
    const found = await findings(server, { admitted: [guild.id, '12'] });
    expect(found['discord guild 12']).toMatchObject({
      status: 'warning',
      advice: expect.stringContaining(inviteLink(bot.id)),
    });
    expect(found[ofGuild]?.message).toBe(
      `#incidents lacks SendMessages (${permissions.SendMessages}), EmbedLinks (${permissions.EmbedLinks})`,
    );
    const named = await findings(server, { listening: ['else*'] });
    expect(named[ofGuild]?.message).toMatch(/^#elsewhere lacks ViewChannel/);
    const none = await findings(server, { listening: ['nowhere'] });
    expect(none[ofGuild]).toMatchObject({
      status: 'warning',
      advice: expect.stringContaining('RECOURSE_CHANNELS'),
    });
  });
});

describe('what somebody may do in a channel', () => {
  const view = String(bits.ViewChannel);
  const send = String(bits.SendMessages);
  const role = (id: string, permissions: string) => ({ id, permissions }) as never;
  const server = { id: 'g', owner_id: 'owner', roles: [role('g', view), role('r', send), role('a', '8')] };
  const overwrite = (id: string, allow: string, deny: string) => ({ id, type: 0, allow, deny });
  const holder = { user: 'u', roles: ['r'] };
  const may = (...overwrites: ReturnType<typeof overwrite>[]) =>
    effectivePermissions(server, holder, overwrites);

  it('is what their roles give, then what the channel says of all, of their roles, of them', () => {
    expect(may()).toBe(bits.ViewChannel | bits.SendMessages);
    expect(may(overwrite('g', '0', view))).toBe(bits.SendMessages);
    expect(may(overwrite('g', '0', view), overwrite('r', view, send))).toBe(bits.ViewChannel);
    expect(may(overwrite('r', '0', send), overwrite('u', send, '0'))).toBe(may());
    expect(may(overwrite('x', '0', view))).toBe(may());
  });

  it('is everything for the owner and for administrators', () => {
    const denied = [overwrite('g', '0', view)];
    const has = (who: typeof holder) => effectivePermissions(server, who, denied) & bits.ViewChannel;
    expect([has({ user: 'owner', roles: [] }), has({ user: 'u', roles: ['a'] })]).toEqual([1024n, 1024n]);
  });
});
