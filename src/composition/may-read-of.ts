import type { Core } from '#application/core.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';

/** Asks whichever chat a workspace has now; without one nobody is known to read along anywhere. */
export function mayReadOf(chats: ReadonlyMap<WorkspaceId, Chat>): Core['mayRead'] {
  return async (workspace, channel, person) => {
    const chat = chats.get(workspace);
    return chat !== undefined && (await chat.mayRead(channel, person));
  };
}
