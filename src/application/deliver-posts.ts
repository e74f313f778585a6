import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { OutgoingPost } from '#ports/stores/outbox.ts';
import type { Core } from './core.ts';

const leaseMs = 30_000;
const batch = 16;
const retryMs = 2000;

type Needs = Pick<Core, 'unitOfWork' | 'logger'>;

/** Sends what is due in a workspace's outbox; tells whether there was anything. */
export function createDeliverPosts(needs: Needs) {
  return async (workspace: WorkspaceId, chat: Chat): Promise<boolean> => {
    const posts = await needs.unitOfWork.within(workspace, ({ outbox }) => outbox.take(batch, leaseMs));
    for (const post of posts) await deliver(needs, workspace, chat, post);
    return posts.length > 0;
  };
}

async function deliver(needs: Needs, workspace: WorkspaceId, chat: Chat, post: OutgoingPost): Promise<void> {
  try {
    const externalId = await send(workspace, chat, post);
    await needs.unitOfWork.within(workspace, ({ outbox }) => outbox.sent(post.id, post.revision, externalId));
  } catch (error) {
    // What a platform refuses once it refuses again; everything else may work later.
    const dead = error instanceof Fault && error.kind === 'rejected';
    needs.logger.error({ error, post: post.id, dead }, 'a message could not be sent');
    await needs.unitOfWork.within(workspace, ({ outbox }) =>
      outbox.failed(post.id, String(error), retryMs, dead),
    );
  }
}

async function send(workspace: WorkspaceId, chat: Chat, post: OutgoingPost): Promise<string | null> {
  const place = { workspace, channel: post.channel, thread: post.thread };
  if (post.onlyFor !== null) {
    await chat.notify(place, post.onlyFor, post.reply);
    return null;
  }
  if (post.externalId === null) return chat.post(place, post.reply, post.id);
  await chat.edit(place, post.externalId, post.reply);
  return post.externalId;
}
