import { once } from 'node:events';
import type { Server } from 'node:http';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { Fault } from '#domain/fault.ts';
import type { Logger } from '#ports/logger.ts';
import { type ListenAddress, readListenAddress, writeListenAddress } from './listen-address.ts';

/** How long an answer that is being written may take once the listener closes; a live stream never ends by itself. */
const graceMs = 1_000;

export interface HttpListener {
  /** The real `host:port`, also when port 0 was asked for. */
  readonly address: string;
  /** Takes no new connection, ends idle ones at once and the rest (live streams) within two seconds. */
  close(): Promise<void>;
}

export interface HttpListenerOptions {
  /** `host:port`; port 0 takes a free one. */
  readonly address: string;
  readonly routes: Hono;
  readonly logger: Logger;
  /** The setting that holds the address, named when it is bad or taken. */
  readonly variable: string;
}

/** Listens; throws a Fault `in-use` when somebody else holds the port, `configuration` when the address is bad. */
export async function createHttpListener(options: HttpListenerOptions): Promise<HttpListener> {
  const wanted = readListenAddress(options.address, options.variable);
  const server = createAdaptorServer({ fetch: options.routes.fetch, overrideGlobalObjects: false }) as Server;
  await listen(server, wanted, options.variable);
  const bound = server.address();
  const port = bound !== null && typeof bound === 'object' ? bound.port : wanted.port;
  const address = writeListenAddress({ host: wanted.host, port });
  server.on('error', (error) => options.logger.error({ error, address }, 'The HTTP listener failed'));
  return { address, close: () => close(server) };
}

async function listen(server: Server, wanted: ListenAddress, variable: string): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(wanted.port, wanted.host);
  try {
    await listening;
  } catch (cause) {
    throw refusalToListen(cause, wanted, variable);
  }
}

function refusalToListen(cause: unknown, wanted: ListenAddress, variable: string): Fault {
  const address = writeListenAddress(wanted);
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  if (code === 'EADDRINUSE') {
    return new Fault(
      'in-use',
      'port-in-use',
      `The address ${address} is in use by another program.`,
      `Stop the other program or set ${variable} to another address, for example ${wanted.host}:${nextPort(wanted.port)}.`,
      cause,
    );
  }
  return new Fault(
    'configuration',
    'cannot-listen',
    `Recourse may not listen on ${address} (${code}).`,
    `Set ${variable} to an address of this machine and a port of 1024 or more.`,
    cause,
  );
}

/** Well away from the default ports of both listeners, which stand side by side. */
function nextPort(port: number): number {
  return port + 100 > 65_535 ? 3100 : port + 100;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  const impatient = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(impatient);
}
