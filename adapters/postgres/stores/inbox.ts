import { and, eq, type SQL, sql } from 'drizzle-orm';
import { laneOf } from '#domain/intent-lane.ts';
import type { Delivery, Inbox } from '#ports/stores/inbox.ts';
import { readRows } from '../read-rows.ts';
import { inbox } from '../schema/deliveries.ts';
import { soon } from '../soon.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { type KeptIntent, readKeptIntent } from './read-kept-intent.ts';

export function createInbox({ executor, workspace }: StoreScope): Inbox {
  return {
    add: async (delivery, intent) => {
      const added = await executor
        .insert(inbox)
        .values({ workspaceId: workspace, delivery, lane: laneOf(intent), intent, state: 'received' })
        .onConflictDoNothing()
        .returning({ delivery: inbox.delivery });
      return added.length > 0;
    },
    take: async (limit, leaseMs) => {
      const taken = await readRows<Omit<Delivery, 'intent'> & { readonly intent: KeptIntent }>(
        executor,
        takeDeliveries(limit, leaseMs),
      );
      return taken.map((row) => ({ ...row, intent: readKeptIntent(row.intent) }));
    },
    renew: async (delivery, leaseMs) => {
      await executor
        .update(inbox)
        .set({ dueAt: soon(leaseMs) })
        .where(and(eq(inbox.delivery, delivery), eq(inbox.state, 'received')));
    },
    done: async (delivery) => {
      await executor
        .update(inbox)
        .set({ state: 'done', error: null, intent: withoutText })
        .where(eq(inbox.delivery, delivery));
    },
    failed: async (delivery, error, delayMs, dead) => {
      await executor
        .update(inbox)
        .set({
          error,
          state: dead ? 'dead' : 'received',
          attempts: sql`${inbox.attempts} + 1`,
          dueAt: soon(delayMs),
        })
        .where(eq(inbox.delivery, delivery));
    },
    forget: async (days, limit) => {
      await executor.execute(forgetDeliveries(days, limit));
    },
  };
}

const withoutText = sql`case when ${inbox.intent}->>'text' is null then ${inbox.intent}
  else jsonb_set(${inbox.intent}, '{text}', '""') end`;

export const forgetDeliveries = (days: number, limit: number): SQL => sql`
  delete from inbox where delivery in (
    select delivery from inbox
    where received_at < now() - make_interval(days => ${days}) and state <> 'received'
    order by received_at limit ${limit})`;

/** The first of each lane, oldest first; while it is in hand or put off, the rest of its lane waits. */
export const takeDeliveries = (limit: number, leaseMs: number): SQL => sql`
  with due as (
    select workspace_id, delivery from inbox i where state = 'received' and due_at <= now()
      and not exists (
        select 1 from inbox earlier
        where earlier.state = 'received' and earlier.lane = i.lane
          and (earlier.received_at, earlier.delivery) < (i.received_at, i.delivery))
    order by received_at limit ${limit} for update skip locked),
  taken as (
    update inbox set due_at = ${soon(leaseMs)}
    from due where inbox.workspace_id = due.workspace_id and inbox.delivery = due.delivery
    returning inbox.delivery, inbox.intent, inbox.attempts, inbox.received_at)
  select delivery, intent, attempts from taken order by received_at`;
