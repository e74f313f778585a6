import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSsh2HostKeyScanner } from '#adapters/ssh/create-ssh2-host-key-scanner.ts';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { Host } from '#domain/host.ts';
import { attemptRecordContract } from '#test/contracts/attempt-record.contract.ts';
import { remoteShellContract } from '#test/contracts/remote-shell.contract.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, napping, never, refused, uniqueNap } from '#test/support/remote-host.ts';
import { eventually } from '#test/support/slack/team.ts';
import { startAgent } from '#test/support/ssh-agent.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';
import { startTcpRelay } from '#test/support/tcp-relay.ts';

describeWithPeer('sshd', 'OpenSSH', () => {
  const start = async () => {
    const sshd = await startSshd();
    return { host: hostAt(sshd), stop: sshd.stop };
  };
  remoteShellContract('OpenSSH', start);
  attemptRecordContract('OpenSSH', start);

  describe('one server', () => {
    const shell = createSsh2RemoteShell();
    let sshd: TestSshd;
    let other: TestSshd;

    beforeAll(async () => {
      sshd = await startSshd();
      other = await startSshd();
    });
    afterAll(async () => {
      await sshd?.stop();
      await other?.stop();
    });

    const outputOf = async (host: Host, jumps: readonly Host[], command: string): Promise<string> => {
      const session = await connected(shell, host, jumps);
      const result = await session.run(
        { command, timeoutMs: 20_000, environment: {}, attempt: null },
        () => undefined,
        never,
      );
      await session.close();
      return result.stdout.text;
    };

    it('has the fingerprint that ssh-keygen shows', async () => {
      const scanned = await createSsh2HostKeyScanner().scan('127.0.0.1', sshd.port);
      expect(scanned).toEqual({ hostKey: sshd.hostKeyPublic, fingerprint: sshd.hostKeyFingerprint });
    });

    it('is refused with an unknown and with a changed host key', async () => {
      const unknown = await refused(shell, hostAt(sshd, { hostKey: null }));
      expect(unknown).toMatchObject({ reason: 'host-key-unknown' });
      expect(unknown.message).toContain(sshd.hostKeyFingerprint);
      const changed = await refused(shell, hostAt(sshd, { hostKey: other.hostKeyPublic }));
      expect(changed).toMatchObject({ reason: 'host-key-changed' });
      expect(changed.message).toContain(sshd.hostKeyFingerprint);
      expect(sshd.log()).not.toContain('Accepted publickey');
    });

    // The sandbox ends a whole group with its leader; a real server leaves it to itself.
    it('tells who outlives a signal that ended the leader alone, until they are gone', async () => {
      const session = await connected(shell, hostAt(sshd));
      const [attempt, nap] = [randomUUID(), uniqueNap()];
      const command = `ps -o pgid= -p $$; sleep ${nap} >/dev/null 2>&1 & kill -s KILL $$`;
      const sent = { command, timeoutMs: 20_000, environment: {}, attempt };
      const result = await session.run(sent, () => undefined, never);
      expect(result).toMatchObject({ kind: 'killed', signal: 'SIGKILL', confirmed: false });
      const group = Number(result.stdout.text);
      expect(await session.inquire(attempt, 0)).toEqual({ kind: 'running', group, isSure: false });
      process.kill(-group, 'SIGKILL');
      await eventually(async () =>
        expect(await session.inquire(attempt, 0)).toEqual({ kind: 'exited', exitCode: 137 }),
      );
      await session.close();
    });

    it('lets no other key and no other name in', async () => {
      const login = { kind: 'key-file', path: other.clientKeyPath } as const;
      expect((await refused(shell, hostAt(sshd, { login }))).reason).toBe('login-failed');
      expect((await refused(shell, hostAt(sshd, { user: 'nobody-else' }))).reason).toBe('login-failed');
    });

    it('logs in with an agent', async () => {
      const agent = await startAgent(join(sshd.dir, 'agent'));
      await agent.add(sshd.clientKeyPath);
      const host = hostAt(sshd, { login: { kind: 'agent', socket: agent.socket } });
      expect(await outputOf(host, [], 'echo in')).toBe('in\n');
      await agent.stop();
    });

    it('goes through one jump host, and through two', async () => {
      const jump = hostAt(other, { name: 'bastion' });
      const connections = '[ -n "$SSH_CONNECTION" ] && echo in';
      expect(await outputOf(hostAt(sshd), [jump], connections)).toBe('in\n');
      expect(other.log()).toContain('Accepted publickey');
      expect(await outputOf(hostAt(sshd), [jump, hostAt(sshd), jump], 'echo deep')).toBe('deep\n');
    });

    it('checks the host key behind a jump host as well', async () => {
      const refusal = await refused(shell, hostAt(sshd, { hostKey: null }), [hostAt(other)]);
      expect(refusal.reason).toBe('host-key-unknown');
    });

    it('names the jump host that refuses, and how to mend it', async () => {
      const bastion = hostAt(other, { name: 'bastion', hostKey: null });
      const refusal = await refused(shell, hostAt(sshd), [bastion]);
      expect(refusal.reason).toBe('jump-failed');
      expect(refusal.message).toContain('bastion');
      expect(refusal.advice).toContain('hosts pin bastion');
    });

    it('tells that the jump host does not reach the host', async () => {
      const refusal = await refused(shell, hostAt(sshd, { port: 1 }), [hostAt(other, { name: 'bastion' })]);
      expect(refusal.reason).toBe('unreachable');
      expect(refusal.message).toContain('bastion');
    });

    it('runs many commands side by side in one session', async () => {
      const session = await connected(shell, hostAt(sshd));
      const results = await Promise.all(
        ['a', 'b', 'c', 'd', 'e'].map((word) =>
          session.run(
            { command: `echo ${word}`, timeoutMs: 20_000, environment: {}, attempt: null },
            () => undefined,
            never,
          ),
        ),
      );
      await session.close();
      expect(results.map((result) => result.stdout.text)).toEqual(['a\n', 'b\n', 'c\n', 'd\n', 'e\n']);
    });

    it('cancels one command and leaves its neighbour alone', async () => {
      const session = await connected(shell, hostAt(sshd));
      const cancel = new AbortController();
      const nap = uniqueNap();
      const neighbour = session.run(
        { command: 'sleep 1; echo still here', timeoutMs: 20_000, environment: {}, attempt: null },
        () => undefined,
        never,
      );
      const result = await session.run(
        {
          command: `(sleep ${nap} &); sleep ${nap} & echo up; wait`,
          timeoutMs: 20_000,
          environment: {},
          attempt: null,
        },
        () => cancel.abort(),
        cancel.signal,
      );
      expect(result).toMatchObject({ kind: 'cancelled', confirmed: true });
      expect(napping(nap)).toEqual([]);
      expect(await neighbour).toMatchObject({ kind: 'exited', stdout: { text: 'still here\n' } });
      await session.close();
    });
  });

  it('refuses a login whose account runs no commands', async () => {
    const sshd = await startSshd({ sshdConfig: ['ForceCommand echo no commands here'] });
    const refusal = await refused(createSsh2RemoteShell(), hostAt(sshd));
    expect(refusal.reason).toBe('login-failed');
    expect(refusal.message).toContain('no commands here');
    await sshd.stop();
  });

  it('cannot confirm a kill where no second channel is allowed', async () => {
    const sshd = await startSshd({ sshdConfig: ['MaxSessions 1'] });
    const session = await connected(createSsh2RemoteShell(), hostAt(sshd));
    const result = await session.run(
      { command: 'echo up; sleep 3', timeoutMs: 1_000, environment: {}, attempt: null },
      () => undefined,
      never,
    );
    expect(result).toMatchObject({ kind: 'timed-out', confirmed: false });
    await session.close();
    await sshd.stop();
  });

  it('notices within 20 s that the network swallows everything, and that nothing was sent after', async () => {
    const sshd = await startSshd();
    const relay = await startTcpRelay(sshd.port);
    const shell = createSsh2RemoteShell();
    const session = await connected(shell, hostAt(sshd, { port: relay.port }));
    const step = { command: 'echo up; sleep 60', timeoutMs: 55_000, environment: {}, attempt: null };
    let frozenAt = 0;
    const freeze = (): void => {
      relay.freeze();
      frozenAt = performance.now();
    };
    const result = await session.run(step, freeze, never);
    expect(result).toMatchObject({ kind: 'lost', stdout: { text: 'up\n' } });
    expect(performance.now() - frozenAt).toBeLessThan(20_000);
    await expect(session.run(step, () => undefined, never)).rejects.toMatchObject({ kind: 'unavailable' });
    await shell.close();
    await relay.cut();
    await sshd.stop();
  });

  it('goes on while the keys of the connection are changed', async () => {
    const sshd = await startSshd({ sshdConfig: ['RekeyLimit 1M'] });
    const shell = createSsh2RemoteShell();
    const session = await connected(shell, hostAt(sshd));
    const step = { command: 'head -c 20000000 /dev/zero', timeoutMs: 60_000, environment: {}, attempt: null };
    expect(await session.run(step, () => undefined, never)).toMatchObject({
      kind: 'exited',
      stdout: { bytes: 20_000_000 },
    });
    await shell.close();
    await sshd.stop();
  });

  it('finds the command in what a talkative login shell prints', async () => {
    const forced = 'echo hello from the login shell; echo and here >&2; eval "$SSH_ORIGINAL_COMMAND"';
    const sshd = await startSshd({ sshdConfig: [`ForceCommand ${forced}`] });
    const session = await connected(createSsh2RemoteShell(), hostAt(sshd));
    const result = await session.run(
      { command: 'echo mine', timeoutMs: 9_000, environment: {}, attempt: null },
      () => undefined,
      never,
    );
    expect(result).toMatchObject({ kind: 'exited', stdout: { text: 'mine\n' }, stderr: { text: '' } });
    await session.close();
    await sshd.stop();
  });
});
