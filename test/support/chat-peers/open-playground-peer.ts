import type { ChatPeer, PlayedCore } from '#test/contracts/chat/chat-peer.ts';
import { openTestPlayground, token } from '#test/support/playground.ts';
import { createPlaygroundStage } from '#test/support/stage/playground-stage.ts';

export async function openPlaygroundPeer({ answer, suggest }: PlayedCore): Promise<ChatPeer> {
  const playground = await openTestPlayground(answer, suggest);
  return {
    stage: createPlaygroundStage(`http://${playground.host}/?token=${token}`),
    chat: () => playground.chat,
    workspace: playground.workspace,
    received: playground.received,
    [Symbol.asyncDispose]: () => playground[Symbol.asyncDispose](),
  };
}
