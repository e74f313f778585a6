import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { Host } from '#domain/host.ts';
import type { RemoteSession, RemoteShell } from '#ports/remote-shell.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, hostOf, never, refused } from '#test/support/remote-host.ts';
import { eventually } from '#test/support/slack/team.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';
import { startTcpRelay } from '#test/support/tcp-relay.ts';

describeWithPeer('sshd', 'connections to hosts that serve again', () => {
  let sshd: TestSshd;
  let other: TestSshd;
  let shell: RemoteShell;

  beforeAll(async () => {
    sshd = await startSshd();
    other = await startSshd({ authorizedKeys: [sshd.clientKeyPublic] });
  });
  afterEach(() => shell?.close());
  afterAll(async () => {
    await sshd?.stop();
    await other?.stop();
  });

  const logins = (server: TestSshd): number => server.log().split('Accepted publickey').length - 1;
  const say = async (session: RemoteSession, word: string): Promise<string> => {
    const command = { command: `echo ${word}`, timeoutMs: 20_000, environment: {}, attempt: null };
    return (await session.run(command, () => undefined, never)).stdout.text;
  };
  const once = async (host: Host, jumps: readonly Host[] = []): Promise<string> => {
    const session = await connected(shell, host, jumps);
    const said = await say(session, 'in');
    await session.close();
    return said;
  };
  /** How many logins at `server` the work made. */
  const counted = async (server: TestSshd, work: () => Promise<unknown>): Promise<number> => {
    const before = logins(server);
    await work();
    return logins(server) - before;
  };

  it('log in once for many steps, one after another and at a time', async () => {
    shell = createSsh2RemoteShell();
    const host = hostAt(sshd);
    const made = await counted(sshd, async () => {
      for (let step = 0; step < 5; step += 1) expect(await once(host)).toBe('in\n');
      await Promise.all(Array.from({ length: 12 }, () => once(host)));
    });
    expect(made).toBe(1);
  });

  it('log in once at a jump host for all hosts behind it', async () => {
    shell = createSsh2RemoteShell();
    const jump = hostAt(other, { name: 'bastion' });
    const behind = ['a', 'b', 'c'].map((name) => hostAt(sshd, { name }));
    const made = await counted(other, () =>
      Promise.all(behind.map(async (host) => expect(await once(host, [jump])).toBe('in\n'))),
    );
    expect(made).toBe(1);
  });

  it('never serve another workspace’s host, though everything else is the same', async () => {
    shell = createSsh2RemoteShell();
    const [one, another] = [hostAt(sshd), hostAt(sshd)];
    expect(one.id).not.toBe(another.id);
    expect(await counted(sshd, async () => [await once(one), await once(another)])).toBe(2);
  });

  it('check the key anew once another one is pinned', async () => {
    shell = createSsh2RemoteShell();
    const host = hostAt(sshd);
    expect(await once(host)).toBe('in\n');
    expect(await refused(shell, { ...host, hostKey: other.hostKeyPublic })).toMatchObject({
      reason: 'host-key-changed',
    });
  });

  it('log in anew with a changed key, and not at all with a wrong one', async () => {
    shell = createSsh2RemoteShell();
    const path = join(sshd.dir, 'changing_key');
    copyFileSync(sshd.clientKeyPath, path);
    const host = hostAt(other, { login: { kind: 'key-file', path } });
    expect(await once(host)).toBe('in\n');
    copyFileSync(other.clientKeyPath, path);
    expect(await counted(other, () => once(host))).toBe(1);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', join(sshd.dir, 'stranger')]);
    copyFileSync(join(sshd.dir, 'stranger'), path);
    expect(await refused(shell, host)).toMatchObject({ reason: 'login-failed' });
  });

  it('leave the host when nobody needs them', async () => {
    shell = createSsh2RemoteShell({ idleMs: 200 });
    const left = (): number => sshd.log().split('Disconnected from user').length - 1;
    const before = left();
    await once(hostAt(sshd));
    await eventually(() => expect(left()).toBe(before + 1));
  });

  it('are not lent again once they are broken', async () => {
    const relay = await startTcpRelay(sshd.port);
    shell = createSsh2RemoteShell();
    const host = hostOf({ ...hostAt(sshd), port: relay.port });
    expect(await once(host)).toBe('in\n');
    await relay.cut();
    await eventually(async () => expect(await refused(shell, host)).toMatchObject({ reason: 'unreachable' }));
  });

  it('let so many commands run at a time, and time each from when it is sent', async () => {
    shell = createSsh2RemoteShell({ commandsAtOnce: 2 });
    const session = await connected(shell, hostAt(sshd));
    const nap = { command: 'sleep 0.6; date +%s%N', timeoutMs: 5_000, environment: {}, attempt: null };
    const started = performance.now();
    const results = await Promise.all([1, 2, 3, 4].map(() => session.run(nap, () => undefined, never)));
    expect(performance.now() - started).toBeGreaterThan(1_200);
    expect(results.every(({ kind, durationMs }) => kind === 'exited' && durationMs < 5_000)).toBe(true);
    await session.close();
  });

  it('send nothing of a command that is cancelled while it waits for its turn', async () => {
    shell = createSsh2RemoteShell({ commandsAtOnce: 1 });
    const session = await connected(shell, hostAt(sshd));
    const [cancel, mark] = [new AbortController(), join(sshd.dir, 'ran')];
    const step = (command: string) => ({ command, timeoutMs: 9_000, environment: {}, attempt: null });
    const first = session.run(step('sleep 0.5'), () => undefined, never);
    const second = session.run(step(`touch ${mark}`), () => undefined, cancel.signal);
    cancel.abort();
    expect(await second).toMatchObject({ kind: 'cancelled', confirmed: true });
    expect(await first).toMatchObject({ kind: 'exited', exitCode: 0 });
    expect(existsSync(mark)).toBe(false);
    await session.close();
  });

  it('end with the shell', async () => {
    shell = createSsh2RemoteShell();
    const session = await connected(shell, hostAt(sshd));
    await shell.close();
    await expect(say(session, 'late')).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
