import { sql } from 'drizzle-orm';
import { inWorkspace } from '#adapters/postgres/in-workspace.ts';
import { readRows } from '#adapters/postgres/read-rows.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { HeldChannel } from '#ports/stores/outbox.ts';
import type { TestDatabase } from './databases.ts';

/**
 * Makes the test the holder of a channel, whatever is due there; whoever held it has lost it. The channel stays as free as it
 * was, so that the next sender can take it.
 */
export function holdChannel(
  { open, ids }: Pick<TestDatabase, 'open' | 'ids'>,
  workspace: WorkspaceId,
  channel: string,
): Promise<HeldChannel> {
  return inWorkspace(open.database, workspace, async (executor) => {
    const [held] = await readRows<HeldChannel>(
      executor,
      sql`insert into outbox_channels (workspace_id, channel, holder)
        values (${workspace}::uuid, ${channel}, ${ids.nonce()})
        on conflict (workspace_id, channel) do update set holder = excluded.holder
        returning channel, holder, failures`,
    );
    if (!held) throw new Error('no channel');
    return held;
  });
}
