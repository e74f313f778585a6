import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, Routes } from 'discord.js';
import {
  createInteractionTokens,
  type InteractionTokens,
} from '#adapters/discord/chat/interaction-tokens.ts';
import { defineCommands } from '#adapters/discord/commands.ts';
import type { Hearing } from '#adapters/discord/inbound/hearing.ts';
import { listen } from '#adapters/discord/inbound/listen.ts';
import { chooseIntents } from '#adapters/discord/intents.ts';
import { createClient } from '#adapters/discord/start/create-client.ts';
import { paceShards } from '#adapters/discord/start/pace-shards.ts';
import { createPatientRest, createPromptRest } from '#adapters/discord/start/rest-clients.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Inbound, Inquiry, Received, Suggestion } from '#ports/inbound.ts';
import { silentLogger } from '#test/support/playground.ts';
import { bot, botToken, guild } from './guild.ts';
import { type LocalDiscord, startLocalDiscord } from './local-discord.ts';

/** What the core answers to a delivery; `accepted` unless the test says otherwise. */
export type Answer = (intent: ChatIntent, delivery: string) => Promise<Received>;

export interface HearingOptions {
  readonly answer?: Answer;
  readonly suggest?: (inquiry: Inquiry) => Promise<readonly Suggestion[]>;
  readonly directMessages?: boolean;
}

export interface TestHearing extends AsyncDisposable {
  readonly discord: LocalDiscord;
  readonly client: Client;
  readonly hearing: Hearing;
  readonly tokens: InteractionTokens;
  /** What was handed in, each delivery once, as the inbox keeps it. */
  readonly received: readonly { readonly intent: ChatIntent; readonly delivery: string }[];
  readonly missed: readonly string[];
  /** Stops hearing, as at the end of the process. */
  readonly close: () => Promise<void>;
}

export const workspace = '00000000-0000-7000-8000-000000000001' as WorkspaceId;

/** What hears Discord, with a client on the real gateway protocol and a core that the test plays. */
export async function openTestHearing({
  answer = async () => ({ kind: 'accepted' }),
  suggest = async () => [],
  directMessages = false,
}: HearingOptions = {}): Promise<TestHearing> {
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startLocalDiscord());
  const received: { readonly intent: ChatIntent; readonly delivery: string }[] = [];
  const missed: string[] = [];
  const settings = { token: botToken, apiUrl: discord.apiUrl };
  const hearing: Hearing = {
    prompt: createPromptRest(settings),
    patient: createPatientRest(settings),
    inbound: { suggest, receive: keeping(answer, received) },
    logger: silentLogger,
    tokens: createInteractionTokens(),
    workspaceOf: (id) => (id === guild.id ? workspace : undefined),
    directGuild: directMessages ? guild.id : null,
    missed: (id) => missed.push(id),
  };
  const client = await connect(discord, hearing.directGuild);
  opened.defer(() => client.destroy());
  const listening = listen(client, hearing);
  const closing = opened.move();
  return {
    discord,
    client,
    hearing,
    tokens: hearing.tokens,
    received,
    missed,
    close: () => listening.close(),
    [Symbol.asyncDispose]: async () => {
      await listening.close();
      await closing.disposeAsync();
    },
  };
}

async function connect({ apiUrl }: LocalDiscord, directGuild: string | null): Promise<Client> {
  const client = createClient({
    settings: { token: botToken, applicationId: bot.id, apiUrl, directMessages: directGuild, shards: 'auto' },
    intents: chooseIntents({ directMessages: directGuild !== null, flags: 1 << 14 }),
    buildStrategy: paceShards().buildStrategy,
    logger: silentLogger,
  });
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  await client.login(botToken);
  await ready;
  const body = defineCommands({ directMessages: directGuild !== null });
  await client.rest.put(Routes.applicationCommands(bot.id), { body });
  return client;
}

/** As the inbox does it: what is kept is kept once, what was answered at once is not kept. */
function keeping(
  answer: Answer,
  received: { readonly intent: ChatIntent; readonly delivery: string }[],
): Inbound['receive'] {
  const seen = new Set<string>();
  return async (intent, delivery) => {
    if (seen.has(delivery)) return { kind: 'duplicate' };
    const outcome = await answer(intent, delivery);
    if (outcome.kind === 'accepted') seen.add(delivery);
    received.push({ intent, delivery });
    return outcome;
  };
}

/** Long enough for what is on its way to arrive, where nothing is to come of it. */
export const settled = (): Promise<void> => sleep(300);
