import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BotProcess, freePorts, runToEnd, startBotProcess } from '#test/support/bot-process.ts';
import { problem } from '#test/support/main-story.ts';
import { textOf } from '#test/support/playground-client.ts';
import { createResponder } from '#test/support/responder.ts';

const napRunbook = `---
title: Zorbling gadget stuck
parameters:
  host: { type: host }
---
The zorbling gadget is stuck.

## Check

Watch it.

\`\`\`sh {"id":"nap","timeout":"2m"}
sleep 60
\`\`\`
`;

describe('bad luck around a real process', () => {
  let directory: string;
  let environment: Readonly<Record<string, string>>;
  let bot: BotProcess;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'recourse-luck-'));
    environment = { RECOURSE_DATA_DIR: directory };
    bot = await startBotProcess(environment);
  }, 60_000);
  afterAll(async () => {
    await bot.kill('SIGTERM');
    await rm(directory, { recursive: true, force: true });
  });

  it('keeps a pending approval over kill -9, and its button works', async () => {
    const before = createResponder(bot.url);
    const { thread, answer } = await before.ask(problem);
    await before.use(thread, answer);
    const waiting = await before.waitForButton(thread, 'approve');

    await bot.kill('SIGKILL');
    bot = await startBotProcess(environment);
    const after = createResponder(bot.url);
    const card = await after.waitForButton(thread, 'approve');
    expect(card.id).toBe(waiting.id);
    const ended = await after.approve(thread, ['rae']);
    expect(textOf(ended.reply)).toContain('succeeded, approved by Rae');
  }, 90_000);

  it('folds through the running process, with the same output as ever', async () => {
    const folded = await runToEnd('cli.ts', ['fold'], environment);
    expect(folded).toMatchObject({ code: 0, err: '' });
    expect(folded.out).toMatch(/^Playground: \d+ votes, runs and alerts folded/);
  });

  it('refuses a second server on the same data, and says what to do', async () => {
    const second = await runToEnd('main.ts', [], { ...environment, ...freePorts });
    expect(second.code).toBe(1);
    expect(second.err).toContain('Another Recourse runs on the data directory');
    expect(second.err).toContain('RECOURSE_DATA_DIR');
  });

  it('finds every wrong setting at once and ends with 78', async () => {
    const wrong = {
      RECOURSE_LOCAL_ADDRESS: 'nowhere',
      RECOURSE_FOLD_CRON: 'often',
      RECOURSE_HOSTS: '/no/such/file',
    };
    const ended = await runToEnd('main.ts', [], { ...environment, ...wrong });
    expect(ended.code).toBe(78);
    for (const name of Object.keys(wrong)) expect(ended.err).toContain(name);
  });

  it('names the port that another program has, and opens nothing', async () => {
    const other = await new Promise<Server>((resolve) => {
      const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
    });
    const address = other.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const ended = await runToEnd('main.ts', [], {
      RECOURSE_DATA_DIR: join(directory, 'elsewhere'),
      RECOURSE_LOCAL_ADDRESS: `127.0.0.1:${port}`,
      RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
    });
    other.close();
    expect(ended.code).toBe(1);
    expect(ended.err).toContain(`127.0.0.1:${port} is in use`);
    expect(ended.err).toContain('RECOURSE_LOCAL_ADDRESS');
  });

  it('cancels a running step on SIGTERM and keeps what became of it', async () => {
    const file = join(directory, 'nap.md');
    await writeFile(file, napRunbook);
    await runToEnd('cli.ts', ['ingest', file], environment);
    const before = createResponder(bot.url);
    const { thread, answer } = await before.ask('zorbling gadget stuck on demo-web-01');
    await before.use(thread, answer);
    const card = await before.waitForButton(thread, 'approve');
    await before.press('rae', thread, card, 'approve');
    await before.waitFor(thread, 'the step to run', ({ reply }) => reply.summary.includes('running'));
    expect(await bot.kill('SIGTERM')).toBe(0);

    bot = await startBotProcess(environment);
    const ended = await createResponder(bot.url).waitForButton(thread, 'retry');
    expect(textOf(ended.reply)).toContain('cancelled');
  }, 90_000);

  it('ends on SIGTERM with 0', async () => {
    expect(await bot.kill('SIGTERM')).toBe(0);
    bot = await startBotProcess(environment);
  }, 60_000);
});
