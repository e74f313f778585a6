import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { ChatIntent } from '#domain/intent.ts';
import { rateLimited, refused, unauthorized } from '#test/support/discord/answers.ts';
import { bot, guild, otherChannel, otherGuild, people } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import {
  type StartedDiscord,
  startTestDiscord,
  workspaceOf,
} from '#test/support/discord/start-test-discord.ts';
import { eventually } from '#test/support/slack/team.ts';

const textsOf = ({ received }: StartedDiscord): readonly string[] =>
  received.flatMap(({ intent }: { readonly intent: ChatIntent }) =>
    intent.kind === 'message-posted' ? intent.text : [],
  );

it('connects, registers the commands once, and hears the guilds that it serves alone', async () => {
  await using server = await startLocalDiscord();
  for (const puts of [1, 1]) {
    await using bot = await startTestDiscord(server);
    expect(bot.discord.status()).toEqual({ connected: true, detail: 'connected' });
    expect(bot.guilds).toEqual([`entered ${guild.id}`]);
    expect(server.proxy.calls.filter(({ method }) => method === 'PUT')).toHaveLength(puts);
    await server.people.say(people.rae, 'not for us', otherChannel);
    await server.people.say(people.rae, 'disk full');
    await eventually(() => expect(textsOf(bot)).toEqual(['disk full']));
  }
});

it('resumes a session that was cut and loses nothing', async () => {
  await using server = await startLocalDiscord();
  await using bot = await startTestDiscord(server);
  const caughtUp = `caught up ${workspaceOf(guild.id)}`;
  await eventually(() => expect(bot.hearing).toEqual([caughtUp]));
  const before = bot.readBack.length;
  expect(server.proxy.gateway.cut()).toBe(1);
  await eventually(() => expect(bot.discord.status().connected).toBe(false));
  await server.people.say(people.rae, 'disk full');
  await eventually(() => expect(bot.discord.status().connected).toBe(true));
  await eventually(() => expect(textsOf(bot)).toEqual(['disk full']));
  expect(server.proxy.gateway.log.map(({ kind }) => kind)).toEqual(['identified', 'resumed']);
  expect(bot.readBack).toHaveLength(before);
  const told = ['unheard', 'heard again'].map((what) => `${what} ${workspaceOf(guild.id)}`);
  expect(bot.hearing).toEqual([caughtUp, ...told]);
});

it('reads back what was said since the loss when a session is not resumed', async () => {
  await using server = await startLocalDiscord();
  await using bot = await startTestDiscord(server);
  await eventually(() => expect(bot.readBack).toHaveLength(2));
  server.proxy.resume = 'refused';
  const cutAt = Date.now();
  server.proxy.gateway.cut();
  await server.people.say(people.rae, 'disk full');
  await eventually(() => expect(textsOf(bot)).toEqual(['disk full']));
  expect(server.proxy.gateway.log.map(({ kind }) => kind)).toEqual(['identified', 'refused', 'identified']);
  expect(bot.readBack.at(-1)?.since).toBeGreaterThanOrEqual(cutAt);
  const told = ['caught up', 'unheard', 'caught up'].map((what) => `${what} ${workspaceOf(guild.id)}`);
  // A session that may not be resumed is lost a second time.
  await eventually(() => expect([bot.hearing[0], bot.hearing[1], bot.hearing.at(-1)]).toEqual(told));
  expect(bot.discord.status().connected).toBe(true);
  expect(bot.guilds).toEqual([`entered ${guild.id}`]);
});

it('makes no connection after it was closed in the middle of a loss', async () => {
  await using server = await startLocalDiscord();
  const bot = await startTestDiscord(server);
  server.proxy.gateway.cut();
  await bot.discord.close();
  await sleep(1500);
  expect(server.proxy.gateway.log.map(({ kind }) => kind)).toEqual(['identified']);
});

it('follows the guilds: one that was left, one that is joined, and one that is out of order', async () => {
  await using server = await startLocalDiscord();
  await using bot = await startTestDiscord(server);
  server.people.putOut(guild.id);
  await eventually(() => expect(bot.guilds.at(-1)).toBe(`left ${guild.id}`));
  server.people.letIn(guild.id);
  await eventually(() => expect(bot.guilds.at(-1)).toBe(`entered ${guild.id}`));
  await server.people.say(people.rae, 'disk full');
  await eventually(() => expect(textsOf(bot)).toEqual(['disk full']));

  server.world.broadcast('GUILD_DELETE', { id: guild.id, unavailable: true });
  const since = Date.now();
  server.people.letIn(guild.id);
  await eventually(() => expect(bot.readBack.at(-1)?.since).toBeGreaterThanOrEqual(since - 1000));
  expect(bot.guilds.filter((one) => one.startsWith('left'))).toHaveLength(1);
});

