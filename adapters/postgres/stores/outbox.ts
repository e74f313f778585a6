import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { PostId } from '#domain/ids.ts';
import {
  type HeldChannel,
  type Outbox,
  type OutgoingPost,
  type RefusedPost,
  urgencies,
} from '#ports/stores/outbox.ts';
import { readRows } from '../read-rows.ts';
import { first } from '../rows.ts';
import { outboxChannels, posts } from '../schema/deliveries.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { everyChannel, holdUpChannel, nextPost, refusedPosts, soon, takeChannels } from './outbox-queries.ts';

const columns = {
  id: posts.id,
  channel: posts.channel,
  thread: posts.thread,
  onlyFor: posts.onlyFor,
  reply: posts.reply,
  revision: posts.revision,
  externalId: posts.externalId,
  attempts: posts.attempts,
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
          waitingSince: sql`case when ${waits} then ${posts.waitingSince} else now() end`,
          revision: sql`${posts.revision} + 1`,
          // What the platform refused was the text before.
          dead: false,
          attempts: 0,
          dueAt: sql`now()`,
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
    sent: async (id, revision, externalId) => {
      const sent = { sentRevision: revision, externalId, attempts: 0, dueAt: sql`now()`, error: null };
      await executor
        .update(posts)
        .set({ ...sent, failedAt: null })
        .where(eq(posts.id, id));
    },
    failed: (id, failure) => failed(scope, id, failure),
    refused: (limit) => readRows<RefusedPost>(executor, refusedPosts(limit)),
    ...channelLeases(scope),
  };
}

type Leasing = Pick<Outbox, 'take' | 'next' | 'passed' | 'holdUp' | 'holdUpEdits' | 'release'>;

function channelLeases({ executor, workspace }: StoreScope): Leasing {
  return {
    take: (limit, holder, leaseMs) =>
      readRows<HeldChannel>(executor, takeChannels(workspace, limit, holder, leaseMs)),
    next: async (held, leaseMs) => first(await readRows<OutgoingPost>(executor, nextPost(held, leaseMs))),
    passed: async (channel, { postMs, progressMs }) => {
      const paced = {
        ...(postMs > 0 && { postAt: soon(postMs) }),
        ...(progressMs > 0 && { progressAt: soon(progressMs) }),
      };
      await executor
        .update(outboxChannels)
        .set({ failures: 0, ...paced })
        .where(eq(outboxChannels.channel, channel));
    },
    holdUpEdits: async (channel, pauseMs) => {
      await executor
        .update(outboxChannels)
        .set({ editAt: soon(pauseMs) })
        .where(eq(outboxChannels.channel, channel));
    },
    holdUp: async (channel, pauseMs) => {
      await executor.execute(holdUpChannel(workspace, channel ?? everyChannel, pauseMs));
    },
    release: async ({ channel, holder }) => {
      await executor
        .update(outboxChannels)
        .set({ freeAt: sql`now()`, holder: null })
        .where(and(eq(outboxChannels.channel, channel), eq(outboxChannels.holder, holder)));
    },
  };
}

const waits = sql`${posts.sentRevision} < ${posts.revision}`;

/** A change that is merged into one that waits goes no later than that one would have. */
function urgencyOfChange(urgency: number): SQL {
  return sql`case when ${waits} then least(${posts.urgency}, ${urgency}::int) else ${urgency}::int end`;
}

async function failed(
  { executor }: StoreScope,
  id: PostId,
  { error, delayMs, dead, undone }: Parameters<Outbox['failed']>[1],
): Promise<void> {
  await executor
    .update(posts)
    .set({
      error,
      dead,
      failedAt: sql`now()`,
      attempts: sql`${posts.attempts} + 1`,
      dueAt: soon(delayMs),
      ...(undone && { triedAt: null }),
    })
    .where(eq(posts.id, id));
}
