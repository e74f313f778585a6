import { EventEmitter } from 'node:events';
import { Events } from 'discord.js';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followGuilds } from '#adapters/discord/start/follow-guilds.ts';
import { silentLogger } from '#test/support/playground.ts';

const guild = { id: '7', name: 'Ops' };
const shard = 0;

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: 1000 }));
afterEach(() => vi.useRealTimers());

/** What a client tells, from a gateway that the test plays. */
function openClient() {
  const client = new EventEmitter();
  const ws = new EventEmitter();
  const gaps: number[] = [];
  followGuilds({
    client: Object.assign(client, {
      ws,
      guilds: { cache: new Map([[guild.id, { shardId: shard }]]) },
    }) as never,
    serves: () => true,
    keeping: {
      connected: () => {
        throw new Error('nothing is to be connected');
      },
      caughtUp: () => ({ missed() {}, gap: (since) => gaps.push(since), ended: Promise.resolve() }),
    },
    logger: silentLogger,
    readBack: async () => undefined,
    leave: () => undefined,
    before: new Set([guild.id]),
  });
  const ready = () => ws.emit('READY', { guilds: [{ id: guild.id, unavailable: true }] }, shard);
  const arrive = () => ws.emit('GUILD_CREATE', guild, shard);
  return { client, gaps, ready, arrive };
}

it('reads a guild back from the loss on that comes long after its shard stands again', () => {
  const { client, gaps, ready, arrive } = openClient();
  ready();
  arrive();
  client.emit(Events.ShardReady, shard);
  expect(gaps).toEqual([]);
  vi.setSystemTime(50_000);
  client.emit(Events.ShardReconnecting, shard);
  vi.setSystemTime(60_000);
  ready();
  client.emit(Events.ShardReady, shard);
  vi.setSystemTime(900_000);
  arrive();
  expect(gaps).toEqual([50_000]);
});
