import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface BotProcess {
  readonly url: string;
  readonly child: ChildProcess;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** Everything a program of this checkout said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const start = (
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): ChildProcess =>
  spawn(process.execPath, [file, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment },
  });

/** `npm start` in a process of its own, or another program like it; resolves when the playground's address is printed. */
export async function startBotProcess(
  environment: Readonly<Record<string, string>>,
  program = 'src/main.ts',
): Promise<BotProcess> {
  const child = start(program, [], { ...freePorts, ...environment });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let said = '';
  const listen = (chunk: Buffer): void => {
    said += chunk.toString();
    const url = said.match(/http:\/\/\S+token=\S+/)?.[0];
    if (url) resolve(url);
  };
  child.stdout?.on('data', listen);
  child.stderr?.on('data', listen);
  child.once('exit', () => reject(new Error(`The bot ended before it was ready:\n${said}`)));
  const url = await promise;
  return {
    url,
    child,
    kill: async (signal) => {
      child.kill(signal);
      return (await ended)[0];
    },
  };
}

/** Runs a program of src/ to its end. */
export async function runToEnd(
  file: 'main.ts' | 'cli.ts',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const child = start(`src/${file}`, args, environment);
  const parts = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    parts.out += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    parts.err += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...parts };
}

export const freePorts = { RECOURSE_LOCAL_ADDRESS: '127.0.0.1:0', RECOURSE_PUBLIC_ADDRESS: '127.0.0.1:0' };
