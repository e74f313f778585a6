import { and, eq, lt, or, sql } from 'drizzle-orm';
import type { Leases } from '#ports/leases.ts';
import type { Database } from './database.ts';
import { leases } from './schema/workspaces.ts';
import { soon } from './soon.ts';
import { translateFault } from './translate-fault.ts';

export function createLeases(database: Database): Leases {
  return {
    acquire: (name, holder, ttlMs) => translateFault(() => acquire(database, name, holder, ttlMs)),
    release: (name, holder) =>
      translateFault(async () => {
        const own = and(eq(leases.name, name), eq(leases.holder, holder));
        // Some are taken and never given back; whoever gives one back clears those away.
        await database.delete(leases).where(or(own, lt(leases.expiresAt, sql`now() - interval '1 hour'`)));
      }),
  };
}

async function acquire(database: Database, name: string, holder: string, ttlMs: number): Promise<boolean> {
  const expiresAt = soon(ttlMs);
  const held = await database
    .insert(leases)
    .values({ name, holder, expiresAt })
    .onConflictDoUpdate({
      target: leases.name,
      set: { holder, expiresAt },
      setWhere: sql`${leases.holder} = ${holder} or ${leases.expiresAt} < now()`,
    })
    .returning({ name: leases.name });
  return held.length > 0;
}
