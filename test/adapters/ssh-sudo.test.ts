import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { matchPattern } from '#adapters/system/match-pattern.ts';
import { judgeResult } from '#application/judge-result.ts';
import type { RemoteResult, RemoteSession } from '#ports/remote-shell.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, napping, never, uniqueNap } from '#test/support/remote-host.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

/** Made at run time, so that no file of the project holds it. */
const secret = `given-${randomUUID()}`;

describeWithPeer('shells', 'sudo without a terminal', () => {
  const shell = createSsh2RemoteShell();
  let sshd: TestSshd;
  let trusted: RemoteSession;
  let asked: RemoteSession;

  beforeAll(async () => {
    const account = { shell: '/usr/bin/dash' };
    sshd = await startSshd({
      accounts: [
        { name: 'trusted', uid: 61_011, ...account },
        { name: 'asked', uid: 61_012, ...account },
        { name: 'limited', uid: 61_013, ...account },
      ],
      sudoers: [
        'root ALL=(ALL) ALL',
        'trusted ALL=(ALL) NOPASSWD: ALL',
        'asked ALL=(ALL) ALL',
        'limited ALL=(root) NOPASSWD: /usr/bin/dash',
      ],
    });
    trusted = await connected(shell, hostAt(sshd, { user: 'trusted' }));
    asked = await connected(shell, hostAt(sshd, { user: 'asked' }));
  });
  afterAll(async () => {
    await shell.close();
    await sshd?.stop();
  });

  const run = (session: RemoteSession, command: string, timeoutMs = 20_000): Promise<RemoteResult> =>
    session.run({ command, timeoutMs, environment: {}, attempt: null }, () => undefined, never);

  it.each(['sudo id -u', 'sudo -n id -u'])('runs %s where no password is needed', async (command) => {
    expect(await run(trusted, command)).toMatchObject({
      kind: 'exited',
      exitCode: 0,
      stdout: { text: '0\n' },
    });
  });

  it.each(['sudo id -u', 'sudo -n id -u'])(
    'does not wait at %s for a password, and says what to do',
    async (command) => {
      const result = await run(asked, command);
      expect(result).toMatchObject({ kind: 'exited', exitCode: 1, stdout: { text: '' } });
      const step = { expect: null, exitCodes: [0], timeoutMs: 20_000 };
      expect(judgeResult(step, result, matchPattern)).toMatchObject({
        state: 'failed',
        why: expect.stringContaining('NOPASSWD'),
      });
    },
  );

  it.each([
    ['in the environment', { environment: { GIVEN: secret } }],
    ['on the standard input', { environment: {}, input: { descriptor: 0, text: secret } }],
  ])('hands on a secret %s that no process list of the host shows', async (_how, given) => {
    const command = `sudo -n --preserve-env=GIVEN sh -c 'read -r said; printf %s "$said$GIVEN" | sha256sum; ps -A -ww -o args='`;
    const step = { command, timeoutMs: 20_000, attempt: null, ...given };
    const { stdout } = await trusted.run(step, () => undefined, never);
    // It came there: the program that was begun as root has it, and saw itself in the list.
    expect(stdout.text).toContain(createHash('sha256').update(secret).digest('hex'));
    expect(stdout.text).toContain('sudo -n --preserve-env=GIVEN');
    expect(stdout.text).not.toContain(secret);
  });

  it('gives no advice about sudo when something else failed', async () => {
    const result = await run(trusted, 'sudo ls /no/such/folder');
    const { why } = judgeResult({ expect: null, exitCodes: [0], timeoutMs: 20_000 }, result, matchPattern);
    expect(why).toBe('Exit 2, expected 0.');
  });

  it('ends what runs as root, where the login may', async () => {
    const nap = uniqueNap();
    const result = await run(trusted, `sudo sh -c 'trap "" TERM; sleep ${nap} & sleep ${nap}'`, 700);
    expect(result).toMatchObject({ kind: 'timed-out', confirmed: true });
    expect(napping(nap)).toEqual([]);
  });

  it('says that it could not confirm the end where the login may not', async () => {
    const limited = await connected(shell, hostAt(sshd, { user: 'limited' }));
    // Short enough to be gone soon, since nobody here can end it.
    const result = await run(limited, `sudo dash -c 'trap "" TERM; sleep 7'`, 700);
    expect(result).toMatchObject({ kind: 'timed-out', confirmed: false });
    await limited.close();
  });
});
