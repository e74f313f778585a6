import { once } from 'node:events';
import { chmod, lstat, unlink } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { Fault } from '#domain/fault.ts';
import { type ClientLine, checkSocketPath, receive, send } from './protocol.ts';

/** What a command may do with the terminal that called it. */
export interface RemoteIo {
  out(text: string): void;
  err(text: string): void;
  /** All of the caller's standard input. */
  stdin(): Promise<string>;
  /** What the caller types after `prompt` without being shown, where its standard input is a terminal; else all of it. */
  secret(prompt: string): Promise<string>;
  /** Resolves when what was written is on its way. */
  flushed(): Promise<void>;
  /** The folder that the caller is in; relative paths are meant from there. */
  readonly cwd: string;
}

export interface ServeOptions {
  readonly path: string;
  /** Runs a command and resolves with its exit code; `signal` aborts when the caller goes away. */
  readonly run: (argv: readonly string[], io: RemoteIo, signal: AbortSignal) => Promise<number>;
}

export interface CommandServer {
  /** Takes no new command, cancels the running ones and waits for them. */
  close(): Promise<void>;
}

/**
 * Runs the commands that come over the Unix socket `path`, which only this user may open. A socket file that
 * stands there is replaced, so only the holder of the data lock may call this.
 */
export async function serveCommands({ path, run }: ServeOptions): Promise<CommandServer> {
  checkSocketPath(path);
  await removeStale(path);
  const running = new Set<Promise<void>>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const work = serve(socket, run).finally(() => {
      sockets.delete(socket);
      running.delete(work);
    });
    running.add(work);
  });
  server.listen(path);
  await once(server, 'listening');
  await chmod(path, 0o600);
  return {
    close: async () => {
      // This removes the socket file as well.
      server.close();
      for (const socket of sockets) socket.destroy();
      await Promise.all(running);
    },
  };
}

async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (found.isSocket()) return unlink(path);
  throw new Fault(
    'configuration',
    'socket-path-taken',
    `${path} is in the way: the command socket belongs there, and it is something else.`,
    'Move it away.',
  );
}

/** One connection, one command. Never rejects. */
async function serve(socket: Socket, run: ServeOptions['run']): Promise<void> {
  const gone = new AbortController();
  const command = Promise.withResolvers<Extract<ClientLine, { kind: 'command' }>>();
  const stdin = Promise.withResolvers<string>();
  // Nobody may be waiting for these when the caller goes.
  for (const { promise } of [command, stdin]) promise.catch(() => undefined);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    gone.abort();
    for (const { reject } of [command, stdin]) reject(new Error('the caller went away'));
  });
  receive<ClientLine>(socket, (line) => {
    if (line.kind === 'command') command.resolve(line);
    else stdin.resolve(line.text);
  });
  try {
    const { argv, cwd } = await command.promise;
    const io = ioOver(socket, cwd, () => stdin.promise);
    send(socket, { kind: 'exit', code: await run(argv, io, gone.signal) });
  } catch (error) {
    send(socket, { kind: 'err', text: `${error instanceof Error ? error.message : String(error)}\n` });
    send(socket, { kind: 'exit', code: 1 });
  }
  socket.end();
}

function ioOver(socket: Socket, cwd: string, answer: () => Promise<string>): RemoteIo {
  let asked: Promise<string> | undefined;
  // The client answers once, to whatever is asked first.
  const ask = (prompt: string | null): Promise<string> => {
    if (asked === undefined) {
      send(socket, { kind: 'stdin', prompt });
      asked = answer();
    }
    return asked;
  };
  return {
    out: (text) => send(socket, { kind: 'out', text }),
    err: (text) => send(socket, { kind: 'err', text }),
    stdin: () => ask(null),
    secret: ask,
    flushed: async () => {
      // A caller that goes away ends the wait too.
      if (socket.writableNeedDrain) await Promise.race([once(socket, 'drain'), once(socket, 'close')]);
    },
    cwd,
  };
}
