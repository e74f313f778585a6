import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { Fault } from '#domain/fault.ts';
import type { RemoteCommand, RemoteResult } from '#ports/remote-shell.ts';
import { type CollectedOutput, collectOutput } from './collect-output.ts';
import { openChannel } from './open-channel.ts';
import { type HostPrograms, startScript } from './scripts.ts';
import { stopGroup } from './stop-group.ts';
import { type StopReason, waitForStop } from './wait-for-stop.ts';
import { type ChannelEnd, watchChannel } from './watch-channel.ts';

export interface Connection {
  readonly hostName: string;
  readonly client: Client;
  readonly programs: HostPrograms;
  /** What broke the connection, once it is broken. */
  readonly brokenBy: () => string | undefined;
}

/** How much later than Recourse the host's own `timeout` acts: it is there for a broken connection only. */
const remoteGraceSeconds = 6;
/** How long to wait for the group id of a command that was sent a moment ago, and for its last words. */
const groupMs = 2_000;
const lastWordsMs = 500;

type Ending =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'killed'; readonly signal: string }
  | { readonly kind: StopReason; readonly confirmed: boolean }
  | { readonly kind: 'lost'; readonly message: string };

interface Running {
  readonly channel: ClientChannel;
  readonly output: CollectedOutput;
  readonly ended: Promise<ChannelEnd>;
  readonly stopped: Promise<StopReason>;
}

/**
 *     opened ── script sent ── running ──┬── exit seen ───────────── exited | killed
 *        │                               ├── time-out or abort ──── group killed ── timed-out | cancelled
 *        └── Fault: nothing was sent     └── channel gone, no exit ─ lost
 */
export async function runCommand(
  connection: Connection,
  command: RemoteCommand,
  onOutput: (text: string) => void,
  signal: AbortSignal,
): Promise<RemoteResult> {
  const started = performance.now();
  const token = randomBytes(16).toString('hex');
  const script = scriptFor(connection, command, token);
  const channel = await openChannel(connection.client);
  const output = collectOutput(channel, token, onOutput);
  const ended = watchChannel(channel);
  const stop = waitForStop(command.timeoutMs, signal);
  try {
    const ending = signal.aborted
      ? ({ kind: 'cancelled', confirmed: true } as const)
      : await sendAndWait(connection, script, { channel, output, ended, stopped: stop.stopped });
    return { ...ending, ...output.finish(), durationMs: performance.now() - started };
  } finally {
    stop.dispose();
    channel.close();
  }
}

async function sendAndWait(connection: Connection, script: string, running: Running): Promise<Ending> {
  running.channel.end(script);
  const first = await Promise.race([running.ended, running.stopped]);
  if (typeof first === 'string') return { kind: first, confirmed: await stopRunning(connection, running) };
  if (first.kind !== 'vanished') return first;
  const why = connection.brokenBy() ?? 'the host closed the channel without saying how the command ended';
  return {
    kind: 'lost',
    message: `Contact with ${connection.hostName} was lost after the command was sent (${why}); whether it ran to its end is unknown`,
  };
}

async function stopRunning(connection: Connection, { output, ended }: Running): Promise<boolean> {
  const group = await firstOf(output.group, groupMs);
  if (group === undefined) return false;
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

function scriptFor(connection: Connection, command: RemoteCommand, token: string): string {
  const wrong = Object.keys(command.environment).find((name) => !/^[A-Z_][A-Z0-9_]*$/.test(name));
  if (wrong !== undefined) refuse(`${JSON.stringify(wrong)} cannot be the name of an environment variable`);
  if ([command.command, ...Object.values(command.environment)].some((text) => text.includes('\0'))) {
    refuse('A command or environment value holds a NUL character, which no shell can take');
  }
  return startScript({
    token,
    command: command.command,
    environment: command.environment,
    remoteLimitSeconds: Math.ceil(command.timeoutMs / 1000) + remoteGraceSeconds,
    programs: connection.programs,
  });
}

function refuse(message: string): never {
  throw new Fault('rejected', 'ssh-command', message, 'Nothing was sent. Change the step.');
}