it('tells a refused token in one line of the log, and goes on', async () => {
  await using server = await startLocalDiscord();
  server.proxy.rules = [() => unauthorized];
  await using bot = await startTestDiscord(server);
  expect(bot.discord.status().connected).toBe(false);
  expect(bot.discord.status().detail).toContain('DISCORD_TOKEN');
  expect(bot.lines).toEqual([expect.stringMatching(/^Discord is not connected: .*401/)]);
});

it.each([
  [4004, /token/, 'DISCORD_TOKEN'],
  [4011, /too many guilds/, 'DISCORD_SHARDS'],
  [4013, /intents/, 'DISCORD_API_URL'],
])('tells what to do when the gateway closes with %i', async (code, what, setting) => {
  await using server = await startLocalDiscord();
  await using bot = await startTestDiscord(server);
  server.proxy.gateway.end(code);
  await eventually(() => expect(bot.discord.status().detail).toMatch(what));
  expect(bot.discord.status()).toMatchObject({ connected: false, detail: expect.stringContaining(setting) });
  expect(bot.lines.filter((line) => line.startsWith('Discord is not connected'))).toHaveLength(1);
});

it('tells which intent to turn on, and uses that of members only where it is', async () => {
  await using server = await startLocalDiscord();
  server.world.application = { flags: 0 };
  await using without = await startTestDiscord(server);
  expect(without.discord.status().detail).toContain('Message Content Intent');
  server.world.application = { flags: 1 << 19 };
  await using limited = await startTestDiscord(server);
  expect(limited.discord.status().connected).toBe(true);
});

it('tells of an endpoint that takes all that people press', async () => {
  await using server = await startLocalDiscord();
  server.world.application = { flags: 1 << 19, interactions_endpoint_url: 'https://elsewhere.example' };
  await using bot = await startTestDiscord(server);
  expect(bot.lines).toContainEqual(expect.stringMatching(/Interactions Endpoint URL is set.*doctor/));
});

it('sends into no guild that put the bot out while there was no connection', async () => {
  await using server = await startLocalDiscord();
  server.proxy.rules = [
    ({ path }) => (path === `/guilds/${guild.id}` ? refused(404, 10004, 'Unknown Guild') : undefined),
  ];
  await using bot = await startTestDiscord(server);
  expect(bot.guilds[0]).toBe(`left ${guild.id}`);
  expect(bot.lines).toContainEqual(expect.stringContaining('doctor prints the link to invite it'));
});

it('tells of a token that belongs to another application', async () => {
  await using server = await startLocalDiscord();
  await using other = await startTestDiscord(server, { applicationId: '12' });
  expect(other.discord.status().detail).toContain(`belongs to the application ${bot.id}`);
});

it('waits for a Discord that is away, and as long as a limit says', async () => {
  await using server = await startLocalDiscord();
  server.proxy.down = true;
  await using bot = await startTestDiscord(server);
  expect(bot.discord.status()).toMatchObject({ connected: false, detail: expect.stringContaining('503') });
  const asked = server.proxy.calls.length;
  server.proxy.rules = [() => (server.proxy.calls.length === asked ? rateLimited(3) : undefined)];
  server.proxy.down = false;
  await eventually(() => expect(bot.discord.status().detail).toContain('takes nothing more for 3'));
  const limitedAt = Date.now();
  await eventually(() => expect(bot.discord.status().connected).toBe(true));
  expect(Date.now() - limitedAt).toBeGreaterThan(2500);
});

it('connects although the commands could not be registered', async () => {
  await using server = await startLocalDiscord();
  server.proxy.rules = [({ method }) => (method === 'PUT' ? rateLimited(60) : undefined)];
  await using bot = await startTestDiscord(server);
  expect(bot.discord.status().connected).toBe(true);
  expect(bot.lines).toContain('the commands could not be registered at Discord');
});

it('serves the guilds of its own shards, and knows the guild of direct messages on the first one', async () => {
  await using server = await startLocalDiscord();
  const admitted = [guild.id, otherGuild.id];
  const shardOf = (id: string) => Number((BigInt(id) >> 22n) % 2n);
  for (const shard of [0, 1]) {
    const settings = { shards: { ids: [shard], count: 2 }, directMessages: guild.id };
    await using bot = await startTestDiscord(server, settings, { admitted });
    const own = admitted.filter((id) => shardOf(id) === shard).map((id) => `entered ${id}`);
    const direct = shard === 0 && shardOf(guild.id) !== 0 ? [`known ${guild.id}`] : [];
    expect(bot.guilds.toSorted()).toEqual([...own, ...direct].toSorted());
  }
});
