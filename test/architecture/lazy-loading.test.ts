import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { describeWithPeer } from '#test/support/peers.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const cli = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const recorder = new URL('../support/record-imports.ts', import.meta.url).href;

/** Starts the bot as a user does, waits until it is ready, stops it, and returns the packages that it loaded. */
async function packagesOfServer(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-lazy-'));
  const child = spawn(execPath, ['--import', recorder, main], {
    env: {
      PATH: process.env.PATH,
      RECOURSE_DATA_DIR: directory,
      RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0',
      RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
      RECOURSE_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  child.stdout.on('data', (chunk: Buffer) => {
    if (chunk.includes('Recourse is ready')) child.kill('SIGTERM');
  });
  const said = await text(child.stdout);
  await ended;
  await rm(directory, { recursive: true, force: true });
  return JSON.parse(/^loaded packages: (.*)$/m.exec(said)?.[1] ?? 'null');
}

it('loads for redact what masks secrets, and neither the judges of commands nor what reads threads', () => {
  const ran = spawnSync(execPath, ['--import', recorder, cli, 'redact'], {
    env: { PATH: process.env.PATH },
    input: 'nothing secret\n',
    encoding: 'utf8',
  });
  expect({ status: ran.status, err: ran.stderr }).toEqual({ status: 0, err: '' });
  expect(ran.stdout.split('\n')[0]).toBe('nothing secret');
  const folders: readonly string[] = JSON.parse(/^loaded folders: (.*)$/m.exec(ran.stdout)?.[1] ?? 'null');
  expect(folders).toContain('redaction');
  expect(folders.filter((name) => /^(?:risk|capture|message)$/.test(name))).toEqual([]);
});

it('loads the embedded database, and no model, without any configuration', async () => {
  const packages = await packagesOfServer({});
  expect(packages).toContain('@electric-sql/pglite');
  expect(packages).toContain('drizzle-orm');
  expect(packages).not.toContain('postgres');
  expect(packages).not.toContain('openai');
  expect(packages.filter((name) => /^@slack\/|^discord|^@discordjs\//.test(name))).toEqual([]);
});

it('loads the SDK of Slack once a token is configured, and starts although Slack is away', async () => {
  const slack = {
    SLACK_BOT_TOKEN: ['xoxb', 'any'].join('-'),
    SLACK_APP_TOKEN: ['xapp', 'any'].join('-'),
    SLACK_API_URL: 'http://127.0.0.1:9/api/',
    RECOURSE_LOG_LEVEL: 'silent',
  };
  expect(await packagesOfServer(slack)).toContain('@slack/bolt');
});

it('loads the SDK of Discord once a token is configured, and starts although Discord is away', async () => {
  const discord = {
    DISCORD_TOKEN: 'any',
    DISCORD_APPLICATION_ID: '1',
    DISCORD_API_URL: 'http://127.0.0.1:9/api',
    RECOURSE_ADMINS: 'discord:1/2',
    RECOURSE_LOG_LEVEL: 'silent',
  };
  const packages = await packagesOfServer(discord);
  expect(packages).toContain('discord.js');
  expect(packages.filter((name) => name.startsWith('@slack/'))).toEqual([]);
});

it('loads the model library once an embedding model is configured', async () => {
  const models = { EMBEDDING_MODEL: 'any', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
  expect(await packagesOfServer(models)).toContain('openai');
});

describeWithPeer('postgres', 'with a database server', (serverUrl) => {
  it('loads no embedded database and no model', async () => {
    const database = await createFreshDatabase(serverUrl);
    const packages = await packagesOfServer({ DATABASE_URL: database.url });
    await database.drop();
    expect(packages).toContain('postgres');
    expect(packages.filter((name) => name.startsWith('@electric-sql/'))).toEqual([]);
    expect(packages).not.toContain('openai');
  });
});
