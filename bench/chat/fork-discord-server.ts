import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Stored } from './chat-server.ts';
import type { Order, Told } from './discord-orders.ts';

export interface DiscordProcess extends AsyncDisposable {
  /** What the bot is started with. */
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves with what came of it; rejects when it failed, or when the process ends meanwhile. */
  order(what: Unnumbered<Order>): Promise<unknown>;
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'number'> : never;

const program = fileURLToPath(new URL('discord-server-process.ts', import.meta.url));
const patienceMs = 60_000;

/** Starts the Discord server in a process of its own; resolves once it listens. */
export async function forkDiscordServer(tell: (stored: Stored) => void): Promise<DiscordProcess> {
  const child = fork(program, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const ready = Promise.withResolvers<Readonly<Record<string, string>>>();
  const order = takeOrders(child);
  child.on('message', (told: Told) => {
    if (told.kind === 'stored') tell(told.stored);
    if (told.kind === 'ready') ready.resolve(told.environment);
  });
  child.once('exit', () => ready.reject(new Error('the process with the Discord server ended')));
  const timer = setTimeout(() => child.kill(), patienceMs);
  const environment = await ready.promise.finally(() => clearTimeout(timer));
  return {
    environment,
    order,
    [Symbol.asyncDispose]: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function takeOrders(child: ChildProcess): DiscordProcess['order'] {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  child.on('message', (told: Told) => {
    if (told.kind === 'done') waiting.get(told.number)?.resolve(told.value);
    if (told.kind === 'failed') waiting.get(told.number)?.reject(new Error(told.why));
  });
  child.once('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the process with the Discord server ended'));
  });
  return async (what) => {
    count += 1;
    const number = count;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(number, answer);
    child.send({ ...what, number });
    return answer.promise.finally(() => waiting.delete(number));
  };
}
