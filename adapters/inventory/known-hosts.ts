import { isPublicKey } from './host-schema.ts';

/** A marked line of a known_hosts file (sshd(8)): an authority that is trusted, or a key that is not any more. */
export interface KnownHostsLine {
  readonly marker: '@cert-authority' | '@revoked';
  /** Patterns of names and addresses; `!` before one excludes. */
  readonly patterns: readonly string[];
  /** `TYPE KEY`. */
  readonly key: string;
}

/** Reads one line; a text says what is wrong with it, to complete the sentence "known_hosts.0 …". */
export function readKnownHostsLine(line: string): KnownHostsLine | string {
  const [marker = '', patterns = '', type = '', key = ''] = line.trim().split(/\s+/);
  if (marker !== '@cert-authority' && marker !== '@revoked')
    return 'must begin with @cert-authority or @revoked; a key without a marker belongs to its host, as host_key';
  if (patterns.startsWith('|')) return 'has a hashed name, which cannot be compared; write the name itself';
  if (!isPublicKey(`${type} ${key}`))
    return `must be \`${marker} PATTERNS TYPE KEY\`, as in a known_hosts file of OpenSSH`;
  return { marker, patterns: patterns.toLowerCase().split(','), key: `${type} ${key}` };
}

interface Reached {
  readonly address: string;
  readonly port: number;
  readonly hostKey: string | null;
}

/**
 * What a host is trusted by: its own pinned key, then the lines that are for it, without their patterns. Null when
 * neither a key nor an authority is among them.
 */
export function trustOf(host: Reached, lines: readonly KnownHostsLine[]): string | null {
  const mine = lines.filter((line) => isFor(line, host));
  if (host.hostKey === null && !mine.some(({ marker }) => marker === '@cert-authority')) return null;
  const pinned = host.hostKey === null ? [] : [host.hostKey];
  return [...pinned, ...mine.map(({ marker, key }) => `${marker} ${key}`)].join('\n');
}

/** As OpenSSH has it: a port other than 22 must be part of the pattern, as in `[web-01]:2222`, unless it is `*`. */
function isFor({ patterns }: KnownHostsLine, { address, port }: Reached): boolean {
  const name = port === 22 ? address.toLowerCase() : `[${address.toLowerCase()}]:${port}`;
  const matches = (pattern: string): boolean => expressionOf(pattern).test(name);
  if (patterns.some((pattern) => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && matches(pattern));
}

function expressionOf(pattern: string): RegExp {
  const literal = pattern.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // Runs of stars say no more than one, and would make the comparison slow.
  return new RegExp(`^${literal.replaceAll(/(?:\\\*)+/g, '.*').replaceAll('\\?', '.')}$`, 's');
}
