import { createHttpListener } from '#adapters/http/create-http-listener.ts';
import { type Slack, startSlack } from '#adapters/slack/start/start-slack.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { Received } from '#ports/inbound.ts';
import { keeping } from '#test/support/keeping.ts';
import { silentLogger } from '#test/support/playground.ts';
import { type LocalSlack, startLocalSlack, tokens } from './local-slack.ts';

export interface TestSlack extends AsyncDisposable {
  readonly server: LocalSlack;
  readonly slack: Slack;
  readonly chat: () => Chat;
  /** What was handed in, each delivery once, as the inbox keeps it. */
  readonly received: readonly { readonly intent: ChatIntent; readonly delivery: string }[];
  /** What was told of whether it is heard: `unheard` and `caught up`. */
  readonly hearing: readonly string[];
  /** `host:port` of the listener in HTTP mode. */
  readonly address: string;
}

/** What the core answers to a delivery; `accepted` unless the test says otherwise. */
export type Answer = (intent: ChatIntent, delivery: string) => Promise<Received>;

/** The Slack adapter on the real server, with a core that the test plays. */
export async function openTestSlack(
  mode: 'socket' | 'http',
  answer: Answer = async () => ({ kind: 'accepted' }),
  heard: () => HeardSoFar = () => ({ lastAt: null, threads: [], reactions: [] }),
): Promise<TestSlack> {
  const server = await startLocalSlack(mode === 'http' ? 'events' : 'socket');
  const received: { readonly intent: ChatIntent; readonly delivery: string }[] = [];
  const seen = new Set<string>();
  const hearing: string[] = [];
  let chat: Chat | undefined;
  const shared = { botToken: tokens.bot, apiUrl: server.apiUrl };
  const slack = await startSlack({
    settings:
      mode === 'http'
        ? { ...shared, mode, signingSecret: tokens.signing }
        : { ...shared, mode, appToken: tokens.app },
    logger: silentLogger,
    caughtUp: async () => void hearing.push('caught up'),
    unheard: () => void hearing.push('unheard'),
    keeping,
    namesMatter: true,
    heardSoFar: async () => heard(),
    enter: async (_team, entered) => {
      chat = entered;
      return '00000000-0000-7000-8000-000000000001' as WorkspaceId;
    },
    inbound: {
      suggest: async () => [],
      receive: async (intent, delivery) => {
        if (seen.has(delivery)) return { kind: 'duplicate' };
        seen.add(delivery);
        const outcome = await answer(intent, delivery).catch((error: unknown) => {
          seen.delete(delivery);
          throw error;
        });
        if (outcome.kind !== 'accepted') seen.delete(delivery);
        received.push({ intent, delivery });
        return outcome;
      },
    },
  });
  const listener = await createHttpListener({
    address: '127.0.0.1:0',
    routes: slack.routes,
    logger: silentLogger,
    variable: 'RECOURSE_PUBLIC_ADDRESS',
  });
  server.proxy.botUrls = [`http://${listener.address}/slack/events`];
  return {
    server,
    slack,
    received,
    hearing,
    address: listener.address,
    chat: () => {
      if (!chat) throw new Error('Slack is not connected');
      return chat;
    },
    [Symbol.asyncDispose]: async () => {
      await slack.close();
      await listener.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
