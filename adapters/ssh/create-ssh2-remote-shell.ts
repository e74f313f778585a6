import { Fault } from '#domain/fault.ts';
import type { Host } from '#domain/host.ts';
import type { Redact } from '#domain/redaction/redact.ts';
import type { LoadCredential } from '#ports/credential-provider.ts';
import type { HostRefusal, RemoteSession, RemoteShell } from '#ports/remote-shell.ts';
import { endAttempt } from './end-attempt.ts';
import { inquireAttempt } from './inquire-attempt.ts';
import { type Hop, type HopOptions, leaseHop, type OpenHop } from './open-hop.ts';
import { createPool, type Lease } from './pool.ts';
import { readLogin } from './read-login.ts';
import { cancelledBeforeLogin, jumpFailed, loginFailed, unreachableHost } from './refusal.ts';
import { type Connection, runCommand } from './run-command.ts';

export interface Ssh2RemoteShellOptions {
  /** For each hop: from the first packet to the login, default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Between two signs of life; three without an answer break the connection. Default 5 s. */
  readonly keepaliveMs?: number;
  /** How long a connection that nobody uses waits for the next step, default 10 min: as long as most approvals take. */
  readonly idleMs?: number;
  /** How many commands run on one host at a time, default 4 (an OpenSSH server takes 10 with its first settings). */
  readonly commandsAtOnce?: number;
  /** Reads what a host names as `credential`; by default there is nobody to ask. */
  readonly loadCredential?: LoadCredential;
  /** Redacts both ends of output that is cut at its bound; without it they come as they are. */
  readonly redact?: Redact;
}

/** A certificate may expire, and a key may be revoked, while a connection is in use. */
const maxAgeMs = 30 * 60_000;
const maxIdle = 64;

/**
 * RemoteShell over ssh2. Sessions with one host share a connection (and those behind one jump host the one to it);
 * commands run side by side up to a bound. A connection serves again only for the same host of the same workspace,
 * login, pinned key and way. The remote login shell may be any that knows `exec` and single quotes; commands are read
 * by `/bin/sh`.
 */
export function createSsh2RemoteShell(options: Ssh2RemoteShellOptions = {}): RemoteShell {
  const {
    connectTimeoutMs = 10_000,
    keepaliveMs = 5_000,
    idleMs = 10 * 60_000,
    commandsAtOnce = 4,
  } = options;
  const { loadCredential = nobodyKeeps, redact } = options;
  const pool = createPool<OpenHop>({ idleMs, trustedMs: keepaliveMs, maxAgeMs, maxIdle });
  return {
    connect: async (host, jumps, signal) => {
      const hops = await readHops(host, jumps, (one) => readLogin(one, loadCredential, signal));
      if ('kind' in hops) return hops;
      const settings = { pool, connectTimeoutMs, keepaliveMs, commandsAtOnce, signal };
      const lease = await leaseUnlessCancelled(host, hops, settings);
      return lease.kind === 'refused' ? lease : openSession(host, lease, redact, signal);
    },
    close: () => pool.close(),
  };
}

const nobodyKeeps: LoadCredential = async () => {
  throw new Fault(
    'configuration',
    'no-credentials',
    'Nobody keeps credentials here.',
    'Name a key or an agent in hosts.yaml.',
  );
};

async function readHops(
  host: Host,
  jumps: readonly Host[],
  read: (host: Host) => ReturnType<typeof readLogin>,
): Promise<readonly Hop[] | HostRefusal> {
  const hops: Hop[] = [];
  for (const one of [...jumps, host]) {
    const login = await read(one);
    if (login.kind === 'refused') return one === host ? login : jumpFailed(host, one, login);
    hops.push({ host: one, login });
  }
  return hops;
}

/** The opening that it waits for may be another's: it goes on, and its lease is given back when it comes. */
async function leaseUnlessCancelled(
  host: Host,
  hops: readonly Hop[],
  settings: HopOptions,
): Promise<Lease<OpenHop> | HostRefusal> {
  const { signal } = settings;
  if (signal.aborted) return cancelledBeforeLogin(host);
  let cancel = (): void => undefined;
  const cancelled = new Promise<HostRefusal>((resolve) => {
    cancel = () => resolve(cancelledBeforeLogin(host));
    signal.addEventListener('abort', cancel, { once: true });
  });
  const leasing = leaseHop(hops, settings);
  const first = await Promise.race([leasing, cancelled]);
  signal.removeEventListener('abort', cancel);
  if (signal.aborted) void leasing.then((late) => (late.kind === 'leased' ? late.release() : undefined));
  return signal.aborted ? cancelledBeforeLogin(host) : first;
}

type Connected = { readonly kind: 'connected'; readonly session: RemoteSession } | HostRefusal;

async function openSession(
  host: Host,
  lease: Lease<OpenHop>,
  redact: Redact | undefined,
  signal: AbortSignal,
): Promise<Connected> {
  const { client, brokenBy, probe, slots } = lease.value;
  const probed = await probe();
  if (probed.kind === 'no-shell' || signal.aborted) {
    await lease.release();
    if (signal.aborted) return cancelledBeforeLogin(host);
    return refusalWithoutShell(host, probed.kind === 'no-shell' ? probed.said : '', brokenBy());
  }
  const connection = { hostName: host.name, client, places: probed.places, brokenBy, slots, redact };
  return { kind: 'connected', session: createSession(connection, lease) };
}

function createSession(connection: Connection, lease: Lease<OpenHop>): RemoteSession {
  const { setsid, timeout, records } = connection.places;
  return {
    abilities: {
      setsid: setsid !== undefined,
      timeout: timeout !== undefined,
      records: records !== undefined,
    },
    run: (command, onOutput, signal) => runCommand(connection, command, onOutput, signal),
    inquire: (attempt, ageMs) => inquireAttempt(connection, attempt, ageMs),
    end: (attempt, ageMs) => endAttempt(connection, attempt, ageMs),
    close: () => lease.release(),
  };
}

function refusalWithoutShell(host: Host, said: string, brokenBy: string | undefined): HostRefusal {
  if (brokenBy !== undefined) return unreachableHost(host, brokenBy);
  return loginFailed(host, `the account runs no commands${said === '' ? '' : ` (it says: ${said})`}`);
}
