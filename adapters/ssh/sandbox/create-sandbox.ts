import { mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { HostEntry } from '#domain/host.ts';
import type { HostInventory } from '#ports/host-inventory.ts';
import type { Logger } from '#ports/logger.ts';
import { formatHostKey } from '../host-key.ts';
import { installPrograms, systemPath } from './install-programs.ts';
import { type SandboxKeys, sandboxKeys } from './sandbox-keys.ts';
import { startSandboxServer } from './sandbox-server.ts';
import { seedScratch } from './seed-scratch.ts';

export interface SandboxOptions {
  /** Keeps keys, port, programs and the scratch folder. */
  readonly directory: string;
  readonly logger?: Logger;
  /** The wall clock that the seeded logs are written by. */
  readonly now?: () => Date;
}

/** The demo host and, as an inventory, the source of its one entry. */
export interface Sandbox extends HostInventory {
  readonly host: HostEntry;
  /** Where its commands run; all of the host's state. */
  readonly scratch: string;
  /** Ends running commands and puts the bad state back: the log volume full, nginx failed. */
  reset(): Promise<void>;
  /** Ends the server and every command it runs; the folder stays. */
  close(): Promise<void>;
}

/**
 * Starts the demo host `demo-web-01`: an SSH server on 127.0.0.1 that runs real `/bin/sh` commands as the current
 * user. Host key, client key and (where it is still free) port survive a restart; the bad state comes anew.
 */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const now = options.now ?? (() => new Date());
  await mkdir(options.directory, { recursive: true, mode: 0o700 });
  const directory = await realpath(options.directory);
  const scratch = join(directory, 'host');
  const keys = await sandboxKeys(join(directory, 'keys'));
  const bin = await installPrograms(directory);
  // One after the other: two resets at a time would remove each other's files.
  let seeding = seedScratch(scratch, now());
  await seeding;
  const server = await startSandboxServer({
    hostKey: await readFile(keys.hostKeyPath),
    clientKey: keys.clientKey,
    user: userInfo().username,
    port: await lastPort(directory),
    place: { cwd: scratch, environment: environmentOf(bin, scratch) },
  });
  await writeFile(join(directory, 'port'), `${server.port}\n`);
  const host = describeHost(server.port, keys, scratch);
  options.logger?.info({ host: host.name, port: host.port, scratch }, 'sandbox host is up');
  return {
    host,
    scratch,
    load: async () => [host],
    reset: () => {
      const before = seeding.catch(() => undefined);
      seeding = before.then(async () => {
        server.killCommands();
        await seedScratch(scratch, now());
      });
      return seeding;
    },
    close: server.close,
  };
}

/** Nothing of the bot's own environment, which may hold secrets. */
function environmentOf(bin: string, scratch: string): Readonly<Record<string, string>> {
  return {
    PATH: `${bin}:${systemPath}`,
    HOME: scratch,
    LANG: 'C.UTF-8',
    RECOURSE_SANDBOX_STATE: scratch,
  };
}

/** An approval is bound to the port as well: keeping it lets one that waits survive a restart. */
async function lastPort(directory: string): Promise<number> {
  const text = await readFile(join(directory, 'port'), 'utf8').catch(() => '0');
  const port = Number(text.trim());
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

function describeHost(port: number, keys: SandboxKeys, scratch: string): HostEntry {
  return {
    name: 'demo-web-01',
    address: '127.0.0.1',
    port,
    user: userInfo().username,
    login: { kind: 'key-file', path: keys.clientKeyPath },
    hostKey: formatHostKey(keys.hostKey.getPublicSSH()),
    jump: null,
    context: {
      os: 'linux',
      application: 'nginx',
      environment: ['demo'],
      service: 'web',
      hostGroup: 'web',
    },
    tags: ['sandbox'],
    // 50M is the smallest that the runbook offers, and the only one below what the small journal takes.
    parameters: { path: join(scratch, 'var', 'log'), keep: '50M' },
  };
}
