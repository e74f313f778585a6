import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serveCommands } from '#adapters/cli-socket/serve-commands.ts';
import { socketPathIn } from '#adapters/cli-socket/socket-path.ts';
import { readConfig } from '#adapters/config/read-config.ts';
import { lockDataDirectory } from '#adapters/system/data-lock.ts';
import { runProgram } from '#commands/run-program.ts';
import { Fault } from '#domain/fault.ts';
import { type OpenApplication, reachApplication } from '#src/composition/reach-application.ts';
import { createParts, quietContext } from '#test/support/command-parts.ts';

let dataDirectory: string;
beforeEach(() => {
  dataDirectory = mkdtempSync(join(tmpdir(), 'recourse-reach-'));
});
afterEach(() => rmSync(dataDirectory, { recursive: true, force: true }));

/** Types a command into a shell; `opened` counts how often this process opened the application itself. */
async function type(argv: readonly string[], environment: Record<string, string> = {}) {
  const counted = { opened: 0, closed: 0 };
  const { parts, written } = createParts();
  const open = async (): Promise<OpenApplication> => {
    counted.opened += 1;
    const close = async () => {
      counted.closed += 1;
    };
    return { commands: quietContext, close };
  };
  const config = () => readConfig({ RECOURSE_DATA_DIR: dataDirectory, ...environment });
  const withApplication = reachApplication({ config, open, argv, io: parts.io });
  const code = await runProgram(argv, { ...parts, withApplication });
  return { code, ...written, ...counted };
}

function holdLock() {
  const lock = lockDataDirectory(dataDirectory);
  if (lock.kind !== 'locked') throw new Error('the lock is held');
  return lock;
}

function serveHere() {
  return serveCommands({
    path: socketPathIn(dataDirectory),
    run: (argv, io) => runProgram(argv, createParts({ parts: { io } }).parts),
  });
}

it.each([[['ask', 'disk full', '--explain']], [['fold']], [['doctor']], [['hosts', 'pin', 'web-01']]])(
  '%o prints the same and ends the same with and without a server',
  async (argv) => {
    const alone = await type(argv);
    expect(alone).toMatchObject({ opened: 1, closed: 1 });
    const lock = holdLock();
    const server = await serveHere();
    const through = await type(argv);
    await server.close();
    lock.release();
    expect(through).toEqual({ ...alone, opened: 0, closed: 0 });
  },
);

it('leaves the lock free, also after a fault', async () => {
  const { parts } = createParts();
  const open = () => Promise.reject(new Fault('unavailable', 'x', 'Away.', 'Wait.'));
  const config = () => readConfig({ RECOURSE_DATA_DIR: dataDirectory });
  const withApplication = reachApplication({ config, open, argv: ['fold'], io: parts.io });
  expect(await runProgram(['fold'], { ...parts, withApplication })).toBe(1);
  holdLock().release();
});

it('opens a database server directly, whoever holds the data directory', async () => {
  const lock = holdLock();
  const direct = await type(['fold'], { DATABASE_URL: 'postgres://db.invalid/recourse' });
  expect(direct).toMatchObject({ code: 0, opened: 1, closed: 1 });
  lock.release();
});

it('says so when the holder does not answer', async () => {
  const lock = holdLock();
  const silent = await type(['fold']);
  expect(silent).toMatchObject({ code: 1, opened: 0, err: expect.stringContaining('does not answer') });
  lock.release();
});

it.each(['fold', 'doctor'])('%s ends with 78 when the configuration is wrong', async (command) => {
  expect(await type([command], { RECOURSE_LOG_LEVEL: 'loud' })).toMatchObject({ code: 78, opened: 0 });
});
