import { eq, type SQL, sql } from 'drizzle-orm';
import type { PostId } from '#domain/ids.ts';
import { type Outbox, type OutgoingPost, urgencies } from '#ports/stores/outbox.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { posts } from '../schema/deliveries.ts';
import type { StoreScope } from '../unit-of-work.ts';

const columns = {
  id: posts.id,
  channel: posts.channel,
  thread: posts.thread,
  onlyFor: posts.onlyFor,
  reply: posts.reply,
  revision: posts.revision,
  externalId: posts.externalId,
};

export function createOutbox(scope: StoreScope): Outbox {
  const { executor, workspace } = scope;
  const insert = async (row: Omit<typeof posts.$inferInsert, 'workspaceId'>): Promise<void> => {
    await executor.insert(posts).values({ ...row, workspaceId: workspace });
  };
  return {
    post: (id, { channel, thread }, reply, urgency) =>
      insert({ id, channel, thread, reply, urgency: urgencies[urgency] }),
    notify: (id, { channel, thread }, onlyFor, reply) =>
      insert({ id, channel, thread, onlyFor, reply, urgency: urgencies.approval }),
    revise: async (id, reply, urgency) => {
      await executor
        .update(posts)
        .set({
          reply,
          urgency: urgencyOfChange(urgencies[urgency]),
          revision: sql`${posts.revision} + 1`,
          // What the platform refused was the text before.
          dead: false,
        })
        .where(eq(posts.id, id));
    },
    find: async (id) => first(await executor.select(columns).from(posts).where(eq(posts.id, id))),
    named: async (channel, externalId) =>
      first(
        await executor
          .select(columns)
          .from(posts)
          .where(sql`${posts.channel} = ${channel} and ${posts.externalId} = ${externalId}`),
      ),
    take: (limit, leaseMs) => take(scope, limit, leaseMs),
    sent: async (id, revision, externalId) => {
      await executor
        .update(posts)
        .set({ sentRevision: revision, externalId, attempts: 0, dueAt: sql`now()`, error: null })
        .where(eq(posts.id, id));
    },
    failed: (id, error, delayMs, dead) => failed(scope, id, error, delayMs, dead),
  };
}

/** A change that is merged into one that waits goes no later than that one would have. */
function urgencyOfChange(urgency: number): SQL {
  return sql`case when ${posts.sentRevision} < ${posts.revision} then least(${posts.urgency}, ${urgency}::int) else ${urgency}::int end`;
}

/** New messages of a thread go out in the order they were made; edits have no order to keep. */
async function take(
  { executor }: StoreScope,
  limit: number,
  leaseMs: number,
): Promise<readonly OutgoingPost[]> {
  return readRows<OutgoingPost>(
    executor,
    sql`
      with due as (
        select p.id from posts p
        where p.sent_revision < p.revision and not p.dead and p.due_at <= now()
          and not exists (
            select 1 from posts earlier
            where earlier.sent_revision < earlier.revision and not earlier.dead
              and earlier.channel = p.channel and earlier.thread is not distinct from p.thread
              and earlier.external_id is null and p.external_id is null and earlier.only_for is null
              and earlier.id < p.id)
        order by p.urgency, p.id limit ${limit} for update skip locked),
      taken as (
        update posts set due_at = now() + make_interval(secs => ${leaseMs / 1000})
        from due where posts.id = due.id returning posts.*)
      select id, channel, thread, only_for as "onlyFor", reply, revision, external_id as "externalId"
      from taken order by urgency, id`,
  );
}

async function failed(
  { executor }: StoreScope,
  id: PostId,
  error: string,
  delayMs: number,
  dead: boolean,
): Promise<void> {
  await executor
    .update(posts)
    .set({
      error,
      dead,
      attempts: sql`${posts.attempts} + 1`,
      dueAt: sql`now() + make_interval(secs => ${delayMs / 1000})`,
    })
    .where(eq(posts.id, id));
}
