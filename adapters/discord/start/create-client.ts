import { Client, Events, type GatewayIntentBits, Options, Partials, type WebSocketOptions } from 'discord.js';
import type { Logger } from '#ports/logger.ts';
import type { DiscordSettings } from './options.ts';
import { patientOptions } from './rest-clients.ts';

/** Who acted lately, with the roles that came along. */
const mostPeople = 500;

const keepSelf = {
  maxSize: mostPeople,
  keepOverLimit: ({ id, client }: { readonly id: string; readonly client: Client }) => id === client.user?.id,
};

/**
 * What happened to a message, a reaction or a person that is not in a cache would be dropped without a word: all that
 * was said before the start is such.
 */
const partials = [Partials.Message, Partials.Channel, Partials.Reaction, Partials.User, Partials.GuildMember];

export interface ClientOptions {
  readonly settings: DiscordSettings;
  readonly intents: readonly GatewayIntentBits[];
  readonly buildStrategy: NonNullable<WebSocketOptions['buildStrategy']>;
  readonly logger: Logger;
}

/** A client of the gateway, not yet logged in. Guilds, channels and roles are cached; people within bounds; messages not. */
export function createClient({ settings, intents, buildStrategy, logger }: ClientOptions): Client {
  const { shards } = settings;
  const client = new Client({
    intents: [...intents],
    partials,
    allowedMentions: { parse: [], repliedUser: false },
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      PresenceManager: 0,
      VoiceStateManager: 0,
      ThreadMemberManager: 0,
      GuildBanManager: 0,
      GuildInviteManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
      AutoModerationRuleManager: 0,
      GuildMemberManager: keepSelf,
      UserManager: keepSelf,
    }),
    rest: patientOptions(settings),
    ws: { buildStrategy },
    ...(shards === 'auto' ? { shards } : { shards: [...shards.ids], shardCount: shards.count }),
  });
  client.on(Events.ShardError, (error, shard) =>
    logger.warn({ error, shard }, 'a connection to Discord met an error'),
  );
  // Without a listener such an error would end the process.
  client.on(Events.Error, (error) => logger.warn({ error }, 'the SDK of Discord met an error'));
  return client;
}
