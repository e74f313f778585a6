import { setTimeout as delay } from 'node:timers/promises';
import type { Client, ClientChannel } from 'ssh2';
import { Fault } from '#domain/fault.ts';
import { bootstrap } from './start-script.ts';

/** A host with a low MaxSessions frees a place only some moments after a channel was closed. */
const openTries = 5;
const openPauseMs = 100;

/**
 * A channel whose remote side waits for a script on standard input. Until `end(script)` nothing runs, so a Fault
 * from here means that nothing was sent.
 */
export async function openChannel(client: Client): Promise<ClientChannel> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await requestExec(client);
    } catch (error) {
      if (attempt === openTries || !isOpenFailure(error)) throw noChannel(error);
      await delay(openPauseMs);
    }
  }
}

function requestExec(client: Client): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    // Throws, and so rejects, when the connection is gone already.
    client.exec(bootstrap, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}

/** The host answered that it opens no channel; RFC 4254 §5.1 gives the refusal a number. */
const isOpenFailure = (error: unknown): boolean =>
  error instanceof Error && 'reason' in error && typeof error.reason === 'number';

function noChannel(cause: unknown): Fault {
  return new Fault(
    'unavailable',
    'ssh-channel',
    `The host did not open a channel: ${cause instanceof Error ? cause.message : String(cause)}`,
    'Nothing was sent. Connect again; if it stays so, look at MaxSessions in the sshd configuration.',
    cause,
  );
}

/** Enough for a probe or a kill; a host that answers with more is not answering them. */
const maxAnswer = 64 * 1024;

/** Runs a short script of ours and returns what it printed; on time-out or a broken connection what came so far. */
export async function askHost(client: Client, script: string, timeoutMs: number): Promise<string> {
  const limit = AbortSignal.timeout(timeoutMs);
  const channel = await withLimit(openChannel(client), limit);
  if (channel === undefined) return '';
  let answer = '';
  const collect = (chunk: Buffer): void => {
    if (answer.length < maxAnswer) answer += chunk.toString();
  };
  channel.on('data', collect);
  channel.stderr.on('data', collect);
  channel.on('error', () => undefined);
  channel.end(script);
  await withLimit(new Promise((resolve) => channel.once('close', resolve)), limit);
  channel.close();
  return answer;
}

/** True when the host answers at all within the time, be it by a refusal. */
export async function givesSignOfLife(client: Client, timeoutMs: number): Promise<boolean> {
  const answer = requestExec(client).then(
    (channel) => {
      channel.on('error', () => undefined);
      channel.close();
      return true;
    },
    (error: unknown) => isOpenFailure(error),
  );
  return (await withLimit(answer, AbortSignal.timeout(timeoutMs))) ?? false;
}

async function withLimit<T>(work: Promise<T>, limit: AbortSignal): Promise<T | undefined> {
  let stop = (): void => undefined;
  const expired = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    limit.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, expired]);
  } finally {
    limit.removeEventListener('abort', stop);
  }
}
