import type { HostEntry } from '#domain/host.ts';
import { type CommandContext, type CommandIo, exitCodes, type ScannedHostKey } from './command.ts';
import { printable } from './printable.ts';

/** Lists the inventory, a host a line. */
export async function listHosts(context: CommandContext, io: CommandIo): Promise<number> {
  const hosts = await context.hosts();
  if (hosts.length === 0) io.out('There are no hosts. docs/hosts.md shows how to write hosts.yaml.\n');
  const width = Math.max(0, ...hosts.map(({ name }) => name.length));
  for (const host of hosts) io.out(`${printable(describe(host, width))}\n`);
  return exitCodes.done;
}

function describe({ name, user, address, port, jump, hostKey, tags }: HostEntry, width: number): string {
  const way = `${user}@${address}:${port}${jump === null ? '' : ` through ${jump}`}`;
  const key = hostKey === null ? `no host key pinned (hosts pin ${name})` : describeTrust(hostKey);
  return [name.padEnd(width), way, key, ...(tags.length > 0 ? [tags.join(', ')] : [])].join('  ');
}

/** Lines with a marker name authorities and revoked keys; one without is the pinned key. */
function describeTrust(hostKey: string): string {
  return hostKey.split('\n').some((line) => !line.startsWith('@'))
    ? 'host key pinned'
    : 'known by certificate';
}

export interface PinOptions {
  readonly yes?: boolean;
  /** Pins only a key with this fingerprint: the key is asked for anew, and another may answer the second time. */
  readonly fingerprint?: string;
}

/** Shows the key of a host, and pins it when told to. */
export async function pinHost(
  context: CommandContext,
  io: CommandIo,
  name: string,
  { yes, fingerprint }: PinOptions,
): Promise<number> {
  const scanned = await context.scanHostKey(name);
  const type = scanned.hostKey.split(' ')[0];
  io.out(`${name} answers with the ${type} key ${scanned.fingerprint}\n`);
  if (scanned.pinned === scanned.hostKey) {
    io.out('This key is pinned already.\n');
    return exitCodes.done;
  }
  if (scanned.pinned !== null) io.out('ANOTHER KEY IS PINNED. Unless you changed the host, stop here.\n');
  if (fingerprint !== undefined && fingerprint !== scanned.fingerprint) {
    io.err(`error: this is not ${fingerprint}; nothing was pinned\n`);
    return exitCodes.failed;
  }
  if (!yes && fingerprint === undefined) return explain(io, name, scanned);
  await context.pinHostKey(name, scanned.hostKey);
  io.out('Pinned.\n');
  return exitCodes.done;
}

function explain(io: CommandIo, name: string, { fingerprint }: ScannedHostKey): number {
  io.out(`Compare it with what the host itself says, on its console:
  ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub
If it is the same, pin it:
  npm run -s recourse -- hosts pin ${name} --fingerprint ${fingerprint}
`);
  return exitCodes.failed;
}
