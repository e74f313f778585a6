import { once } from 'node:events';
import { createServer } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenDatabase } from '#adapters/postgres/database.ts';
import { openInMemory } from '#adapters/postgres/open-embedded.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { prepareDatabase, readVersions } from '#adapters/postgres/prepare-database.ts';
import type { Logger } from '#ports/logger.ts';
import { describeOnBothEngines } from '#test/support/databases.ts';
import { createFreshDatabase } from '#test/support/fresh-database.ts';
import { describeWithPeer } from '#test/support/peers.ts';

function createLog(): Logger & { readonly lines: string[] } {
  const lines: string[] = [];
  const note = (_fields: object, message: string) => {
    lines.push(message);
  };
  return { lines, debug: note, info: note, warn: note, error: note };
}

describeOnBothEngines('preparing a database', (open) => {
  it('brings it up to date, and twice is fine', async () => {
    const db = await open();
    const log = createLog();
    await prepareDatabase(db.open, log, 0);
    await prepareDatabase(db.open, log, 0);
    const { migrationsApplied, migrationsKnown } = await readVersions(db.open.database);
    expect(migrationsApplied).toBe(migrationsKnown);
    expect(log.lines).toEqual([]);
  });

  it('refuses one that a newer program has used, and changes nothing there', async () => {
    const db = await open();
    await db.open.database.execute(
      sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('from the future', 99999999999999)`,
    );
    const before = await readVersions(db.open.database);
    await expect(prepareDatabase(db.open, createLog(), 0)).rejects.toMatchObject({
      kind: 'incompatible',
      code: 'database-newer',
      message: expect.stringContaining('newer Recourse'),
      advice: expect.stringContaining('newer version'),
    });
    expect(await readVersions(db.open.database)).toEqual(before);
  });
});

describe('preparing an empty embedded database', () => {
  it('finds pgvector there and makes everything', async () => {
    const open = await openInMemory();
    await prepareDatabase(open, createLog(), 0);
    const versions = await readVersions(open.database);
    expect(versions).toMatchObject({
      migrationsApplied: versions.migrationsKnown,
      pgvector: expect.any(String),
    });
    await open.close();
  });
});

describe('a server that is down', () => {
  let open: OpenDatabase | undefined;
  afterEach(() => open?.close());

  it('is waited for with a clear line, then told as a fault', async () => {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    probe.close();
    await once(probe, 'close');
    open = openServer(`postgres://nobody@127.0.0.1:${port}/none`);
    const log = createLog();
    await expect(prepareDatabase(open, log, 1500)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'database-down',
    });
    expect(new Set(log.lines)).toEqual(new Set(['the database does not answer yet; waiting for it']));
  });
});

describeWithPeer('postgres', 'replicas that start at once', (serverUrl) => {
  it('all prepare the same empty database', async () => {
    const fresh = await createFreshDatabase(serverUrl);
    const replicas = [1, 2, 3].map(() => openServer(fresh.url));
    const log = createLog();
    try {
      await Promise.all(replicas.map((replica) => prepareDatabase(replica, log, 5000)));
      for (const { database } of replicas) {
        const { migrationsApplied, migrationsKnown } = await readVersions(database);
        expect(migrationsApplied).toBe(migrationsKnown);
      }
      expect(log.lines).toEqual([]);
    } finally {
      await Promise.all(replicas.map(({ close }) => close()));
      await fresh.drop();
    }
  });

  it('leave no lock behind when a migration fails', async () => {
    const fresh = await createFreshDatabase(serverUrl);
    const [broken, waiting] = [openServer(fresh.url), openServer(fresh.url)];
    try {
      await broken.database.execute(sql`create table people (id int)`);
      await expect(broken.migrate()).rejects.toThrow();
      await broken.database.execute(sql`drop table people`);
      await waiting.migrate();
      expect((await readVersions(waiting.database)).migrationsApplied).toBeGreaterThan(0);
    } finally {
      await broken.close();
      await waiting.close();
      await fresh.drop();
    }
  });
});
