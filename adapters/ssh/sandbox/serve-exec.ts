import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { ServerChannel } from 'ssh2';

export interface ExecPlace {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Runs one exec request: a real `/bin/sh` as the current user, leader of its own session, killed with its group
 * when the channel closes. Returns how to end it early.
 */
export function serveExec(channel: ServerChannel, command: string, place: ExecPlace): () => void {
  const child = spawn('/bin/sh', ['-c', command], {
    cwd: place.cwd,
    env: place.environment,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const kill = (): void => killGroup(child);
  channel.once('close', kill);
  channel.on('error', () => undefined);
  child.once('error', () => channel.exit(127));
  // A command may end before it has read everything. What is left must be read all the same: a channel whose input
  // is not used up never tells that it closed.
  child.stdin.on('error', () => undefined);
  child.stdin.once('close', () => channel.resume());
  channel.pipe(child.stdin);
  const send = createSender(channel);
  const sent = Promise.all([send(child.stdout, channel), send(child.stderr, channel.stderr)]);
  child.once('exit', (code, signal) => tellExit(channel, code, signal));
  child.once('close', () => void sent.then(() => channel.end()));
  return kill;
}

/** The signals that RFC 4254 §6.10 has names for. */
const namedSignals = /^SIG(ABRT|ALRM|FPE|HUP|ILL|INT|KILL|PIPE|QUIT|SEGV|TERM|USR1|USR2)$/;

function tellExit(channel: ServerChannel, code: number | null, signal: NodeJS.Signals | null): void {
  if (signal !== null && namedSignals.test(signal)) channel.exit(signal, false, '');
  else channel.exit(code ?? 255);
}

/**
 * Sends both streams one chunk at a time. ssh2 keeps what a full window left over in fields that it never clears
 * and tries stdout's first: with two writes waiting, or an old rest still there, it would send the wrong bytes.
 */
function createSender(channel: ServerChannel): (from: Readable, to: Writable) => Promise<void> {
  let turn = Promise.resolve();
  const leftovers = channel as {
    _chunk?: unknown;
    _chunkcb?: unknown;
    _chunkErr?: unknown;
    _chunkcbErr?: unknown;
  };
  const write = (to: Writable, chunk: Buffer): Promise<void> => {
    turn = turn.then(() => new Promise<void>((resolve) => void to.write(chunk, () => resolve())));
    turn = turn.then(() => {
      leftovers._chunk = leftovers._chunkcb = leftovers._chunkErr = leftovers._chunkcbErr = undefined;
    });
    return turn;
  };
  return async (from, to) => {
    for await (const chunk of from) await write(to, chunk as Buffer);
  };
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: nobody is left. macOS says EPERM for a group of zombies.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}
