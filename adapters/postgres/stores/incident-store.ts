import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { PersonId } from '#domain/ids.ts';
import type { IncidentStore } from '#ports/stores/incident-store.ts';
import type { Executor } from '../database.ts';
import { first, one } from '../rows.ts';
import { incidents } from '../schema/incidents.ts';
import type { StoreScope } from '../unit-of-work.ts';

const columns = {
  id: incidents.id,
  channel: incidents.channel,
  thread: incidents.thread,
  problem: incidents.problem,
  state: incidents.state,
  context: incidents.context,
  openedBy: incidents.openedBy,
};

export function createIncidentStore({ executor, workspace, ids }: StoreScope): IncidentStore {
  return {
    open: async (input) =>
      one(
        await executor
          .insert(incidents)
          .values({ ...input, id: ids.next(), workspaceId: workspace, state: 'open' })
          // A no-op update, so that the row comes back either way.
          .onConflictDoUpdate({
            target: [incidents.workspaceId, incidents.channel, incidents.thread],
            set: { thread: input.thread },
          })
          // PostgreSQL marks the row that it found and updated with this transaction; a row that it inserted has no mark.
          .returning({ ...columns, isNew: sql<boolean>`xmax = 0` }),
      ),
    find: async (id) => first(await executor.select(columns).from(incidents).where(eq(incidents.id, id))),
    lock: async (id) =>
      first(await executor.select(columns).from(incidents).where(eq(incidents.id, id)).for('update')),
    restate: async (id, { problem, context, statedBy }) => {
      await executor.update(incidents).set({ problem, context, statedBy }).where(eq(incidents.id, id));
    },
    lately: (channel, openedBy, withinMs) => lately(executor, { channel, openedBy, withinMs }),
    inThread: async (channel, thread) =>
      first(
        await executor
          .select(columns)
          .from(incidents)
          .where(and(eq(incidents.channel, channel), eq(incidents.thread, thread))),
      ),
    setState: async (id, state) => {
      const resolvedAt = state === 'resolved' ? sql`coalesce(resolved_at, now())` : sql`null`;
      await executor.update(incidents).set({ state, resolvedAt }).where(eq(incidents.id, id));
    },
    resolvedAt: async (id) => {
      const { resolvedAt } = incidents;
      const row = first(await executor.select({ resolvedAt }).from(incidents).where(eq(incidents.id, id)));
      return row?.resolvedAt ?? null;
    },
    resolvedIn: async (id) => {
      const took = sql<number | null>`(extract(epoch from resolved_at - opened_at) * 1000)::float8`;
      const row = first(await executor.select({ took }).from(incidents).where(eq(incidents.id, id)));
      return row?.took ?? null;
    },
  };
}

async function lately(
  executor: Executor,
  asked: { readonly channel: string; readonly openedBy: PersonId; readonly withinMs: number },
): Promise<readonly string[]> {
  const since = sql`now() - make_interval(secs => ${asked.withinMs / 1000})`;
  const rows = await executor
    .select({ problem: incidents.problem })
    .from(incidents)
    .where(
      and(
        eq(incidents.channel, asked.channel),
        gt(incidents.openedAt, since),
        eq(incidents.openedBy, asked.openedBy),
      ),
    )
    .orderBy(desc(incidents.openedAt))
    .limit(100);
  return rows.map(({ problem }) => problem);
}
