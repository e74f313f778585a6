import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readConfig } from '#adapters/config/read-config.ts';
import { paceShards } from '#adapters/discord/start/pace-shards.ts';
import { type RunningShards, runShards } from '#adapters/discord/start/run-shards.ts';
import { openShards } from '#src/composition/open-shards.ts';
import { botToken } from '#test/support/discord/guild.ts';
import { startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { silentLogger } from '#test/support/playground.ts';
import { eventually } from '#test/support/slack/team.ts';

const file = fileURLToPath(new URL('../support/discord/shard-process.ts', import.meta.url));

interface Running extends AsyncDisposable {
  readonly shards: RunningShards;
  notes(): Promise<readonly string[]>;
}

async function run(count: 'auto' | number, more: Readonly<Record<string, string>> = {}): Promise<Running> {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'recourse-shards-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const server = opened.use(await startLocalDiscord());
  const notes = join(folder, 'notes');
  const shards = await runShards({
    file,
    settings: { token: botToken, apiUrl: server.apiUrl },
    count,
    environment: (shard, all) => ({
      DISCORD_SHARDS: `${shard}/${all}`,
      RECOURSE_TEST_NOTES: notes,
      ...(shard > 0 && { RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0' }),
      ...more,
    }),
    hopeless: 78,
    logger: silentLogger,
  });
  opened.defer(shards.close);
  const closing = opened.move();
  return {
    shards,
    notes: async () =>
      (await readFile(notes, 'utf8').catch(() => '')).split('\n').filter((line) => line !== ''),
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

describe('a process for each shard', () => {
  it('is started one after the other with its own share, and asked to end in the end', async () => {
    await using running = await run(2);
    const begun = ['0/2 began at the usual address', '1/2 began 127.0.0.1:0'];
    await eventually(async () => expect(await running.notes()).toEqual(begun));
    await running.shards.close();
    expect((await running.notes()).slice(2).toSorted()).toEqual([
      '0/2 was asked to end',
      '1/2 was asked to end',
    ]);
  });

  it('is started again when it ends by itself, as many as Discord asks for', async () => {
    await using running = await run('auto', { RECOURSE_TEST_ENDS: '1' });
    const again = '0/1 began at the usual address';
    await eventually(async () => expect(await running.notes()).toEqual([again, again]));
  });

  it('is not started again when its configuration is wrong', async () => {
    await using running = await run(1, { RECOURSE_TEST_ENDS: '78' });
    expect(await running.shards.failed).toBe(78);
    expect(await running.notes()).toHaveLength(1);
  });

  const guild = { DISCORD_TOKEN: 'abc', DISCORD_APPLICATION_ID: '12', RECOURSE_ADMINS: 'discord:34/56' };
  it.each([
    [{}, /DISCORD_TOKEN is not set/, /Set it/],
    [guild, /embedded database/, /Set DATABASE_URL/],
    [{ ...guild, DATABASE_URL: 'postgres://h/d', DISCORD_SHARDS: '0/2' }, /DISCORD_SHARDS/, /auto/],
  ])('is refused with %o', async (environment, message, advice) => {
    await expect(openShards(readConfig(environment))).rejects.toMatchObject({
      kind: 'configuration',
      message: expect.stringMatching(message),
      advice: expect.stringMatching(advice),
    });
  });
});

describe('the pace of a shard that connects', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  /** What the SDK asks before each connection of shard 0, and the pauses that it was given. */
  function paced() {
    const pauses: number[] = [];
    const pace = paceShards(async (ms) => void pauses.push(ms));
    const manager = { options: { retrieveSessionInfo: async (_shard: number) => null } };
    pace.buildStrategy(manager as unknown as Parameters<typeof pace.buildStrategy>[0]);
    return { pace, pauses, connect: () => manager.options.retrieveSessionInfo(0) };
  }

  it('slows down while it fails, and is quick again after a connection that stood', async () => {
    const { pace, pauses, connect } = paced();
    for (let tries = 0; tries < 8; tries += 1) await connect();
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
    pace.stands(0);
    vi.setSystemTime(Date.now() + 11_000);
    await connect();
    expect(pauses).toHaveLength(7);
    pace.stands(0);
    await connect();
    expect(pauses.at(-1)).toBe(1000);
  });

  it('ends for good, also for a connection that the SDK is about to make', async () => {
    const { pace, connect } = paced();
    await connect();
    pace.end();
    const late = new Promise((resolve) => setTimeout(() => resolve('nothing'), 50));
    expect(await Promise.race([connect(), late])).toBe('nothing');
  });
});
