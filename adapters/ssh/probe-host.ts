import { randomBytes } from 'node:crypto';
import type { Client } from 'ssh2';
import { askHost } from './open-channel.ts';
import { probeScript } from './probe-script.ts';
import type { HostPlaces } from './start-script.ts';

export type Probe =
  | { readonly kind: 'probed'; readonly places: HostPlaces }
  /** The account logs in but runs no commands (nologin, a forced command); `said` is what it printed. */
  | { readonly kind: 'no-shell'; readonly said: string };

/** Asks a host where it keeps what safe execution needs. */
export async function probeHost(client: Client, timeoutMs: number): Promise<Probe> {
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
    places: {
      setsid: absolute(paths.get('setsid')),
      timeout: absolute(paths.get('timeout')),
      records: absolute(paths.get('records')),
    },
  };
}

/** A relative path would mean another program in another directory. */
const absolute = (path: string | undefined): string | undefined => (path?.startsWith('/') ? path : undefined);
