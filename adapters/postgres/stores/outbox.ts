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
import { soon } from '../soon.ts';
import type { StoreScope } from '../unit-of-work.ts';
import { holdUpWorkspace, isHeldBy, nextPost, refusedPosts, takeChannels } from './outbox-queries.ts';

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
    sent: async (held, id, revision, externalId) => {
      const sent = { sentRevision: revision, externalId, attempts: 0, dueAt: sql`now()`, error: null };
      const changed = await executor
        .update(posts)
        .set({ ...sent, failedAt: null })
        .where(and(eq(posts.id, id), isHeldBy(held)))
        .returning({ id: posts.id });
      return changed.length > 0;
    },
    failed: (held, id, failure) => failed(scope, held, id, failure),
    refused: (limit) => readRows<RefusedPost>(executor, refusedPosts(limit)),
    ...channelLeases(scope),
  };
}

type Leasing = Pick<Outbox, 'take' | 'next' | 'renew' | 'passed' | 'holdUp' | 'holdUpEdits' | 'release'>;

/** Changes a channel for whoever holds it; false when that is somebody else. */
async function changeHeld(
  { executor }: StoreScope,
  { channel, holder }: HeldChannel,
  set: Partial<Record<keyof typeof outboxChannels.$inferInsert, unknown>>,
): Promise<boolean> {
  const changed = await executor
    .update(outboxChannels)
    .set(set as Partial<typeof outboxChannels.$inferInsert>)
    .where(and(eq(outboxChannels.channel, channel), eq(outboxChannels.holder, holder)))
    .returning({ channel: outboxChannels.channel });
  return changed.length > 0;
}

function channelLeases(scope: StoreScope): Leasing {
  const { executor, workspace } = scope;
  const change = (held: HeldChannel, set: Parameters<typeof changeHeld>[2]) => changeHeld(scope, held, set);
  return {
    take: (limit, holder, leaseMs) =>
      readRows<HeldChannel>(executor, takeChannels(workspace, limit, holder, leaseMs)),
    next: async (held, leaseMs) => first(await readRows<OutgoingPost>(executor, nextPost(held, leaseMs))),
    renew: (held, leaseMs) => change(held, { freeAt: soon(leaseMs) }),
    passed: async (held, { postMs, progressMs }) => {
      const paced = {
        ...(postMs > 0 && { postAt: soon(postMs) }),
        ...(progressMs > 0 && { progressAt: soon(progressMs) }),
      };
      await change(held, { failures: 0, ...paced });
    },
    holdUpEdits: async (held, pauseMs) => {
      await change(held, { editAt: soon(pauseMs) });
    },
    holdUp: async (held, what, pauseMs) => {
      if (what === 'workspace') await executor.execute(holdUpWorkspace(workspace, held, pauseMs));
      else
        await change(held, {
          freeAt: soon(pauseMs),
          failures: sql`${outboxChannels.failures} + 1`,
          holder: null,
        });
    },
    release: async (held) => {
      await change(held, { freeAt: sql`now()`, holder: null });
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
  held: HeldChannel,
  id: PostId,
  { error, delayMs, dead, undone }: Parameters<Outbox['failed']>[2],
): Promise<boolean> {
  const changed = await executor
    .update(posts)
    .set({
      error,
      dead,
      failedAt: sql`now()`,
      attempts: sql`${posts.attempts} + 1`,
      dueAt: soon(delayMs),
      ...(undone && { triedAt: null }),
    })
    .where(and(eq(posts.id, id), isHeldBy(held)))
    .returning({ id: posts.id });
  return changed.length > 0;
}
