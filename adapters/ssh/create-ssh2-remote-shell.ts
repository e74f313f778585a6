import type { Client } from 'ssh2';
import type { Host } from '#domain/host.ts';
import type { HostRefusal, RemoteSession, RemoteShell } from '#ports/remote-shell.ts';
import { openRoute, type Route } from './open-route.ts';
import { type Probe, probePrograms } from './probe-programs.ts';
import { cancelledBeforeLogin, loginFailed, unreachableHost } from './refusal.ts';
import { type Connection, runCommand } from './run-command.ts';

export interface Ssh2RemoteShellOptions {
  /** For each hop: from the first packet to the login, default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Between two signs of life; three without an answer break the connection. Default 5 s. */
  readonly keepaliveMs?: number;
}

/**
 * RemoteShell over ssh2. A session is one connection (and one a jump host); commands in it may run side by side.
 * The remote login shell may be any that knows `exec` and single quotes; commands are read by `/bin/sh`.
 * `run` throws a Fault only when nothing was sent.
 */
export function createSsh2RemoteShell(options: Ssh2RemoteShellOptions = {}): RemoteShell {
  const { connectTimeoutMs = 10_000, keepaliveMs = 5_000 } = options;
  return {
    connect: async (host, jumps, signal) => {
      const route = await openRoute(host, jumps, { connectTimeoutMs, keepaliveMs, signal });
      if (route.kind === 'refused') return route;
      // From here on: what breaks while the host is probed must be known to `run`.
      const brokenBy = rememberBreak(route.client);
      const probe = await probeOrBreak(route.client, connectTimeoutMs);
      if (signal.aborted) return leave(route, cancelledBeforeLogin(host));
      if (probe.kind === 'no-shell') return leave(route, refusalWithoutShell(host, probe.said, brokenBy()));
      const connection = { hostName: host.name, client: route.client, programs: probe.programs, brokenBy };
      return { kind: 'connected', session: createSession(connection, route) };
    },
  };
}

type OpenRoute = Exclude<Route, HostRefusal>;

function createSession(connection: Connection, route: OpenRoute): RemoteSession {
  const { setsid, timeout } = connection.programs;
  return {
    abilities: { setsid: setsid !== undefined, timeout: timeout !== undefined },
    run: (command, onOutput, signal) => runCommand(connection, command, onOutput, signal),
    close: () => closeRoute(route),
  };
}

function rememberBreak(client: Client): () => string | undefined {
  let reason: string | undefined;
  client.on('error', (error) => {
    reason ??= error.message;
  });
  client.once('close', () => {
    reason ??= 'the connection was closed';
  });
  return () => reason;
}

async function probeOrBreak(client: Client, timeoutMs: number): Promise<Probe> {
  try {
    return await probePrograms(client, timeoutMs);
  } catch {
    return { kind: 'no-shell', said: '' };
  }
}

function refusalWithoutShell(host: Host, said: string, brokenBy: string | undefined): HostRefusal {
  if (brokenBy !== undefined) return unreachableHost(host, brokenBy);
  return loginFailed(host, `the account runs no commands${said === '' ? '' : ` (it says: ${said})`}`);
}

async function leave(route: OpenRoute, refusal: HostRefusal): Promise<HostRefusal> {
  await closeRoute(route);
  return refusal;
}

/** Innermost first; a peer that does not answer the farewell is cut off after a second. */
async function closeRoute(route: OpenRoute): Promise<void> {
  for (const link of [...route.links].reverse()) {
    const cut = setTimeout(() => link.client.destroy(), 1_000);
    link.client.end();
    await link.closed;
    clearTimeout(cut);
  }
}
