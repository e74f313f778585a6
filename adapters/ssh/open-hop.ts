import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { givesSignOfLife } from './open-channel.ts';
import { type Link, type OpenOptions, openConnection } from './open-connection.ts';
import type { Lease, Opening, Pool, Pooled } from './pool.ts';
import { type Probe, probeHost } from './probe-host.ts';
import type { LoginMethod } from './read-login.ts';
import { cancelledBeforeLogin, jumpFailed, unreachableHost } from './refusal.ts';
import { createSlots, type Slots } from './slots.ts';

/** One host of a way, with how to log in to it. */
export interface Hop {
  readonly host: Host;
  readonly login: LoginMethod;
}

/** A connection after its login, for all who go to this host or through it. */
export interface OpenHop extends Pooled {
  readonly client: Client;
  /** What the host has; asked once. */
  readonly probe: () => Promise<Probe>;
  /** Places for commands that run at a time. */
  readonly slots: Slots;
}

export interface HopOptions extends Omit<OpenOptions, 'dial'> {
  readonly pool: Pool<OpenHop>;
  readonly commandsAtOnce: number;
}

const signOfLifeMs = 2_000;

/** A lease of the connection to the last of `hops`, through those before it, each of them leased in turn. */
export function leaseHop(hops: readonly Hop[], options: HopOptions): Promise<Lease<OpenHop> | HostRefusal> {
  return options.pool.lease(hopKey(hops), openHop(hops, options));
}

/** Names everything that must be the same for a connection to serve again: host (of one workspace), login, pin, way. */
function hopKey(hops: readonly Hop[]): string {
  return JSON.stringify(
    hops.map(({ host, login }) => [
      host.id,
      host.address,
      host.port,
      host.user,
      host.hostKey,
      login.identity,
    ]),
  );
}

function openHop(hops: readonly Hop[], options: HopOptions): Opening<OpenHop> {
  return async () => {
    const last = hops.at(-1);
    if (last === undefined) throw new RangeError('a way has at least one hop');
    const before = hops.slice(0, -1);
    const way = before.length === 0 ? undefined : await leaseHop(before, options);
    if (way?.kind === 'refused') return jumpFailed(last.host, hops.at(-2)?.host ?? last.host, way);
    const dial = () => dialThrough(way, hops, options);
    const opened = await openConnection(last.host, last.login, { ...options, dial });
    if (opened.kind === 'connected') return { kind: 'opened', value: toHop(opened.link, way, options) };
    await way?.release();
    return opened;
  };
}

function toHop(link: Link, way: Lease<OpenHop> | undefined, options: HopOptions): OpenHop {
  const { client } = link;
  return {
    client,
    brokenBy: rememberBreak(client),
    probe: onceAnswered(() => probeHost(client, options.connectTimeoutMs)),
    slots: createSlots(options.commandsAtOnce),
    check: () => givesSignOfLife(client, signOfLifeMs),
    close: async () => {
      await closeLink(link);
      await way?.release();
    },
  };
}

/** A host that did not answer is asked again the next time. */
function onceAnswered(ask: () => Promise<Probe>): () => Promise<Probe> {
  let probe: Promise<Probe> | undefined;
  return async () => {
    probe ??= ask().catch(() => ({ kind: 'no-shell', said: '' }));
    const answer = await probe;
    if (answer.kind === 'no-shell') probe = undefined;
    return answer;
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

/** A peer that does not answer the farewell is cut off after a second. */
async function closeLink({ client, closed }: Link): Promise<void> {
  const cut = setTimeout(() => client.destroy(), 1_000);
  client.end();
  await closed;
  clearTimeout(cut);
}

type Dialled = { readonly kind: 'dialled'; readonly stream: Duplex | undefined } | HostRefusal;

/** The byte stream to the last hop; undefined where it is reached directly. */
async function dialThrough(
  way: Lease<OpenHop> | undefined,
  hops: readonly Hop[],
  { signal, connectTimeoutMs }: HopOptions,
): Promise<Dialled> {
  const [jump, next] = [hops.at(-2)?.host, hops.at(-1)?.host];
  if (way === undefined || jump === undefined || next === undefined)
    return { kind: 'dialled', stream: undefined };
  const stop = AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]);
  return new Promise((resolve) => {
    // The jump host may wait minutes for an address that swallows packets.
    stop.addEventListener('abort', () => {
      resolve(signal.aborted ? cancelledBeforeLogin(next) : unreachableHost(next, 'timed out'));
    });
    way.value.client.forwardOut('127.0.0.1', 0, next.address, next.port, (error, stream) => {
      if (error) resolve(unreachableHost(next, `${jump.name} cannot reach it (${error.message})`));
      else if (stop.aborted) stream.destroy();
      else resolve({ kind: 'dialled', stream });
    });
  });
}
