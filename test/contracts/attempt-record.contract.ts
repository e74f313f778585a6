import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { RemoteResult, RemoteSession } from '#ports/remote-shell.ts';
import type { RemoteShellPeer } from '#test/contracts/remote-shell.contract.ts';
import { connected, napping, never, uniqueNap } from '#test/support/remote-host.ts';
import { eventually } from '#test/support/slack/team.ts';

/** What every host must know of the attempts that a RemoteShell has sent it. */
export const attemptRecordContract = (title: string, start: () => Promise<RemoteShellPeer>): void => {
  describe(`${title}: the record of an attempt`, () => {
    const shell = createSsh2RemoteShell();
    let peer: RemoteShellPeer;
    let session: RemoteSession;

    beforeAll(async () => {
      peer = await start();
      session = await connected(shell, peer.host);
    });
    afterAll(async () => {
      await session?.close();
      await peer?.stop();
    });

    const run = (
      attempt: string,
      command: string,
      signal = never,
      timeoutMs = 25_000,
    ): Promise<RemoteResult> =>
      session.run({ command, timeoutMs, environment: {}, attempt }, () => undefined, signal);
    const fate = (attempt: string) => session.inquire(attempt, 0);

    it.each([0, 3, 125, 255])('keeps exit code %i', async (exitCode) => {
      const attempt = randomUUID();
      expect(await run(attempt, `echo out; echo err >&2; exit ${exitCode}`)).toMatchObject({
        kind: 'exited',
        exitCode,
        stdout: { text: 'out\n' },
        stderr: { text: 'err\n' },
      });
      expect(await fate(attempt)).toEqual({ kind: 'exited', exitCode });
    });

    it.each([
      ['TERM', 143],
      ['KILL', 137],
      ['SEGV', 139],
    ])('tells death by SIG%s', async (name, exitCode) => {
      const attempt = randomUUID();
      expect(await run(attempt, `kill -s ${name} $$`)).toMatchObject({
        kind: 'killed',
        signal: `SIG${name}`,
        confirmed: true,
      });
      expect(await fate(attempt)).toEqual({ kind: 'exited', exitCode });
    });

    it('leaves the bytes of a command unchanged', async () => {
      const nasty = `it's "quoted" \\ \\\\ $HOME \`id\` $(id) !! %s ; & | ~ *\n\n\ttab 日本 🚒`;
      const result = await run(randomUUID(), `cat <<'END'\n${nasty}\nEND\n`);
      expect(result.stdout.text).toBe(`${nasty}\n`);
    });

    it('keeps environment values out of every argument list, and out of its names', async () => {
      const attempt = randomUUID();
      const secret = `hidden-${uniqueNap()}`;
      const command = `tr '\\0' ' ' </proc/$PPID/cmdline; ps -A -o args=; ls -A "$HOME/.recourse"; echo "$HIDDEN_VALUE" | wc -c`;
      const step = { command, timeoutMs: 25_000, environment: { HIDDEN_VALUE: secret }, attempt };
      const { stdout } = await session.run(step, () => undefined, never);
      expect(stdout.text).toContain(`${attempt}.run.`);
      expect(stdout.text).not.toContain(secret);
      expect(stdout.text.trimEnd().endsWith(String(secret.length + 1))).toBe(true);
    });

    it('tells a running one with its group, and its end at a time-out', async () => {
      const attempt = randomUUID();
      const nap = uniqueNap();
      const cancel = new AbortController();
      const running = run(attempt, `ps -o pgid= -p $$; sleep ${nap} & sleep ${nap}`, cancel.signal);
      await eventually(() => expect(napping(nap)).not.toEqual([]));
      const seen = await fate(attempt);
      cancel.abort();
      const result = await running;
      expect(result).toMatchObject({ kind: 'cancelled', confirmed: true });
      expect(seen).toEqual({ kind: 'running', group: Number(result.stdout.text), isSure: true });
      expect(napping(nap)).toEqual([]);
      expect(await fate(attempt)).toEqual({ kind: 'exited', exitCode: 143 });
    });

    it('ends what still runs of an attempt whoever began it, and tells how that went', async () => {
      const attempt = randomUUID();
      const [nap, other] = [uniqueNap(), uniqueNap()];
      const cancel = new AbortController();
      const besides = run(randomUUID(), `sleep ${other}`, cancel.signal);
      const running = run(attempt, `sleep ${nap} & sleep ${nap}`);
      await eventually(() => {
        expect(napping(nap)).not.toEqual([]);
        expect(napping(other)).not.toEqual([]);
      });
      expect(await session.end(attempt, 0)).toEqual({ kind: 'exited', exitCode: 143 });
      expect(napping(nap)).toEqual([]);
      expect(napping(other)).not.toEqual([]);
      expect(await session.end(attempt, 0)).toEqual({ kind: 'exited', exitCode: 143 });
      await running;
      cancel.abort();
      await besides;
    });

    it.each([
      [
        'a host that has no /proc',
        `cd "$HOME/.recourse" && for f in $ID.run.*; do mv "$f" "\${f%.*}.0"; done`,
      ],
      [
        'a group whose leader has gone',
        `cd "$HOME/.recourse" && f=$(echo $ID.run.*) && f=\${f#*.run.} && kill -s KILL "\${f%.*}"`,
      ],
    ])('ends nobody where the host cannot tell whose the group is: %s', async (_where, prepare) => {
      const [attempt, nap] = [randomUUID(), uniqueNap()];
      const running = run(attempt, `sleep ${nap} & sleep ${nap}`);
      await eventually(() => expect(napping(nap)).not.toEqual([]));
      await run(randomUUID(), `ID=${attempt}; ${prepare}`);
      const fate = await session.end(attempt, 0);
      expect(fate).toEqual({ kind: 'running', group: expect.any(Number), isSure: false });
      expect(napping(nap)).not.toEqual([]);
      if (fate.kind === 'running') process.kill(-fate.group, 'SIGKILL');
      await running;
    });

    it('asks whether a command may begin when nothing but its bytes is left, and sends none when it may not', async () => {
      const attempt = randomUUID();
      const mayBegin = () => Promise.resolve(false);
      const step = { command: 'echo ran', timeoutMs: 25_000, environment: {}, attempt, mayBegin };
      await expect(session.run(step, () => undefined, never)).rejects.toMatchObject({ code: 'ssh-unwanted' });
      expect(
        await session.run({ ...step, mayBegin: async () => true }, () => undefined, never),
      ).toMatchObject({
        kind: 'exited',
        exitCode: 0,
      });
    });

    it('says that it is gone when its processes went without a word', async () => {
      const attempt = randomUUID();
      const nap = uniqueNap();
      const result = await run(attempt, `trap '' TERM; sleep ${nap}`, never, 500);
      expect(result).toMatchObject({ kind: 'timed-out', confirmed: true });
      expect(await fate(attempt)).toEqual({ kind: 'gone' });
    });

    it('begins an attempt once, however often it is sent', async () => {
      const attempt = randomUUID();
      const sent = await Promise.allSettled([1, 2, 3, 4].map(() => run(attempt, 'echo ran')));
      const ran = sent.filter(({ status }) => status === 'fulfilled');
      expect(ran).toHaveLength(1);
      for (const one of sent) {
        if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'ssh-attempt-taken' });
      }
    });

    it('never begins an attempt that was said never to have started', async () => {
      const attempt = randomUUID();
      expect(await fate(attempt)).toEqual({ kind: 'never-started' });
      await expect(run(attempt, 'echo ran')).rejects.toMatchObject({ code: 'ssh-attempt-taken' });
      expect(await fate(attempt)).toEqual({ kind: 'never-started' });
    });

    it.each(['a/b', '', 'x.y', '$(id)'])('refuses %j as the name of an attempt', async (attempt) => {
      await expect(run(attempt, 'echo ran')).rejects.toMatchObject({ kind: 'rejected' });
      expect(await fate(attempt)).toMatchObject({ kind: 'unknown' });
    });

    it('says unknown for one that is older than records are kept', async () => {
      expect(await session.inquire(randomUUID(), 7 * 86_400_000)).toMatchObject({ kind: 'unknown' });
    });

    it('keeps its records to the login', async () => {
      await run(randomUUID(), 'true');
      const listed = await run(randomUUID(), 'ls -ld "$HOME/.recourse"');
      expect(listed.stdout.text).toMatch(/^drwx------/);
    });
  });
};
