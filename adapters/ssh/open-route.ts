import type { Duplex } from 'node:stream';
import type { Client } from 'ssh2';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { type Link, type OpenOptions, openConnection } from './open-connection.ts';
import { cancelledBeforeLogin, jumpFailed, unreachableHost } from './refusal.ts';

/** The connection to a host, and all the links of the way: the outermost jump host first, the host itself last. */
export type Route =
  | { readonly kind: 'connected'; readonly client: Client; readonly links: readonly Link[] }
  | HostRefusal;

type RouteOptions = Omit<OpenOptions, 'via'>;

/** Connects through `jumps` in order; on a refusal every connection made on the way is closed. */
export async function openRoute(host: Host, jumps: readonly Host[], options: RouteOptions): Promise<Route> {
  const links: Link[] = [];
  const giveUp = (refusal: HostRefusal): HostRefusal => {
    for (const { client } of links) client.destroy();
    return refusal;
  };
  let via: Duplex | undefined;
  for (const [index, jump] of jumps.entries()) {
    const opened = await openConnection(jump, { ...options, via });
    if (opened.kind === 'refused') return giveUp(jumpFailed(host, jump, opened));
    links.push(opened.link);
    const onward = await forward(opened.link.client, jump, jumps[index + 1] ?? host, options);
    if (onward.kind === 'refused') return giveUp(onward);
    via = onward.stream;
  }
  const opened = await openConnection(host, { ...options, via });
  if (opened.kind === 'refused') return giveUp(opened);
  return { kind: 'connected', client: opened.link.client, links: [...links, opened.link] };
}

type Onward = { readonly kind: 'forwarded'; readonly stream: Duplex } | HostRefusal;

function forward(client: Client, jump: Host, next: Host, options: RouteOptions): Promise<Onward> {
  const stop = AbortSignal.any([options.signal, AbortSignal.timeout(options.connectTimeoutMs)]);
  return new Promise((resolve) => {
    // The jump host may wait minutes for an address that swallows packets.
    stop.addEventListener('abort', () => {
      resolve(options.signal.aborted ? cancelledBeforeLogin(next) : unreachableHost(next, 'timed out'));
    });
    client.forwardOut('127.0.0.1', 0, next.address, next.port, (error, stream) => {
      if (error) resolve(unreachableHost(next, `${jump.name} cannot reach it (${error.message})`));
      else resolve({ kind: 'forwarded', stream });
    });
  });
}
