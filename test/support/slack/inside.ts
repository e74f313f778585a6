import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { botPort, sockets } from './sockets.ts';

/**
 * Runs inside a network namespace of its own, where the Slack server may listen on "all interfaces" without being
 * reachable from anywhere. Two unix sockets in `folder` lead in and out: files are seen on both sides.
 */
const [program = '', config = '', port = '', folder = ''] = process.argv.slice(2);

const server = spawn(
  program,
  ['--config', config, '--port', port, '--base-host', '127.0.0.1', '--files-dir', join(folder, 'files')],
  { stdio: ['ignore', 'ignore', 'inherit'] },
);
server.once('exit', (code) => process.exit(code ?? 1));

const stop = (): void => void server.kill();
process.once('SIGTERM', stop);
// Whoever started this holds the other end: when it is gone, however it went, so is the server.
process.stdin.once('close', stop).resume();

createServer((outside) => {
  const inside = connect(Number(port), '127.0.0.1');
  outside.pipe(inside).pipe(outside);
  outside.on('error', () => inside.destroy());
  inside.on('error', () => outside.destroy());
}).listen(sockets(folder).toServer);

createServer((inside) => {
  const outside = connect(sockets(folder).toBot);
  inside.pipe(outside).pipe(inside);
  outside.on('error', () => inside.destroy());
  inside.on('error', () => outside.destroy());
}).listen(botPort, '127.0.0.1');
