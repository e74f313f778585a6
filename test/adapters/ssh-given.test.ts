import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import { createRedactor } from '#domain/redaction/redact.ts';
import type { RemoteCommand, RemoteSession } from '#ports/remote-shell.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, never } from '#test/support/remote-host.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

/** Made at run time, so that no file of the project holds it. */
const secret = `given-${randomUUID()}`;

/** Every process but this one whose `what` in /proc holds the secret. */
const holders = (what: 'cmdline' | 'environ'): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/${what}`, 'utf8').includes(secret);
    } catch {
      // It ended meanwhile, or is not ours to look into.
      return false;
    }
  });

describeWithPeer('sshd', 'what a step is given, on OpenSSH', () => {
  const shell = createSsh2RemoteShell();
  let sshd: TestSshd;
  let session: RemoteSession;
  beforeAll(async () => {
    sshd = await startSshd();
    session = await connected(shell, hostAt(sshd));
  });
  afterAll(async () => {
    await session?.close();
    await shell.close();
    await sshd?.stop();
  });

  const start = (
    command: string,
    given: Partial<Pick<RemoteCommand, 'environment' | 'input' | 'attempt'>>,
    onOutput: (text: string) => void = () => undefined,
    on = session,
  ) =>
    on.run({ command, timeoutMs: 20_000, environment: {}, attempt: randomUUID(), ...given }, onOutput, never);

  /** Runs a command that says "up", looks at /proc while it waits, and returns what was found and printed. */
  const lookWhile = async (
    rest: string,
    given: Partial<Pick<RemoteCommand, 'environment' | 'input'>>,
    on = session,
  ): Promise<{ readonly cmdline: number; readonly environ: number; readonly printed: string }> => {
    let found = { cmdline: -1, environ: -1 };
    const flag = `/tmp/recourse-${randomUUID()}`;
    const waiting = `echo up; i=0; while [ $i -lt 100 ] && [ ! -e ${flag} ]; do sleep 0.1; i=$((i+1)); done; rm -f ${flag}; ${rest}`;
    let asked: Promise<unknown> | undefined;
    const look = (text: string): void => {
      if (!text.includes('up') || asked !== undefined) return;
      found = { cmdline: holders('cmdline').length, environ: holders('environ').length };
      asked = start(`: > ${flag}`, {});
    };
    const result = await start(waiting, given, look, on);
    await asked;
    return { ...found, printed: result.stdout.text };
  };

  it('a secret on the standard input is in no process list and no environment', async () => {
    const seen = await lookWhile('cat', { input: { descriptor: 0, text: secret } });
    expect(seen).toEqual({ cmdline: 0, environ: 0, printed: `up\n${secret}` });
  });

  it('a secret on a file descriptor leaves the standard input empty', async () => {
    const seen = await lookWhile('cat; echo -; cat <&3', { input: { descriptor: 3, text: secret } });
    expect(seen).toEqual({ cmdline: 0, environ: 0, printed: `up\n-\n${secret}` });
  });

  it('a value of the environment is in no process list', async () => {
    const seen = await lookWhile('printf %s "$GIVEN"', { environment: { GIVEN: secret } });
    expect(seen).toMatchObject({ cmdline: 0, printed: `up\n${secret}` });
    // Seen where it was asked for: the look into /proc finds what is there.
    expect(seen.environ).toBeGreaterThan(0);
  });

  it('behind a jump host neither is in a process list, of both hosts', async () => {
    const jump = await startSshd({ authorizedKeys: [sshd.clientKeyPublic] });
    const behind = await connected(shell, hostAt(sshd, { name: 'behind' }), [
      hostAt(jump, { name: 'bastion' }),
    ]);
    const given = { environment: { GIVEN: secret }, input: { descriptor: 3, text: secret } };
    const seen = await lookWhile('cat <&3; printf %s "$GIVEN"', given, behind);
    expect(seen).toMatchObject({ cmdline: 0, printed: `up\n${secret}${secret}` });
    expect(jump.log()).toContain('Accepted publickey');
    await behind.close();
    await jump.stop();
  });

  it('nothing of the environment of Recourse goes along', async () => {
    process.env.RECOURSE_TEST_LEAK = secret;
    try {
      const { stdout } = await start('env', { environment: { GIVEN: 'yes' } });
      expect(stdout.text).toContain('GIVEN=yes');
      expect(stdout.text).not.toContain(secret);
    } finally {
      delete process.env.RECOURSE_TEST_LEAK;
    }
  });

  it('a host that does not begin the attempt is not sent the secret', async () => {
    const attempt = randomUUID();
    await start('true', { attempt });
    const again = start('cat', { attempt, input: { descriptor: 0, text: secret } });
    await expect(again).rejects.toMatchObject({ code: 'ssh-attempt-taken' });
  });

  it('a command that does not read its secret ends all the same', async () => {
    const long = { descriptor: 0, text: secret.repeat(100_000) };
    expect(await start('exit 3', { input: long })).toMatchObject({ kind: 'exited', exitCode: 3 });
  });

  it('a name that decides what runs, and a descriptor that the shell needs, are refused', async () => {
    await expect(start('true', { environment: { LD_PRELOAD: 'x' } })).rejects.toMatchObject({
      code: 'ssh-command',
    });
    await expect(start('true', { input: { descriptor: 2, text: 'x' } })).rejects.toMatchObject({
      code: 'ssh-command',
    });
  });

  it('a secret that a command prints is redacted where the output was cut', async () => {
    const masked = createSsh2RemoteShell({ redact: createRedactor([secret]) });
    const own = await connected(masked, hostAt(sshd));
    const command = 'secret=$(cat); i=0; while [ $i -lt 12000 ]; do echo "$secret"; i=$((i+1)); done';
    const step = { command, timeoutMs: 60_000, environment: {}, attempt: null };
    const result = await own.run({ ...step, input: { descriptor: 0, text: secret } }, () => undefined, never);
    await own.close();
    await masked.close();
    expect(result.stdout.truncated).toBe(true);
    expect(result.stdout.text).not.toContain(secret.slice(0, 20));
  });
});
