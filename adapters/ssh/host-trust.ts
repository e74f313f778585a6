import { type PinnedKey, readPinnedKey } from './host-key.ts';

/** What a host's key is judged by: the pinned key, or else authorities; `revoked` keys and authorities never count. */
export interface HostTrust {
  readonly pin: PinnedKey | undefined;
  readonly authorities: readonly Buffer[];
  readonly revoked: readonly Buffer[];
}

const marked = { '@cert-authority': 'authorities', '@revoked': 'revoked' } as const;

/**
 * Reads the lines of `Host.hostKey`: `TYPE KEY` pins, `@cert-authority TYPE KEY` and `@revoked TYPE KEY` are as in a
 * known_hosts file without the names. A line that cannot be read trusts nobody; one that should revoke is refused
 * by making nothing trusted at all.
 */
export function readTrust(text: string | null): HostTrust {
  const trust = { authorities: [] as Buffer[], revoked: [] as Buffer[] };
  let pin: PinnedKey | undefined;
  for (const line of (text ?? '').split('\n')) {
    const [marker = '', rest = ''] = line.startsWith('@') ? splitOnce(line) : ['', line];
    const key = readPinnedKey(rest);
    if (marker === '') pin ??= key;
    else if (key !== undefined && marker in marked)
      trust[marked[marker as keyof typeof marked]].push(key.blob);
    else return { pin: undefined, authorities: [], revoked: [] };
  }
  return { pin, ...trust };
}

function splitOnce(line: string): readonly [string, string] {
  const space = line.indexOf(' ');
  return space === -1 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)];
}

export function isRevoked({ revoked }: HostTrust, key: Buffer): boolean {
  return revoked.some((one) => one.equals(key));
}
