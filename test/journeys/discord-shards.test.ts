import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';
import { bot, botToken, people } from '#test/support/discord/guild.ts';
import { admins, type LocalDiscord, startLocalDiscord } from '#test/support/discord/local-discord.ts';
import { buttonsOf } from '#test/support/discord/screen.ts';
import { createMigratedDatabase } from '#test/support/fresh-database.ts';
import { problem } from '#test/support/main-story.ts';
import { describeWithPeer } from '#test/support/peers.ts';

const program = fileURLToPath(new URL('../../src/shards.ts', import.meta.url));

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Running extends AsyncDisposable {
  readonly discord: LocalDiscord;
  readonly local: string;
  /** Asks the program to end; tells its exit code and all that it and its processes printed. */
  end(
    signal: NodeJS.Signals,
  ): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

const patience = { timeout: 60_000, interval: 200 };

/** `npm run start:shards` with two processes, as soon as both are connected. */
async function start(serverUrl: string): Promise<Running> {
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startLocalDiscord());
  const database = await createMigratedDatabase(serverUrl);
  opened.defer(() => database.drop());
  const folder = await mkdtemp(join(tmpdir(), 'recourse-shards-'));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const local = `127.0.0.1:${await freePort()}`;
  const child = spawn(execPath, [program], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: database.url,
      RECOURSE_DATA_DIR: folder,
      RECOURSE_LOCAL_ADDRESS: local,
      RECOURSE_PUBLIC_ADDRESS: `127.0.0.1:${await freePort()}`,
      RECOURSE_LOG_LEVEL: 'warn',
      RECOURSE_ADMINS: admins(people.max),
      DISCORD_TOKEN: botToken,
      DISCORD_APPLICATION_ID: bot.id,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_SHARDS: '2',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const connections = () => discord.proxy.gateway.log.filter(({ kind }) => kind === 'identified').length;
  await vi.waitFor(() => expect(connections()).toBe(2), patience);
  const closing = opened.move();
  return {
    discord,
    local,
    end: async (signal) => {
      child.kill(signal);
      const [code] = await ended;
      const [out, err] = await printed;
      return { code, out, err };
    },
    [Symbol.asyncDispose]: () => closing.disposeAsync(),
  };
}

describeWithPeer('postgres', 'Discord over several processes', (serverUrl) => {
  it('starts them without a fight for addresses, answers once from the one that has the guild, and ends them all', async () => {
    await using running = await start(serverUrl);
    const { people: acting, screen } = running.discord;
    const ready = await fetch(`http://${running.local}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { ok: true, failing: [] }]);

    const asked = await acting.say(people.rae, problem);
    await vi.waitFor(async () => {
      const answers = (await screen.messages(asked.id)).filter(({ author }) => author.id === bot.id);
      expect(answers.flatMap(buttonsOf).some(({ custom_id }) => custom_id.startsWith('use:'))).toBe(true);
      expect(answers).toHaveLength(1);
    }, patience);

    const { code, out, err } = await running.end('SIGTERM');
    expect([code, err]).toEqual([0, '']);
    expect(out.match(/Recourse is ready/g)).toHaveLength(2);
  });

  it('leaves no process behind when the one that started them is killed', async () => {
    await using running = await start(serverUrl);
    // What they print ends only with the last of them.
    const { out, err } = await running.end('SIGKILL');
    expect(err).toBe('');
    expect(out.match(/SIGTERM: finishing what runs, then stopping/g)).toHaveLength(2);
  });
});
