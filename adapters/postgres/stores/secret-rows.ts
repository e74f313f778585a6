import { and, asc, count, desc, eq, getTableColumns, lt, ne } from 'drizzle-orm';
import type { SecretName } from '#ports/secret-store.ts';
import type { SecretRow, SecretRows } from '#ports/stores/secret-rows.ts';
import type { Executor } from '../database.ts';
import { first, one } from '../rows.ts';
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
        .select({ name: secrets.name, version: secrets.version, createdAt: secrets.createdAt })
        .from(secrets)
        .orderBy(asc(secrets.name), asc(secrets.version)),
    remove: async (name) => {
      const gone = await executor
        .delete(secrets)
        .where(eq(secrets.name, name))
        .returning({ version: secrets.version });
      return gone.length > 0;
    },
    removeBefore: (name, version) => removeBefore(executor, name, version),
    countNotUnder: async (kekId) =>
      one(await executor.select({ n: count() }).from(secrets).where(ne(secrets.kekId, kekId))).n,
    notUnder: (kekId, limit) =>
      executor
        .select(columns)
        .from(secrets)
        .where(ne(secrets.kekId, kekId))
        .orderBy(asc(secrets.name), asc(secrets.version))
        .limit(limit),
    rewrap: (row, from) => rewrap(executor, row, from),
  };
}

async function removeBefore(executor: Executor, name: SecretName, version: number): Promise<void> {
  await executor.delete(secrets).where(and(eq(secrets.name, name), lt(secrets.version, version)));
}

async function rewrap(
  executor: Executor,
  { name, version, id, kekId, wrappedKey, sealed }: SecretRow,
  from: string,
): Promise<boolean> {
  const same = and(
    eq(secrets.name, name),
    eq(secrets.version, version),
    eq(secrets.id, id),
    eq(secrets.kekId, from),
  );
  const changed = await executor
    .update(secrets)
    .set({ kekId, wrappedKey, sealed })
    .where(same)
    .returning({ version: secrets.version });
  return changed.length > 0;
}
