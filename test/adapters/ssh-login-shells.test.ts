import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { RemoteResult, RemoteSession } from '#ports/remote-shell.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, napping, never, uniqueNap } from '#test/support/remote-host.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

// Busybox is the shell that it is called by.
const folder = mkdtempSync(join(tmpdir(), 'recourse-shells-'));
const shells = {
  dash: '/usr/bin/dash',
  bash: '/usr/bin/bash',
  busybox: join(folder, 'ash'),
  fish: '/usr/bin/fish',
};
const users = { root: 0, ops: 61_001 };
const cases = Object.keys(shells).flatMap((shell) => Object.keys(users).map((user) => ({ shell, user })));
const mostMs = 5_000;
/** Until then the command has started all its processes. */
const startedMs = 700;

const commands = {
  'a pipeline': (nap: string) => `sleep ${nap} | cat`,
  'grandchildren in the background': (nap: string) => `sh -c '(sleep ${nap} & sleep ${nap}) &'; sleep ${nap}`,
  'those who ignore TERM': (nap: string) => `trap '' TERM HUP; sleep ${nap} & sleep ${nap}; sleep ${nap}`,
  'those who ignore a hang-up': (nap: string) => `nohup sleep ${nap} & sleep ${nap}`,
};
const endings = Object.entries(commands).flatMap(([what, command]) =>
  (['cancelled', 'timed-out'] as const).map((way) => ({ what, way, command })),
);

describeWithPeer('shells', 'cancel and time-out', () => {
  const shell = createSsh2RemoteShell({ commandsAtOnce: endings.length });
  const servers = new Map<string, TestSshd>();

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    symlinkSync('/usr/bin/busybox', shells.busybox);
    for (const [name, path] of Object.entries(shells)) servers.set(name, await serverWith(path));
  });
  afterAll(async () => {
    await shell.close();
    for (const sshd of servers.values()) await sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const serverWith = (path: string): Promise<TestSshd> =>
    startSshd({
      // Each command is ended over a channel of its own.
      sshdConfig: [`MaxSessions ${3 * endings.length}`],
      accounts: Object.entries(users).map(([name, uid]) => ({ name, uid, shell: path })),
    });

  describe.each(cases)('login shell $shell, as $user', ({ shell: name, user }) => {
    let session: RemoteSession;
    beforeAll(async () => {
      const sshd = servers.get(name);
      if (sshd === undefined) throw new Error(`no server for ${name}`);
      session = await connected(shell, hostAt(sshd, { user }));
    });
    afterAll(() => session?.close());

    const run = (
      command: string,
      timeoutMs: number,
      onOutput: () => void = () => undefined,
      signal = never,
    ): Promise<RemoteResult> =>
      session.run({ command, timeoutMs, environment: {}, attempt: randomUUID() }, onOutput, signal);

    it('runs under it, as who it is', async () => {
      const { stdout } = await run('id -u; echo "$SHELL"', 25_000);
      const [uid, path] = [users[user as keyof typeof users], shells[name as keyof typeof shells]];
      expect(stdout.text).toBe(`${uid}\n${path}\n`);
    });

    it.concurrent.each(endings)('leaves nobody of $what: $way', async ({ way, command }) => {
      const nap = uniqueNap();
      const cancel = new AbortController();
      const begun = (): void => {
        if (way === 'cancelled') setTimeout(() => cancel.abort(), startedMs);
      };
      const timeoutMs = way === 'cancelled' ? 25_000 : startedMs;
      const result = await run(`echo begun; ${command(nap)}`, timeoutMs, begun, cancel.signal);
      expect(result).toMatchObject({ kind: way, confirmed: true, stdout: { text: 'begun\n' } });
      expect(napping(nap)).toEqual([]);
      expect(result.durationMs).toBeLessThan(startedMs + mostMs);
    });
  });
});

describeWithPeer('shells', 'records of a login without a home', () => {
  const uid = 61_021;
  const place = `/var/tmp/recourse-${uid}`;
  let sshd: TestSshd;

  beforeAll(async () => {
    const accounts = [{ name: 'homeless', uid, shell: '/usr/bin/dash' }];
    sshd = await startSshd({ accounts, sshdConfig: ['SetEnv HOME=/nonexistent'] });
  });
  afterEach(() => rmSync(place, { recursive: true, force: true }));
  afterAll(() => sshd?.stop());

  /** A connection of its own each time, so that the host is asked anew. */
  const homeless = () => connected(createSsh2RemoteShell({ idleMs: 0 }), hostAt(sshd, { user: 'homeless' }));

  it('are kept in a folder of its own in /var/tmp', async () => {
    const session = await homeless();
    const attempt = randomUUID();
    const step = { command: 'exit 4', timeoutMs: 9_000, environment: {}, attempt };
    await session.run(step, () => undefined, never);
    expect(statSync(place)).toMatchObject({ uid, mode: 0o40_700 });
    expect(await session.inquire(attempt, 0)).toEqual({ kind: 'exited', exitCode: 4 });
    await session.close();
  });

  it.each([
    ['somebody else owns', () => mkdirSync(place, { mode: 0o777 })],
    ['is a link', () => symlinkSync(tmpdir(), place)],
  ])('are kept nowhere when that folder %s', async (_what, make) => {
    make();
    const session = await homeless();
    expect(session.abilities.records).toBe(false);
    const step = { command: 'true', timeoutMs: 9_000, environment: {}, attempt: randomUUID() };
    await expect(session.run(step, () => undefined, never)).rejects.toMatchObject({ code: 'ssh-no-records' });
    expect(await session.inquire(step.attempt, 0)).toMatchObject({ kind: 'unknown' });
    await session.close();
  });
});
