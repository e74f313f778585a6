import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Fault } from '#domain/fault.ts';
import { checkSocketPath, longestLine, receive, type ServerLine, send } from './protocol.ts';
import type { RemoteIo } from './serve-commands.ts';

export interface CallOptions {
  readonly path: string;
  readonly argv: readonly string[];
  /** The caller's terminal; its standard input is read only if the command asks for it. */
  readonly io: RemoteIo;
}

/**
 * Runs a command in the server behind the socket: the same output, the same exit code. Throws a Fault when no
 * server answers, or when it goes away before the command has ended.
 */
export async function callServer({ path, argv, io }: CallOptions): Promise<number> {
  checkSocketPath(path);
  const socket = await open(path);
  const exit = Promise.withResolvers<number>();
  socket.on('error', () => socket.destroy());
  socket.on('close', () => exit.reject(lost()));
  receive<ServerLine>(socket, (line) => {
    if (line.kind === 'exit') exit.resolve(line.code);
    else if (line.kind === 'stdin') answerStdin(socket, io, line.prompt, exit.reject);
    else io[line.kind](line.text);
  });
  send(socket, { kind: 'command', argv, cwd: io.cwd });
  try {
    return await exit.promise;
  } finally {
    socket.destroy();
  }
}

async function open(path: string): Promise<Socket> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    throw new Fault(
      'unavailable',
      'server-silent',
      `A Recourse server uses the embedded database, and does not answer at ${path}.`,
      'If it is just starting or stopping, try again in a moment; otherwise stop it and try again.',
      cause,
    );
  }
}

function answerStdin(
  socket: Socket,
  io: RemoteIo,
  prompt: string | null,
  fail: (reason: unknown) => void,
): void {
  const input = prompt === null ? io.stdin() : io.secret(prompt);
  input.then((text) => {
    if (text.length * 2 > longestLine) fail(tooLong());
    else send(socket, { kind: 'stdin', text });
  }, fail);
}

function lost(): Fault {
  return new Fault(
    'unavailable',
    'server-gone',
    'The Recourse server went away before the command had ended.',
    'Start it again, see what the command has done, and repeat it if that is needed.',
  );
}

function tooLong(): Fault {
  return new Fault(
    'rejected',
    'input-too-long',
    'The standard input is longer than 8 million characters.',
    'Cut it into pieces.',
  );
}
