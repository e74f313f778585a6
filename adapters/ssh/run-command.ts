import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { Fault } from '#domain/fault.ts';
import type { Redact } from '#domain/redaction/redact.ts';
import type { RemoteCommand, RemoteResult } from '#ports/remote-shell.ts';
import { type CollectedOutput, collectOutput } from './collect-output.ts';
import { commandScript, refuseUnlessStarted } from './command-script.ts';
import { openChannel } from './open-channel.ts';
import type { Slots } from './slots.ts';
import type { HostPlaces } from './start-script.ts';
import { isGroupGone, stopGroup } from './stop-group.ts';
import { type StopReason, waitForStop } from './wait-for-stop.ts';
import { type ChannelEnd, watchChannel } from './watch-channel.ts';

export interface Connection {
  readonly hostName: string;
  readonly client: Client;
  readonly places: HostPlaces;
  /** What broke the connection, once it is broken. */
  readonly brokenBy: () => string | undefined;
  readonly slots: Slots;
  readonly redact: Redact | undefined;
}

/** How long to wait for the group id of a command that was sent a moment ago, and for its last words. */
const groupMs = 2_000;
const lastWordsMs = 500;

type Ending =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string; readonly confirmed: boolean }
  | { readonly kind: StopReason; readonly confirmed: boolean }
  | { readonly kind: 'lost'; readonly message: string };

interface Running {
  readonly channel: ClientChannel;
  readonly output: CollectedOutput;
  readonly ended: Promise<ChannelEnd>;
  readonly stopped: Promise<StopReason>;
}

/** Waits for its turn on the host, then runs the command; the time-out begins when it is sent. */
export async function runCommand(
  connection: Connection,
  command: RemoteCommand,
  onOutput: (text: string) => void,
  signal: AbortSignal,
): Promise<RemoteResult> {
  const token = randomBytes(16).toString('hex');
  const script = commandScript(connection, command, token);
  const giveBack = await connection.slots.take(signal);
  try {
    const { timeoutMs, input, mayBegin } = command;
    const sent = { script, token, timeoutMs, input: input?.text, mayBegin };
    return await runScript(connection, sent, onOutput, signal);
  } finally {
    giveBack();
  }
}

interface Script {
  readonly script: string;
  readonly token: string;
  readonly timeoutMs: number;
  /** What the command reads once it runs. */
  readonly input: string | undefined;
  readonly mayBegin: RemoteCommand['mayBegin'];
}

/**
 *     opened ── script sent ── running ──┬── exit seen ───────────── exited | killed
 *        │                               ├── time-out or abort ──── group killed ── timed-out | cancelled
 *        └── Fault: nothing was sent     ├── channel gone, no exit ─ lost
 *                                        └── host began nothing ──── Fault
 */
async function runScript(
  connection: Connection,
  { token, timeoutMs, mayBegin, ...sent }: Script,
  onOutput: (text: string) => void,
  signal: AbortSignal,
): Promise<RemoteResult> {
  const started = performance.now();
  const channel = await openChannel(connection.client);
  await refuseUnlessWanted(channel, mayBegin);
  const output = collectOutput(channel, token, onOutput, connection.redact);
  const ended = watchChannel(channel);
  const stop = waitForStop(timeoutMs, signal);
  try {
    const ending = signal.aborted
      ? ({ kind: 'cancelled', confirmed: true } as const)
      : await sendAndWait(connection, sent, { channel, output, ended, stopped: stop.stopped });
    if (ending.kind === 'exited') refuseUnlessStarted(await firstOf(output.marker, 0));
    return { ...ending, ...output.finish(), durationMs: performance.now() - started };
  } finally {
    stop.dispose();
    channel.close();
  }
}

/** An open channel has cost the host nothing yet: it waits for a script. */
async function refuseUnlessWanted(channel: ClientChannel, mayBegin: Script['mayBegin']): Promise<void> {
  let isWanted = false;
  try {
    isWanted = mayBegin === undefined || (await mayBegin());
  } finally {
    if (!isWanted) channel.close();
  }
  if (isWanted) return;
  throw new Fault(
    'rejected',
    'ssh-unwanted',
    'When its turn on the host came, it was not to be sent any more',
    'See what became of it before you propose it again.',
  );
}

async function sendAndWait(
  connection: Connection,
  sent: Pick<Script, 'script' | 'input'>,
  running: Running,
): Promise<Ending> {
  send(running, sent);
  const first = await Promise.race([running.ended, running.stopped]);
  if (typeof first === 'string') return { kind: first, confirmed: await stopRunning(connection, running) };
  // Its leader may have been ended alone, and others of the group work on without anybody who watches their time.
  if (first.kind === 'killed') return { ...first, confirmed: await isRestGone(connection, running) };
  if (first.kind !== 'vanished') return first;
  const why = connection.brokenBy() ?? 'the host closed the channel without saying how the command ended';
  return {
    kind: 'lost',
    message: `Contact with ${connection.hostName} was lost after the command was sent (${why}); whether it ran to its end is unknown`,
  };
}

/** What the command reads follows when the script runs, and not at all when the host began nothing. */
function send({ channel, output }: Running, { script, input }: Pick<Script, 'script' | 'input'>): void {
  if (input === undefined) {
    channel.end(script);
    return;
  }
  channel.write(script);
  void output.marker.then((word) => channel.end(/^\d+$/.test(word) ? input : ''));
}

async function isRestGone(connection: Connection, { output }: Running): Promise<boolean> {
  const group = Number(await firstOf(output.marker, 0));
  return Number.isInteger(group) && isGroupGone(connection.client, group);
}

async function stopRunning(connection: Connection, { output, ended }: Running): Promise<boolean> {
  const group = Number(await firstOf(output.marker, groupMs));
  if (!Number.isInteger(group)) return false;
  const confirmed = await stopGroup(connection.client, group);
  await firstOf(ended, lastWordsMs);
  return confirmed;
}

async function firstOf<T>(work: Promise<T>, limitMs: number): Promise<T | undefined> {
  const over = new AbortController();
  try {
    return await Promise.race([work, delay(limitMs, undefined, { signal: over.signal })]);
  } finally {
    over.abort();
  }
}
