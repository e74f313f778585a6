import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { PGlite, type PGliteOptions } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';

/**
 * PGlite keeps all of shared_buffers resident, because its shared memory is zeroed at start. The data of one team
 * fits in this, and what does not is read again through the page cache of the system.
 */
const settings = ['-c', 'shared_buffers=32MB'];

/**
 * At work on PostgreSQL, V8's optimising compiler takes up to 500 MB and keeps 65 MB, for answers that come no
 * sooner. docs/benchmarks.md has the figures.
 */
const baselineOnly = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** A PGlite as Recourse runs it: with pgvector, small, and letting the process breathe between transactions. */
export async function createPglite(options: Pick<PGliteOptions, 'dataDir' | 'loadDataDir'>): Promise<PGlite> {
  for (const flag of baselineOnly) setFlagsFromString(flag);
  const startParams = [...PGlite.defaultStartParams, ...settings];
  return letOthersIn(await PGlite.create({ ...options, extensions: { vector }, startParams }));
}

/**
 * PGlite computes in the process and never waits, so a chain of transactions would keep timers and sockets out until
 * its very end; after each one the event loop has a turn.
 */
function letOthersIn(client: PGlite): PGlite {
  const transaction: PGlite['transaction'] = client.transaction.bind(client);
  client.transaction = async (work) => {
    try {
      return await transaction(work);
    } finally {
      await setImmediate();
    }
  };
  return client;
}
