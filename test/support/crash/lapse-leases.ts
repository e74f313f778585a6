import { sql } from 'drizzle-orm';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { openServer } from '#adapters/postgres/open-server.ts';
import { createWorkspaces } from '#adapters/postgres/workspaces.ts';
import { createIds } from '#adapters/system/create-ids.ts';

/** Lets the leases of steps and channels run out, so that a test need not wait for it. Whoever lives renews its own. */
export async function lapseLeases(url: string): Promise<void> {
  const open = openServer(url);
  try {
    for (const { id } of await createWorkspaces(open.database, createIds()).all())
      await inWorkspace(open.database, id, async (executor) => {
        await executor.execute(
          sql`update run_steps set runner_until = now() - interval '1 s' where state in ('claimed', 'running')`,
        );
        await executor.execute(sql`update outbox_channels set free_at = now() where holder is not null`);
      });
  } finally {
    await open.close();
  }
}
