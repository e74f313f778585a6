import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatPeer, PlayedCore } from '#test/contracts/chat/chat-peer.ts';
import { bot, users } from '#test/support/slack/local-slack.ts';
import { openTestSlack } from '#test/support/slack/open-test-slack.ts';
import { rateLimited } from '#test/support/slack/proxy.ts';
import { asMessage } from '#test/support/slack/shapes.ts';
import { createSlackStage } from '#test/support/stage/slack-stage.ts';

export async function openSlackPeer({ answer }: PlayedCore): Promise<ChatPeer> {
  const { server, chat, received, ...opened } = await openTestSlack('socket', answer);
  const alert = { subtype: 'bot_message', bot_id: 'B0ALERTS', user: undefined, username: 'Alerts', text: '' };
  return {
    stage: createSlackStage(server),
    chat,
    workspace: '00000000-0000-7000-8000-000000000001' as WorkspaceId,
    received,
    sayDirectly: async (text) =>
      void (await server.act('message', { user: users.rae, channel: bot.user, text })),
    // A webhook of Slack speaks as a bot does.
    sendAlerts: async (title) => {
      server.proxy.reshape = asMessage({ ...alert, attachments: [{ title, fallback: 'alert' }] });
      await server.say('vic', 'reshaped');
      server.proxy.reshape = undefined;
      return 1;
    },
    recall: (key, ts) => {
      const metadata = { event_type: 'recourse_post', event_payload: { key } };
      const answer = { status: 200, body: { ok: true, messages: [{ ts, metadata }] } };
      const readsBack = (given: URLSearchParams) => given.has('include_all_metadata');
      server.proxy.rules = [
        ({ method, arguments: given }) =>
          method === 'conversations.replies' && readsBack(given) ? answer : undefined,
      ];
    },
    refusePosts: (times) => {
      let left = times;
      server.proxy.rules = [
        ({ method }) => (method === 'chat.postMessage' && left-- > 0 ? rateLimited(1) : undefined),
      ];
    },
    [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
  };
}
