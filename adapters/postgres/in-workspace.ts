import { sql } from 'drizzle-orm';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Database, Executor } from './database.ts';

/**
 * A transaction as the application role with one workspace set; row-level security does the rest. Role and
 * workspace are local to the transaction, so a pooled connection carries neither to the next user.
 */
export function inWorkspace<T>(
  database: Database,
  workspace: WorkspaceId,
  work: (executor: Executor) => Promise<T>,
): Promise<T> {
  return database.transaction(async (transaction) => {
    await transaction.execute(
      sql`select set_config('role', 'recourse_app', true), set_config('recourse.workspace', ${workspace}, true)`,
    );
    return work(transaction);
  });
}
