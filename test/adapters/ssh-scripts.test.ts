import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inquiryScript } from '#adapters/ssh/inquiry-script.ts';
import { killScript } from '#adapters/ssh/kill-script.ts';
import { probeScript } from '#adapters/ssh/probe-script.ts';
import { bootstrap, startScript } from '#adapters/ssh/start-script.ts';
import { findPeer } from '#test/support/peers.ts';
import { napping, uniqueNap } from '#test/support/remote-host.ts';

const pathOf = (program: string): string | undefined => {
  const found = spawnSync('/bin/sh', ['-c', 'command -v "$1"', 'sh', program], {
    encoding: 'utf8',
  }).stdout.trim();
  return found.startsWith('/') ? found : undefined;
};
const setsid = pathOf('setsid');
const places = { setsid, timeout: pathOf('timeout'), records: undefined };
const installed = (names: readonly string[]): readonly string[] =>
  names.filter((name) => pathOf(name) !== undefined);

const start = (command: string) =>
  startScript({ token: 'tok', command, environment: {}, remoteLimitSeconds: 30, places, record: undefined });

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

const readers: readonly (readonly [string, readonly string[]])[] = [
  ['sh', []],
  ['dash', []],
  ['bash', []],
  ['busybox', ['sh']],
];

describe.each(readers.filter(([name]) => pathOf(name)))('scripts read by %s', (sh, words) => {
  const folder = mkdtempSync(join(tmpdir(), 'recourse-scripts-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['is a link', (place: string, other: string) => symlinkSync(other, place)],
    // Only root can give a folder away.
    ...(userInfo().uid === 0
      ? ([['belongs to somebody else', (place: string) => chownSync(place, 65_534, 65_534)]] as const)
      : []),
  ] as const)('believe no record in a place that %s', (what, makeForeign) => {
    const home = mkdtempSync(join(folder, 'home-'));
    const [place, other] = [join(home, '.recourse'), join(home, 'other')];
    const ask = () => {
      const input = inquiryScript({ token: 'tok', attempt: 'forged', records: join(home, 'none') });
      return spawnSync(sh, words, { input, encoding: 'utf8', env: { ...process.env, HOME: home } }).stdout;
    };
    const own = what === 'is a link' ? other : place;
    mkdirSync(own);
    for (const name of ['forged', 'forged.run.1.2', 'forged.exit.0']) writeFileSync(join(own, name), '');
    if (own === place) expect(ask()).toContain('forged.exit.0');
    makeForeign(place, other);
    expect(ask()).toBe('tok end\n');
  });

  it('do nothing when they are cut short anywhere', () => {
    const canary = join(folder, 'canary');
    const script = start(`touch ${canary}`);
    for (let end = script.length - 2; end > 0; end -= 5) {
      spawnSync(sh, words, { input: script.slice(0, end) });
      expect(existsSync(canary)).toBe(false);
    }
    spawnSync(sh, words, { input: script });
    expect(existsSync(canary)).toBe(true);
  });

  it.each([0, 3, 9])(
    'let the command read what comes after the script, from descriptor %i',
    async (descriptor) => {
      const script = startScript({
        token: 'tok',
        command: `cat <&${descriptor}; [ ${descriptor} = 0 ] || cat`,
        environment: {},
        remoteLimitSeconds: 30,
        places,
        record: join(folder, `given-${descriptor}`),
        descriptor,
      });
      const child = spawn(pathOf(sh) ?? sh, words, { stdio: ['pipe', 'pipe', 'ignore'] });
      // As over SSH: the rest goes when the script has said that it runs.
      const secret = `it's\n\0 ${'x'.repeat(200_000)}`;
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        if (output === '') child.stdin.end(secret);
        output += text;
      });
      child.stdin.write(script);
      const [code] = await once(child, 'close');
      expect(output.replace(/^tok \d+\n/, '') === secret).toBe(true);
      expect(code).toBe(0);
    },
  );

  it('find the programs, and none on an empty path', () => {
    const found = (env: Record<string, string | undefined>): string =>
      spawnSync(pathOf(sh) ?? sh, words, { input: probeScript('tok'), encoding: 'utf8', env }).stdout;
    expect(found({ ...process.env, HOME: folder })).toBe(
      `tok setsid ${places.setsid ?? ''}\ntok timeout ${places.timeout ?? ''}\ntok records ${folder}/.recourse\n`,
    );
    // Busybox has programs of its own, wherever the path leads.
    if (sh !== 'busybox') expect(found({ PATH: folder })).toBe('tok setsid \ntok timeout \ntok records \n');
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
      execFileSync(sh, words, {
        input: killScript('tok', child.pid ?? 0),
        encoding: 'utf8',
        timeout: 20_000,
      });
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
    const alive = spawnSync(sh, words, {
      input: `ps() { return 1; }\n${withoutKill}`,
      encoding: 'utf8',
    }).stdout;
    process.kill(-group, 'SIGKILL');
    await ended;
    const gone = spawnSync(sh, words, {
      input: `ps() { return 1; }\n${withoutKill}`,
      encoding: 'utf8',
    }).stdout;
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

it.runIf(findPeer('shells') !== undefined)(
  'a disk without a free block still takes the record of an attempt',
  () => {
    const disk = mkdtempSync(join(tmpdir(), 'recourse-full-'));
    const record = join(disk, 'id');
    const script = startScript({
      token: 'tok',
      command: `ls ${disk}; exit 3`,
      environment: {},
      remoteLimitSeconds: 30,
      places,
      record,
    });
    const full = `mount -t tmpfs -o size=64k none ${disk} && ! head -c 100000 /dev/zero >${disk}/all 2>/dev/null
    ! echo more >${disk}/more && sh`;
    const { stdout, status } = spawnSync(
      'unshare',
      ['--mount', 'sh', '-c', `${full}; code=$?; ls ${disk}; exit $code`],
      {
        input: script,
        encoding: 'utf8',
      },
    );
    rmSync(disk, { recursive: true, force: true });
    expect(status).toBe(3);
    expect(stdout).toMatch(/^tok \d+\nall\nid\nid\.run\.\d+\.\d+\nmore\n[\s\S]*id\.exit\.3\n/);
  },
);
