import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import ssh2, { type AuthContext, type Connection, type ParsedKey, type Server, type Session } from 'ssh2';
import { type ExecPlace, serveExec } from './serve-exec.ts';

export interface SandboxServerOptions {
  /** The private host key in OpenSSH format. */
  readonly hostKey: Buffer;
  /** The only key that may log in, by the only name. */
  readonly clientKey: ParsedKey;
  readonly user: string;
  /** Asked for first, so that a restart keeps the address; when it is taken, any free one. */
  readonly port: number;
  readonly place: ExecPlace;
}

export interface SandboxServer {
  readonly port: number;
  /** Ends every running command. */
  killCommands(): void;
  /** Ends the server, its connections and their commands. */
  close(): Promise<void>;
}

const farewellMs = 2_000;

/** The SSH server of the sandbox: 127.0.0.1 only, key login only, exec only (no shell, pty, sftp, forwarding). */
export async function startSandboxServer(options: SandboxServerOptions): Promise<SandboxServer> {
  const connections = new Set<Connection>();
  const kills = new Set<() => void>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (connection) => {
    connections.add(connection);
    setNoDelay(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => undefined);
    connection.on('authentication', (context) => judgeLogin(context, options));
    connection.on('session', (accept) => serveSession(accept(), options.place, kills));
  });
  const port = await listen(server, options.port);
  const killCommands = (): void => {
    for (const kill of kills) kill();
  };
  const closed = once(server, 'close');
  const close = async (): Promise<void> => {
    server.close();
    killCommands();
    for (const connection of connections) connection.end();
    // A client whose network swallows everything never says goodbye.
    await Promise.race([closed, delay(farewellMs, undefined, { ref: false })]);
  };
  return { port, killCommands, close };
}

/** Small packets answer each other all the time: gathering them costs 40 ms each. The types leave the method out. */
function setNoDelay(connection: Connection): void {
  (connection as Connection & { setNoDelay(on: boolean): void }).setNoDelay(true);
}

function serveSession(session: Session, place: ExecPlace, kills: Set<() => void>): void {
  session.on('exec', (accept, _reject, info) => {
    const channel = accept();
    const kill = serveExec(channel, info.command, place);
    kills.add(kill);
    channel.once('close', () => kills.delete(kill));
  });
}

function judgeLogin(context: AuthContext, { clientKey, user }: SandboxServerOptions): void {
  const allowed =
    context.method === 'publickey' &&
    context.username === user &&
    context.key.data.equals(clientKey.getPublicSSH()) &&
    // Without a signature the client only asks whether this key would do.
    (context.signature === undefined ||
      (context.blob !== undefined &&
        clientKey.verify(context.blob, context.signature, context.hashAlgo) === true));
  if (allowed) context.accept();
  else context.reject(['publickey']);
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    return await listenOn(server, port);
  } catch (error) {
    if (port === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return listenOn(server, 0);
  }
}

async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
