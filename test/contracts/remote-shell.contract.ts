import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { Host } from '#domain/host.ts';
import type { RemoteResult, RemoteSession } from '#ports/remote-shell.ts';
import { connected, napping, never, uniqueNap } from '#test/support/remote-host.ts';
import { startTcpRelay } from '#test/support/tcp-relay.ts';

export type RemoteShellPeer = { readonly host: Host; readonly stop: () => Promise<void> };

/** What every host that a RemoteShell enters must show; `start` gives one that lets us in. */
export const remoteShellContract = (title: string, start: () => Promise<RemoteShellPeer>): void => {
  describe(`${title}: a remote shell`, () => {
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

    const run = (command: string, environment: Record<string, string> = {}): Promise<RemoteResult> =>
      session.run({ command, timeoutMs: 25_000, environment, attempt: null }, () => undefined, never);
    const stdoutOf = async (command: string, environment: Record<string, string> = {}): Promise<string> =>
      (await run(command, environment)).stdout.text;

    it('knows what the host can do', () => {
      expect(session.abilities).toEqual({ setsid: true, timeout: true, records: true });
    });

    it('tells the exit code and keeps the streams apart', async () => {
      const result = await run('echo out; echo err >&2; exit 3');
      expect(result).toMatchObject({
        kind: 'exited',
        exitCode: 3,
        stdout: { text: 'out\n', bytes: 4, truncated: false },
        stderr: { text: 'err\n', bytes: 4, truncated: false },
      });
    });

    it('tells 0 for success and 127 for an unknown program', async () => {
      expect(await run('true')).toMatchObject({ kind: 'exited', exitCode: 0 });
      expect(await run('no-such-program-here')).toMatchObject({ kind: 'exited', exitCode: 127 });
    });

    it.each(['TERM', 'KILL', 'SEGV'])('tells death by SIG%s', async (name) => {
      expect(await run(`kill -s ${name} $$`)).toMatchObject({ kind: 'killed', signal: `SIG${name}` });
    });

    it('gives a command no input', async () => {
      expect(await run('cat; echo end')).toMatchObject({ kind: 'exited', stdout: { text: 'end\n' } });
    });

    it('leaves the bytes of a command unchanged', async () => {
      const everyByte = Array.from({ length: 0x180 }, (_, n) => String.fromCodePoint(n + 0x80)).join('');
      const nasty = `it's "quoted" \\ \\\\ \\n $HOME \`id\` $(id) !! %s ; & | ~ * {a,b}\n\n\ttab ${everyByte} 日本 🚒`;
      expect(await stdoutOf(`cat <<'END'\n${nasty}\nEND\n`)).toBe(`${nasty}\n`);
    });

    it('runs several lines, and one that begins with a dash', async () => {
      expect(await stdoutOf('for n in 1 2\ndo\n  echo "$n"\ndone\n')).toBe('1\n2\n');
      expect(await run('-x')).toMatchObject({ kind: 'exited', exitCode: 127 });
    });

    it('exports the environment unchanged', async () => {
      const value = `it's $HOME "x"\n\\ \`id\` é`;
      expect(
        await stdoutOf('printf %s "$GREETING"; sh -c \'printf "|%s" "$GREETING"\'', { GREETING: value }),
      ).toBe(`${value}|${value}`);
    });

    it('shows environment values to nobody in the process list', async () => {
      const secret = `hidden-${uniqueNap()}`;
      const result = await run('ps -A -o args=', { HIDDEN_VALUE: secret });
      expect(result).toMatchObject({ kind: 'exited', exitCode: 0 });
      expect(result.stdout.text).toContain('ps -A');
      expect(result.stdout.text).not.toContain(secret);
    });

    it.each(['a', 'A-B', 'A=B; echo oops', ''])('refuses %j as the name of a variable', async (name) => {
      await expect(run('true', { [name]: '1' })).rejects.toMatchObject({ kind: 'rejected' });
    });

    it.each(['PATH', 'LD_PRELOAD', 'BASH_ENV', 'IFS', 'NODE_OPTIONS'])(
      'refuses %s, which would decide what a command is',
      async (name) => {
        await expect(run('true', { [name]: '/tmp' })).rejects.toMatchObject({ kind: 'rejected' });
      },
    );

    it('refuses a NUL character', async () => {
      await expect(run('echo \0')).rejects.toMatchObject({ kind: 'rejected' });
    });

    it('runs each command as leader of a group of its own', async () => {
      const groups = await Promise.all([1, 2].map(() => stdoutOf('ps -o pgid= -p $$')));
      expect(new Set(groups.map((text) => text.trim())).size).toBe(2);
    });

    it('replaces bytes that are no UTF-8', async () => {
      expect(await stdoutOf(`printf 'a\\303(\\377b'`)).toBe('a\uFFFD(\uFFFDb');
    });

    it('puts a character together that came in two pieces', async () => {
      const seen: string[] = [];
      const command = `printf '\\303'; sleep 0.3; printf '\\251'`;
      const result = await session.run(
        { command, timeoutMs: 25_000, environment: {}, attempt: null },
        (text) => seen.push(text),
        never,
      );
      expect(result.stdout.text).toBe('é');
      expect(seen.join('')).toBe('é');
    });

    it('passes output on while the command runs', async () => {
      const cancel = new AbortController();
      const nap = uniqueNap();
      const result = await session.run(
        { command: `echo first; sleep ${nap}`, timeoutMs: 25_000, environment: {}, attempt: null },
        (text) => {
          if (text.includes('first')) cancel.abort();
        },
        cancel.signal,
      );
      expect(result).toMatchObject({ kind: 'cancelled', confirmed: true, stdout: { text: 'first\n' } });
      expect(napping(nap)).toEqual([]);
    });

    it('keeps head and tail of a big output and counts all of it', async () => {
      const size = 30_000_000;
      const { stdout, stderr } = await run(
        `printf HEAD; head -c ${size} /dev/zero | tr '\\0' x; printf TAIL; head -c 400000 /dev/zero >&2`,
      );
      expect(stdout).toMatchObject({ bytes: size + 8, truncated: true });
      expect(stdout.text.startsWith('HEADxxx')).toBe(true);
      expect(stdout.text.endsWith('xxxTAIL')).toBe(true);
      expect(stdout.text).toContain(`… ${size + 8 - 256 * 1024} bytes left out …`);
      expect(stdout.text.length).toBeLessThan(257 * 1024);
      expect(stderr).toMatchObject({ bytes: 400_000, truncated: true });
    });

    it('keeps 256 KB whole', async () => {
      const { stdout } = await run(`head -c ${256 * 1024} /dev/zero | tr '\\0' y`);
      expect(stdout).toEqual({ text: 'y'.repeat(256 * 1024), bytes: 256 * 1024, truncated: false });
    });

    it('ends the whole group at the time-out, grandchildren too', async () => {
      const nap = uniqueNap();
      const command = `sleep ${nap} & sh -c '(sleep ${nap} & sleep ${nap}) & sleep ${nap}' & echo up; wait`;
      const result = await session.run(
        { command, timeoutMs: 1_000, environment: {}, attempt: null },
        () => undefined,
        never,
      );
      expect(result).toMatchObject({ kind: 'timed-out', confirmed: true, stdout: { text: 'up\n' } });
      expect(napping(nap)).toEqual([]);
    });

    it('kills what ignores a polite request', async () => {
      const nap = uniqueNap();
      const command = `trap '' TERM; sleep ${nap} & sleep ${nap} | cat; echo over`;
      const result = await session.run(
        { command, timeoutMs: 500, environment: {}, attempt: null },
        () => undefined,
        never,
      );
      expect(result).toMatchObject({ kind: 'timed-out', confirmed: true });
      expect(napping(nap)).toEqual([]);
    });

    it('sends nothing when it is cancelled before', async () => {
      const nap = uniqueNap();
      const result = await session.run(
        { command: `sleep ${nap}`, timeoutMs: 25_000, environment: {}, attempt: null },
        () => undefined,
        AbortSignal.abort(),
      );
      expect(result).toMatchObject({ kind: 'cancelled', confirmed: true });
      expect(napping(nap)).toEqual([]);
    });

    it('does not wait for what stays in the background', async () => {
      const nap = uniqueNap();
      expect(await run(`sleep ${nap} & echo "$!"`)).toMatchObject({ kind: 'exited', exitCode: 0 });
      expect(napping(nap)).toHaveLength(1);
      await run(`kill $(ps -A -o pid= -o args= | awk '/[s]leep ${nap}/ { print $1 }')`);
      expect(napping(nap)).toEqual([]);
    });

    it('says lost, with the output so far, when the connection breaks midway', async () => {
      const relay = await startTcpRelay(peer.host.port);
      const other = await connected(shell, { ...peer.host, port: relay.port });
      const result = await other.run(
        { command: 'echo started; sleep 3', timeoutMs: 25_000, environment: {}, attempt: null },
        () => void relay.cut(),
        never,
      );
      expect(result).toMatchObject({ kind: 'lost', stdout: { text: 'started\n' } });
      await expect(
        other.run(
          { command: 'true', timeoutMs: 1_000, environment: {}, attempt: null },
          () => undefined,
          never,
        ),
      ).rejects.toMatchObject({ kind: 'unavailable' });
      await other.close();
    });

    it('says lost when the network swallows everything', async () => {
      const relay = await startTcpRelay(peer.host.port);
      const watchful = createSsh2RemoteShell({ keepaliveMs: 200 });
      const other = await connected(watchful, { ...peer.host, port: relay.port });
      const result = await other.run(
        { command: 'echo started; sleep 3', timeoutMs: 25_000, environment: {}, attempt: null },
        () => relay.freeze(),
        never,
      );
      expect(result).toMatchObject({ kind: 'lost', message: expect.stringContaining('Keepalive') });
      await other.close();
      await relay.cut();
    });
  });
};
