import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePorts, runToEnd } from '#test/support/bot-process.ts';
import { startBot } from '#test/support/start-bot.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recourse-rotation-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const count = 400;
const names = Array.from({ length: count }, (_, n) => `secret/${n}`);

/** Waits until the key was replaced, or the process has ended. */
const untilBegun = async (data: string, child: ChildProcess): Promise<void> => {
  while (child.exitCode === null) {
    if ((await readdir(data)).some((name) => name.startsWith('kek.old.'))) return;
    await delay(1);
  }
};

it('a rotation that is killed loses no secret, and goes on when it is begun again', async () => {
  const environment = { RECOURSE_DATA_DIR: join(folder, 'data'), RECOURSE_SANDBOX: 'off', ...freePorts };
  const bot = await startBot(environment);
  const [workspace] = await bot.open.core.workspaces.all();
  if (!workspace) throw new Error('no workspace');
  for (const name of names) await bot.open.secrets.put(workspace.id, name, `value of ${name}`);
  await bot.close();

  const killAfter = async (wait: (child: ChildProcess) => Promise<unknown>): Promise<void> => {
    const child = spawn(process.execPath, ['src/cli.ts', 'secret', 'rotate', '--kek'], {
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await wait(child);
    child.kill('SIGKILL');
    await ended;
  };
  await killAfter((child) => untilBegun(environment.RECOURSE_DATA_DIR, child));
  // Wherever it is by then: before, within or after what was left to do.
  for (const ms of [1_200, 1_500, 1_800, 2_100]) await killAfter(() => delay(ms));
  const last = await runToEnd('cli.ts', ['secret', 'rotate', '--kek'], environment);
  expect(last).toMatchObject({ code: 0, err: '' });
  expect(last.out).toContain(', 0 remaining.');
  const left = (await readdir(environment.RECOURSE_DATA_DIR)).filter((name) => name.startsWith('kek'));
  expect(left).toEqual(['kek']);

  const again = await startBot(environment);
  for (const name of names) expect(await again.open.secrets.get(workspace.id, name)).toBe(`value of ${name}`);
  await again.close();
});
