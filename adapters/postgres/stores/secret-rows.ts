import { asc, desc, eq, getTableColumns } from 'drizzle-orm';
import type { SecretRows } from '#ports/stores/secret-rows.ts';
import { first } from '../rows.ts';
import { secrets } from '../schema/secrets.ts';
import type { StoreScope } from '../unit-of-work.ts';

const { workspaceId: _, createdAt: __, ...columns } = getTableColumns(secrets);

export function createSecretRows({ executor, workspace }: StoreScope): SecretRows {
  return {
    add: async (row) => {
      const added = await executor
        .insert(secrets)
        .values({ ...row, workspaceId: workspace })
        .onConflictDoNothing()
        .returning({ version: secrets.version });
      return added.length > 0;
    },
    newest: async (name) =>
      first(
        await executor
          .select(columns)
          .from(secrets)
          .where(eq(secrets.name, name))
          .orderBy(desc(secrets.version))
          .limit(1),
      ),
    list: () =>
      executor
        .select({ name: secrets.name, version: secrets.version, kekId: secrets.kekId })
        .from(secrets)
        .orderBy(asc(secrets.name), asc(secrets.version)),
    remove: async (name) => {
      const gone = await executor
        .delete(secrets)
        .where(eq(secrets.name, name))
        .returning({ version: secrets.version });
      return gone.length > 0;
    },
  };
}
