import { type Discord, startDiscord } from '#adapters/discord/start/start-discord.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Chat } from '#ports/chat.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { Inbound, Received } from '#ports/inbound.ts';
import { keeping } from '#test/support/keeping.ts';
import { silentLogger } from '#test/support/playground.ts';
import { bot, botToken, guild } from './guild.ts';
import { type LocalDiscord, startLocalDiscord } from './local-discord.ts';

export interface TestDiscord extends AsyncDisposable {
  readonly server: LocalDiscord;
  readonly discord: Discord;
  readonly chat: () => Chat;
  readonly workspace: WorkspaceId;
  /** What was handed in, each delivery once, as the inbox keeps it. */
  readonly received: readonly { readonly intent: ChatIntent; readonly delivery: string }[];
}

interface TestDiscordOptions {
  /** What the core answers to a delivery; `accepted` unless the test says otherwise. */
  readonly answer?: (intent: ChatIntent, delivery: string) => Promise<Received>;
  readonly suggest?: Inbound['suggest'];
  readonly heard?: () => HeardSoFar;
  readonly directMessages?: boolean;
}

/** The Discord adapter on the server for tests, with a core that the test plays. */
export async function openTestDiscord({
  answer = async () => ({ kind: 'accepted' }),
  suggest = async () => [],
  heard = () => ({ lastAt: null, threads: [], reactions: [] }),
  directMessages = false,
}: TestDiscordOptions = {}): Promise<TestDiscord> {
  const server = await startLocalDiscord();
  const workspace = '00000000-0000-7000-8000-000000000001' as WorkspaceId;
  const received: { readonly intent: ChatIntent; readonly delivery: string }[] = [];
  const seen = new Set<string>();
  let chat: Chat | undefined;
  const discord = await startDiscord({
    settings: {
      token: botToken,
      applicationId: bot.id,
      apiUrl: server.apiUrl,
      directMessages: directMessages ? guild.id : null,
      shards: 'auto',
    },
    logger: silentLogger,
    keeping,
    admitted: [guild.id],
    caughtUp: async () => undefined,
    unheard: () => undefined,
    heardAgain: () => undefined,
    heardSoFar: async () => heard(),
    enter: async (_guild, entered) => {
      chat = entered ?? undefined;
      return workspace;
    },
    leave: () => undefined,
    inbound: {
      suggest,
      receive: async (intent, delivery) => {
        if (seen.has(delivery)) return { kind: 'duplicate' };
        const outcome = await answer(intent, delivery);
        if (outcome.kind === 'accepted') seen.add(delivery);
        received.push({ intent, delivery });
        return outcome;
      },
    },
  });
  return {
    server,
    discord,
    workspace,
    received,
    chat: () => {
      if (!chat) throw new Error('Discord is not connected');
      return chat;
    },
    [Symbol.asyncDispose]: async () => {
      await discord.close();
      await server[Symbol.asyncDispose]();
    },
  };
}
