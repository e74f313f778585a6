import { once } from 'node:events';
import type { Client, ClientChannel } from 'ssh2';
import { Fault } from '#domain/fault.ts';
import { bootstrap } from './scripts.ts';

/**
 * A channel whose remote side waits for a script on standard input. Until `end(script)` nothing runs, so a Fault
 * from here means that nothing was sent.
 */
export function openChannel(client: Client): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: unknown): void =>
      reject(
        new Fault(
          'unavailable',
          'ssh-channel',
          `The host did not open a channel: ${cause instanceof Error ? cause.message : String(cause)}`,
          'Nothing was sent. Connect again; if it stays so, look at MaxSessions in the sshd configuration.',
          cause,
        ),
      );
    try {
      client.exec(bootstrap, (error, channel) => (error ? refuse(error) : resolve(channel)));
    } catch (error) {
      refuse(error); // ssh2 throws at once on a connection that is gone
    }
  });
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
  await withLimit(once(channel, 'close'), limit);
  channel.close();
  return answer;
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
