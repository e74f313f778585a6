import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import postgres from 'postgres';

/**
 * A thread that changes a row and is stopped in the middle of its next statement: it has asked for the types of it and has not
 * sent it. As a process that got SIGSTOP, it does nothing more.
 */
const connection = { application_name: 'recourse' };
const client = postgres(String(workerData), { max: 1, connection, onnotice: () => undefined });
await client.begin(async (transaction) => {
  await transaction.unsafe(`update things set owner = 'the stuck one' where id = 1`);
  transaction.unsafe('select $1::int', [1]).execute();
  // Two turns until the driver has it, and one until it has left.
  await Promise.resolve();
  await Promise.resolve();
  await setImmediate();
  parentPort?.postMessage('stuck');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
});
