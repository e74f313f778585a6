import { and, eq, getTableColumns, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import type { HostEntry } from '#domain/host.ts';
import type { HostStore } from '#ports/stores/host-store.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { hosts } from '../schema/people.ts';
import type { StoreScope } from '../unit-of-work.ts';

const { workspaceId: workspace, removedAt: _, ...rest } = getTableColumns(hosts);
const columns = { ...rest, workspace };
const present = isNull(hosts.removedAt);

export function createHostStore(scope: StoreScope): HostStore {
  const { executor } = scope;
  return {
    sync: async (entries) => {
      for (const entry of entries) await put(scope, entry);
      await removeOthers(
        scope,
        entries.map((entry) => entry.name),
      );
    },
    find: async (id) => first(await executor.select(columns).from(hosts).where(eq(hosts.id, id))),
    hold: async (id) => {
      await executor.select({ id: hosts.id }).from(hosts).where(eq(hosts.id, id)).for('update');
    },
    named: async (name) =>
      first(
        await executor
          .select(columns)
          .from(hosts)
          .where(and(eq(hosts.name, name), present)),
      ),
    namesLike: async (text, limit) => {
      const rows = await readRows<{ readonly name: string }>(executor, likeNames(text.toLowerCase(), limit));
      return rows.map(({ name }) => name);
    },
    all: () => executor.select(columns).from(hosts).where(present).orderBy(hosts.name),
  };
}

/** `strpos` and not `like`: a `%` that somebody typed is a `%`. */
const likeNames = (text: string, limit: number): SQL => sql`
  select name from ${hosts}
  where ${present} and strpos(lower(name), ${text}) > 0
  order by not starts_with(lower(name), ${text}), name limit ${limit}`;

async function put({ executor, workspace, ids }: StoreScope, entry: HostEntry): Promise<void> {
  await executor
    .insert(hosts)
    .values({ ...entry, id: ids.next(), workspaceId: workspace })
    .onConflictDoUpdate({ target: [hosts.workspaceId, hosts.name], set: { ...entry, removedAt: null } });
}

/** Runs keep pointing at a host that left the inventory, so it is marked, not deleted. */
async function removeOthers({ executor }: StoreScope, kept: readonly string[]): Promise<void> {
  const others = kept.length > 0 ? notInArray(hosts.name, [...kept]) : undefined;
  await executor.update(hosts).set({ removedAt: sql`now()` }).where(and(present, others));
}
