import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import { type SenderNeeds, senderLeaseMs, sendInto } from './send-into.ts';
import { createWorkPool } from './work-pool.ts';

/** Channels of one workspace that are sent into side by side. */
const channelsAtOnce = 8;

export interface PostDelivery {
  /** Begins to send what is due in a workspace's outbox; tells whether there was anything. */
  readonly turn: (workspace: WorkspaceId, chat: Chat) => Promise<boolean>;
  /** Lets every channel in hand end with the message that is being sent. */
  readonly settle: () => Promise<void>;
}

/**
 * Sends what is due: channels side by side, one message at a time in each. A channel that is slow, or that the platform
 * holds up, keeps no other waiting.
 */
export function createDeliverPosts(needs: SenderNeeds): PostDelivery {
  const pool = createWorkPool(channelsAtOnce, needs.logger, needs.postsWaiting);
  return {
    turn: async (workspace, chat) => {
      const room = pool.room(workspace);
      if (room <= 0) return false;
      const taken = await needs.unitOfWork.within(workspace, ({ outbox }) =>
        outbox.take(room, needs.ids.nonce(), senderLeaseMs),
      );
      for (const held of taken)
        pool.begin(workspace, () => sendInto(needs, { workspace, chat, held, enough: () => pool.settling }));
      return taken.length > 0;
    },
    settle: pool.settle,
  };
}
