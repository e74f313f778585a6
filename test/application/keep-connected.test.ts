import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { keepConnected } from '#application/keep-connected.ts';
import { Fault } from '#domain/fault.ts';
import type { Connection } from '#ports/keeping.ts';
import { silentLogger } from '#test/support/playground.ts';

const away = (): Fault => new Fault('unavailable', 'away', 'The chat is away.', 'Wait.');
const kept = (connect: (signal: AbortSignal) => Promise<Connection>) =>
  keepConnected({ name: 'the chat', logger: silentLogger, connect, faultOf: away });

it('gives up an attempt that does not end when it is closed in the middle', async () => {
  let attempts = 0;
  const connection = kept(async (signal) => {
    attempts += 1;
    await sleep(60_000, undefined, { signal });
    throw away();
  });
  await connection.close();
  expect(attempts).toBe(1);
  expect(connection.status().connected).toBe(false);
});

it('closes the connection that stands, and makes no other one', async () => {
  const told: string[] = [];
  const connection = kept(async () => {
    told.push('connected');
    return { ended: new Promise<undefined>(() => undefined), close: async () => void told.push('closed') };
  });
  await connection.attempted;
  expect(connection.status().connected).toBe(true);
  await connection.close();
  expect(told).toEqual(['connected', 'closed']);
});
