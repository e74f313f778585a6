import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/**
 * Ends what former processes held, so that nobody waits for a lease of the dead. Only where this process is the only one of its
 * database, and before it has taken anything itself.
 */
export async function forgetFormer(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction.execute(
      sql`update run_steps set runner_until = now() - interval '1 s' where state in ('claimed', 'running')`,
    );
    await transaction.execute(sql`update outbox_channels set free_at = now() where holder is not null`);
    await transaction.execute(
      sql`update inbox set due_at = least(due_at, now()) where state = 'received' and attempts = 0`,
    );
    await transaction.execute(sql`delete from leases`);
  });
}
