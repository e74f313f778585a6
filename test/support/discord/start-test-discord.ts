import type { DiscordSettings } from '#adapters/discord/start/options.ts';
import { type Discord, startDiscord } from '#adapters/discord/start/start-discord.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { Logger } from '#ports/logger.ts';
import { keeping } from '#test/support/keeping.ts';
import { bot, botToken, guild } from './guild.ts';
import type { LocalDiscord } from './local-discord.ts';

export interface StartedDiscord extends AsyncDisposable {
  readonly discord: Discord;
  /** Every line of the log above debug. */
  readonly lines: readonly string[];
  /** What was handed in, each delivery once, as the inbox keeps it. */
  readonly received: readonly { readonly intent: ChatIntent; readonly delivery: string }[];
  /** Guilds as they were entered and left; with a chat, those that this process sends into. */
  readonly guilds: readonly string[];
  /** Every time that something is read back: of what workspace, and since when. */
  readonly readBack: readonly { readonly workspace: string; readonly since: number | undefined }[];
  /** What was told of whether it is heard: `unheard`, `heard again` and `caught up`, with the workspace. */
  readonly hearing: readonly string[];
}

export const workspaceOf = (id: string): WorkspaceId => `workspace-${id}` as WorkspaceId;
const nothing: HeardSoFar = { lastAt: null, threads: [], reactions: [] };

/** The Discord adapter on the test server, with a core that the test plays. */
export async function startTestDiscord(
  server: LocalDiscord,
  settings: Partial<DiscordSettings> = {},
  {
    admitted = [guild.id],
    heard = (since) => (since === undefined ? nothing : { ...nothing, lastAt: since }),
  }: {
    readonly admitted?: readonly string[];
    readonly heard?: (since: number | undefined) => HeardSoFar;
  } = {},
): Promise<StartedDiscord> {
  const lines: string[] = [];
  const hearing: string[] = [];
  const guilds: string[] = [];
  const received: { readonly intent: ChatIntent; readonly delivery: string }[] = [];
  const readBack: { readonly workspace: string; readonly since: number | undefined }[] = [];
  const tell = (_: unknown, line: string): void => void lines.push(line);
  const logger: Logger = { debug() {}, info: tell, warn: tell, error: tell };
  const discord = await startDiscord({
    settings: {
      token: botToken,
      applicationId: bot.id,
      apiUrl: server.apiUrl,
      directMessages: null,
      shards: 'auto',
      ...settings,
    },
    admitted,
    logger,
    keeping,
    heardSoFar: async (workspace, since) => {
      readBack.push({ workspace, since });
      return heard(since);
    },
    caughtUp: async (workspace) => void hearing.push(`caught up ${workspace}`),
    unheard: (workspace) => void hearing.push(`unheard ${workspace}`),
    heardAgain: (workspace) => void hearing.push(`heard again ${workspace}`),
    enter: async ({ id }, chat) => {
      guilds.push(chat ? `entered ${id}` : `known ${id}`);
      return workspaceOf(id);
    },
    leave: (id) => void guilds.push(`left ${id}`),
    inbound: {
      suggest: async () => [],
      receive: async (intent, delivery) => {
        if (received.some((one) => one.delivery === delivery)) return { kind: 'duplicate' };
        received.push({ intent, delivery });
        return { kind: 'accepted' };
      },
    },
  });
  return {
    discord,
    lines,
    received,
    guilds,
    readBack,
    hearing,
    [Symbol.asyncDispose]: () => discord.close(),
  };
}
