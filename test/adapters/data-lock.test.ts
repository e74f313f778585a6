import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory } from '#adapters/system/data-lock.ts';

const module = new URL('../../adapters/system/data-lock.ts', import.meta.url).href;
const script = `
  const { lockDataDirectory } = await import(${JSON.stringify(module)});
  console.log(lockDataDirectory(process.argv[1]).kind);
  // Nobody refers to the lock any more; it must hold all the same.
  gc();
  if (process.argv[2] === 'stay') process.stdin.resume();`;
const argv = (directory: string, stay: 'stay' | 'go') => [
  '--expose-gc',
  '--input-type=module',
  '-e',
  script,
  directory,
  stay,
];

/** A process of its own that holds the lock until it is killed. */
async function holdInChild(directory: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, argv(directory, 'stay'), { stdio: ['pipe', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  expect(String(said).trim()).toBe('locked');
  return child;
}

let parent: string;
let directory: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'recourse-lock-'));
  directory = join(parent, 'deep', 'data');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

function take() {
  const lock = lockDataDirectory(directory);
  if (lock.kind !== 'locked') throw new Error('the lock is held');
  return lock;
}

describe('the lock of the data directory', () => {
  it('makes the directory for its owner alone, and closes one that was open', () => {
    take().release();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    chmodSync(directory, 0o755);
    take().release();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  it('is refused to a second taker until it is released, also within one process', () => {
    const lock = take();
    expect(lockDataDirectory(directory).kind).toBe('held');
    lock.release();
    lock.release();
    take().release();
  });

  it('is refused to another process, silently', () => {
    const lock = take();
    const other = spawnSync(process.execPath, argv(directory, 'go'), { encoding: 'utf8' });
    expect(other.stdout.trim()).toBe('held');
    expect(other.stderr).toBe('');
    lock.release();
  });

  it('ends with kill -9 of its holder, though the file stays', async () => {
    const child = await holdInChild(directory);
    expect(lockDataDirectory(directory).kind).toBe('held');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(existsSync(join(directory, 'recourse.lock'))).toBe(true);
    take().release();
  });

  it('passes from process to process', async () => {
    const first = await holdInChild(directory);
    first.kill('SIGKILL');
    await once(first, 'exit');
    const second = await holdInChild(directory);
    expect(lockDataDirectory(directory).kind).toBe('held');
    second.kill('SIGKILL');
    await once(second, 'exit');
  });

  it.each([
    ['a file stands where the directory should be', () => writeFileSync(directory, 'x')],
    [
      'the lock file is something else',
      () => {
        mkdirSync(directory);
        writeFileSync(
          join(directory, 'recourse.lock'),
          'not a lock, but long enough to have a header '.repeat(50),
        );
      },
    ],
  ])('says clearly that %s', (_what, arrange) => {
    mkdirSync(join(parent, 'deep'));
    arrange();
    expect(() => lockDataDirectory(directory)).toThrow(/data directory .+ cannot be used/);
  });
});
