import type { Core } from '#application/core.ts';
import { Fault } from '#domain/fault.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';

/** Reads threads through whichever chat a workspace has now. */
export function readThreadOf(chats: ReadonlyMap<WorkspaceId, Chat>): Core['readThread'] {
  return async (place, signal) => {
    const chat = chats.get(place.workspace);
    if (chat) return chat.read(place, signal);
    const advice = 'It is read as soon as the chat is connected again.';
    throw new Fault('unavailable', 'chat-not-connected', 'The chat of this thread is not connected.', advice);
  };
}
