import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bootstrap, killScript, probeScript, startScript } from '#adapters/ssh/scripts.ts';
import { napping, uniqueNap } from '#test/support/remote-host.ts';

const pathOf = (program: string): string | undefined => {
  const found = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], {
    encoding: 'utf8',
  }).stdout.trim();
  return found.startsWith('/') ? found : undefined;
};
const setsid = pathOf('setsid');
const programs = { setsid, timeout: pathOf('timeout') };
const installed = (names: readonly string[]): readonly string[] =>
  names.filter((name) => pathOf(name) !== undefined);

const start = (command: string) =>
  startScript({ token: 'tok', command, environment: {}, remoteLimitSeconds: 30, programs });

describe.each(installed(['sh', 'dash', 'bash', 'fish', 'zsh', 'csh']))('login shell %s', (shell) => {
  it('hands the script over unread', () => {
    const command = `printf '%s\n' "it's" '\\\\n' '!!' "\${x:-é}"`;
    const { stdout, status } = spawnSync(shell, ['-c', bootstrap], {
      input: start(command),
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/^tok \d+\nit's\n\\\\n\n!!\né\n$/);
    expect(status).toBe(0);
  });
});

describe.each(installed(['sh', 'dash', 'bash']))('scripts read by %s', (sh) => {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('do nothing when they are cut short anywhere', () => {
    const canary = join(folder, 'canary');
    const script = start(`touch ${canary}`);
    for (let end = script.length - 2; end > 0; end -= 5) {
      spawnSync(sh, [], { input: script.slice(0, end) });
      expect(existsSync(canary)).toBe(false);
    }
    spawnSync(sh, [], { input: script });
    expect(existsSync(canary)).toBe(true);
  });

  it('find the programs, and none on an empty path', () => {
    const all = spawnSync(sh, [], { input: probeScript('tok'), encoding: 'utf8' }).stdout;
    expect(all).toBe(`tok setsid ${programs.setsid ?? ''}\ntok timeout ${programs.timeout ?? ''}\n`);
    const shell = pathOf(sh) ?? sh;
    const none = spawnSync(shell, [], {
      input: probeScript('tok'),
      encoding: 'utf8',
      env: { PATH: folder },
    }).stdout;
    expect(none).toBe('tok setsid \ntok timeout \n');
  });

  it('end a group, and tell of a group that is gone already', async () => {
    const nap = uniqueNap();
    const child = spawn('sh', ['-c', `trap '' TERM; sleep ${nap} & sleep ${nap}`], {
      detached: true,
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await once(child, 'spawn');
    const kill = (): string =>
      execFileSync(sh, [], { input: killScript('tok', child.pid ?? 0), encoding: 'utf8', timeout: 20_000 });
    // Reaped only after the script has returned: a zombie of the group must not count.
    expect(kill()).toBe('tok gone\n');
    await ended;
    expect(napping(nap)).toEqual([]);
    expect(kill()).toBe('tok gone\n');
  });

  it('do not take a living group for gone where ps is missing', async () => {
    const nap = uniqueNap();
    const child = spawn('sleep', [nap], { detached: true, stdio: 'ignore' });
    const ended = once(child, 'exit');
    await once(child, 'spawn');
    const group = child.pid ?? 0;
    const withoutKill = killScript('tok', group).replaceAll(/^.*kill -s (TERM|KILL).*$/gm, '');
    const alive = spawnSync(sh, [], { input: `ps() { return 1; }\n${withoutKill}`, encoding: 'utf8' }).stdout;
    process.kill(-group, 'SIGKILL');
    await ended;
    const gone = spawnSync(sh, [], { input: `ps() { return 1; }\n${withoutKill}`, encoding: 'utf8' }).stdout;
    expect([alive, gone]).toEqual(['tok alive\n', 'tok gone\n']);
  });
});

it.runIf(setsid !== undefined)('the start script makes a group where the server made none', () => {
  // A child of a child here is no group leader, as under a server that makes no session.
  const script = start('ps -o pgid= -p $$');
  const output = execFileSync('sh', ['-c', 'sh; true'], { input: script, encoding: 'utf8' });
  const [marker = '', group = ''] = output.trim().split('\n');
  expect(marker).toBe(`tok ${group.trim()}`);
});
