import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSsh2RemoteShell } from '#adapters/ssh/create-ssh2-remote-shell.ts';
import type { AttemptFate, RemoteSession } from '#ports/remote-shell.ts';
import { describeWithPeer } from '#test/support/peers.ts';
import { connected, hostAt, never } from '#test/support/remote-host.ts';
import { eventually } from '#test/support/slack/team.ts';
import { startSshd, type TestSshd } from '#test/support/sshd.ts';

/** A few of each; `npm run test:crash` plays twenty. */
const rounds = Number(process.env.RECOURSE_CAMPAIGN_CRASHES ?? 3);
const program = fileURLToPath(new URL('../support/crash-process.ts', import.meta.url));

/** Where the sender is ended: so many ms after it has said a word. */
const moments = [
  { word: 'connected', afterMs: 0 },
  { word: 'sent', afterMs: 0 },
  { word: 'sent', afterMs: 2 },
  { word: 'sent', afterMs: 5 },
  { word: 'sent', afterMs: 10 },
  { word: 'output', afterMs: 0 },
  { word: 'output', afterMs: 150 },
  { word: 'exited', afterMs: 0 },
];

/** The true things to say of a command that ran so many times. */
const possible = (times: number): readonly unknown[] => {
  if (times > 1) return [];
  // Its first words may find nobody who reads them, which kills it: by SIGPIPE, before or after it began.
  const unheard = { kind: 'gone' };
  if (times === 0) return [{ kind: 'never-started' }, unheard];
  return [{ kind: 'exited', exitCode: 7 }, { kind: 'exited', exitCode: 128 + 13 }, unheard];
};

describeWithPeer('sshd', 'after the sender was killed', () => {
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

  const killed = async (command: string, attempt: string, word: string, afterMs: number): Promise<void> => {
    const words = [program, JSON.stringify(hostAt(sshd)), command, attempt];
    const sender = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = once(sender, 'exit');
    await said(sender, word);
    await delay(afterMs);
    sender.kill('SIGKILL');
    await gone;
  };

  const said = async (sender: ChildProcess, word: string): Promise<void> => {
    if (sender.stdout === null) throw new Error('the sender has no output');
    for await (const line of createInterface(sender.stdout)) if (line === word) return;
    throw new Error(`the sender never said ${word}`);
  };

  const settled = async (attempt: string): Promise<AttemptFate> => {
    let fate = await session.inquire(attempt, 1_000);
    await eventually(async () => {
      fate = await session.inquire(attempt, 1_000);
      expect(fate.kind).not.toBe('running');
    });
    return fate;
  };

  it.each(moments)('$afterMs ms after $word, the host knows what became of it', async ({ word, afterMs }) => {
    for (let round = 0; round < rounds; round += 1) {
      const attempt = randomUUID();
      const traces = join(sshd.dir, attempt);
      const ran = (): number => (existsSync(traces) ? readFileSync(traces, 'utf8').length : 0);
      const command = `printf x >>${traces}; echo begun; sleep 0.4; exit 7`;
      await killed(command, attempt, word, afterMs);
      const fate = await settled(attempt);
      // The dead sender's packets may still be on their way: they must change nothing any more.
      await delay(50);
      const step = { command, timeoutMs: 20_000, environment: {}, attempt };
      await expect(session.run(step, () => undefined, never)).rejects.toMatchObject({
        code: 'ssh-attempt-taken',
      });
      expect(possible(ran())).toContainEqual(fate);
      expect(await session.inquire(attempt, 1_000)).toEqual(fate);
    }
  });

  it('what runs on is told as running, with the group that ends it', async () => {
    const attempt = randomUUID();
    await killed('echo begun; sleep 30', attempt, 'output', 0);
    const fate = await session.inquire(attempt, 1_000);
    if (fate.kind !== 'running') throw new Error(`it is ${fate.kind}`);
    process.kill(-fate.group, 'SIGKILL');
    await eventually(async () => expect(await session.inquire(attempt, 1_000)).toEqual({ kind: 'gone' }));
  });
});
