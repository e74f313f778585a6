import { randomBytes } from 'node:crypto';
import type { Client } from 'ssh2';
import { askHost } from './open-channel.ts';
import { type HostPrograms, probeScript } from './scripts.ts';

export type Probe =
  | { readonly kind: 'probed'; readonly programs: HostPrograms }
  /** The account logs in but runs no commands (nologin, a forced command); `said` is what it printed. */
  | { readonly kind: 'no-shell'; readonly said: string };

/** Asks a host which of the programs for safe execution it has. */
export async function probePrograms(client: Client, timeoutMs: number): Promise<Probe> {
  const token = randomBytes(16).toString('hex');
  const answer = await askHost(client, probeScript(token), timeoutMs);
  const paths = new Map(
    answer
      .split('\n')
      .filter((line) => line.startsWith(token))
      .map((line) => line.split(' '))
      .map(([, name, ...path]) => [name, path.join(' ')] as const),
  );
  if (paths.size === 0) return { kind: 'no-shell', said: answer.trim().slice(0, 200) };
  return {
    kind: 'probed',
    programs: { setsid: absolute(paths.get('setsid')), timeout: absolute(paths.get('timeout')) },
  };
}

/** A relative path would mean another program in another directory. */
const absolute = (path: string | undefined): string | undefined => (path?.startsWith('/') ? path : undefined);
