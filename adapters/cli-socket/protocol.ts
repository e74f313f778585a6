import type { Socket } from 'node:net';
import { Fault } from '#domain/fault.ts';

/**
 * The conversation over the socket, one JSON object a line.
 *
 * The client begins with `command`. The server answers with any number of `out` and `err`, may ask for `stdin`
 * once, which the client sends as one `stdin` line, and ends with `exit`. With a `prompt` it asks for a secret, which
 * a person types unseen. Whoever closes before that gives up:
 * a client that goes away cancels its command.
 */
export type ClientLine =
  | { readonly kind: 'command'; readonly argv: readonly string[]; readonly cwd: string }
  | { readonly kind: 'stdin'; readonly text: string };

export type ServerLine =
  | { readonly kind: 'out' | 'err'; readonly text: string }
  | { readonly kind: 'stdin'; readonly prompt: string | null }
  | { readonly kind: 'exit'; readonly code: number };

/** Characters of the longest line, and so of all that a client may pipe in. */
export const longestLine = 16 * 1024 * 1024;

/** The path must fit into sockaddr_un: 104 bytes on macOS, 108 on Linux, with a byte at the end. */
const longestPath = 100;

export function checkSocketPath(path: string): void {
  if (Buffer.byteLength(path) <= longestPath) return;
  throw new Fault(
    'configuration',
    'socket-path-too-long',
    `The path of the command socket, ${path}, is longer than the ${longestPath} bytes that a socket may have.`,
    'Set RECOURSE_DATA_DIR to a folder with a shorter path.',
  );
}

export function send(socket: Socket, line: ClientLine | ServerLine): void {
  if (socket.writable) socket.write(`${JSON.stringify(line)}\n`);
}

/** Calls `onLine` for each line that arrives; ends the connection when one is too long or is not JSON. */
export function receive<Line>(socket: Socket, onLine: (line: Line) => void): void {
  let rest = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) socket.destroy();
    for (const line of lines) {
      const read = parse(line);
      if (read === undefined) return void socket.destroy();
      onLine(read as Line);
    }
  });
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
