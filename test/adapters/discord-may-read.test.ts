import { OverwriteType, PermissionFlagsBits } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createMayRead } from '#adapters/discord/chat/create-may-read.ts';
import { createStandingRest } from '#adapters/discord/chat/create-standing-rest.ts';
import { mayView, type Viewing } from '#adapters/discord/chat/may-view.ts';
import { restOptions } from '#adapters/discord/chat/rest-options.ts';
import { botToken, channels, people } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';

const view = String(PermissionFlagsBits.ViewChannel);
const guild = {
  id: 'g',
  owner_id: 'owner',
  roles: [
    { id: 'g', permissions: view },
    { id: 'ops', permissions: '0' },
    { id: 'root', permissions: String(PermissionFlagsBits.Administrator) },
  ],
};
const { Role, Member } = OverwriteType;
const deny = (id: string, type = Role) => ({ id, type, allow: '0', deny: view });
const allow = (id: string, type = Role) => ({ id, type, allow: view, deny: '0' });
const ask = (overwrites: Viewing['overwrites'], roles: readonly string[] = [], id = 'rae') =>
  mayView({ guild, overwrites, member: { id, roles: [...roles] } });

describe('mayView', () => {
  it('goes by what the roles give, where the channel says nothing', () => {
    expect(ask([])).toBe(true);
    const closed = { ...guild, roles: [{ id: 'g', permissions: '0' }] };
    expect(mayView({ guild: closed, overwrites: [], member: { id: 'rae', roles: [] } })).toBe(false);
  });

  it('keeps a private channel from everybody but its roles and members', () => {
    const channel = [deny('g'), allow('ops'), allow('max', Member)];
    expect(ask(channel)).toBe(false);
    expect(ask(channel, ['ops'])).toBe(true);
    expect(ask(channel, [], 'max')).toBe(true);
    expect(ask(channel, ['root'])).toBe(true);
    expect(ask(channel, [], 'owner')).toBe(true);
  });

  it('lets what allows win among roles, and what is said of the member count last', () => {
    expect(ask([deny('ops'), allow('night')], ['ops', 'night'])).toBe(true);
    expect(ask([deny('g'), allow('ops'), deny('rae', Member)], ['ops'])).toBe(false);
  });

  it('does not take a member for a role of the same id', () => {
    expect(ask([deny('g'), allow('rae', Role)])).toBe(false);
    expect(ask([deny('g'), allow('ops', Member)], ['ops'])).toBe(false);
  });
});

it('asks Discord whether somebody sees a channel; who is no member sees none', async () => {
  await using discord = await startLocalDiscord();
  const mayRead = createMayRead(createStandingRest(botToken, { ...restOptions, api: discord.apiUrl }));
  expect(await mayRead(channels.incidents, people.rae)).toBe(true);
  expect(await mayRead(channels.incidents, '700000000000000999')).toBe(false);
});
