import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly scripts: { readonly start: string };
};
/** What `npm start` gives to node: its flags and the file. */
const startArguments = scripts.start.split(' ').slice(1);
/** The flags alone, for what would run inside of a bot. */
export const startFlags = startArguments.filter((argument) => argument.startsWith('--'));
const patienceMs = 60_000;

/** A bot in a process of its own, as `npm start` runs it. Times are milliseconds since it was spawned. */
export interface ServerProcess {
  readonly readyMs: number;
  /** When the playground page first answered; null when the playground is off. */
  readonly doorMs: number | null;
  readonly playgroundUrl: string | null;
  /** `host:port` of the listener that serves health and metrics. */
  readonly localAddress: string;
  readonly pid: number;
  /** Resident memory now, in MB of 1,000,000 bytes. */
  residentMb(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the bot and returns once `/readyz` answers 200. The process is ended when it never does. */
export async function startServerProcess(
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const address = `127.0.0.1:${await freePort()}`;
  const started = performance.now();
  const child = spawn(process.execPath, startArguments, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      RECOURSE_LOCAL_ADDRESS: address,
      RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0',
      RECOURSE_LOG_LEVEL: 'warn',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const said = firstMatch(child.stdout, /Recourse is ready\. .*: (http\S+)/);
    // Whoever waits below hears of it; one that ends before that is told by the other wait.
    said.catch(() => undefined);
    await untilReady(`http://${address}/readyz`, () => child.exitCode !== null);
    const readyMs = performance.now() - started;
    const url = await said;
    const playgroundUrl = url.includes('token=') ? url : null;
    if (playgroundUrl !== null) await (await fetch(playgroundUrl)).text();
    const doorMs = playgroundUrl === null ? null : performance.now() - started;
    const pid = child.pid ?? 0;
    const resident = () => residentMb(pid);
    return { readyMs, doorMs, playgroundUrl, localAddress: address, pid, residentMb: resident, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function untilReady(url: string, hasEnded: () => boolean): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (performance.now() < deadline && !hasEnded()) {
    const response = await fetch(url).catch(() => undefined);
    await response?.text();
    if (response?.ok) return;
    await sleep(20);
  }
  throw new Error(hasEnded() ? 'the server ended before it was ready' : 'the server did not become ready');
}

async function firstMatch(stream: AsyncIterable<Buffer>, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const read = async () => {
      let text = '';
      for await (const chunk of stream) {
        text += chunk.toString();
        const found = pattern.exec(text)?.[1];
        if (found) resolve(found);
      }
      reject(new Error('the server ended without saying where it is'));
    };
    read().catch(reject);
  });
}

/** Linux tells it in kB of 1024 bytes. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1_000_000;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
