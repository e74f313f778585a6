import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { HeardSoFar } from '#ports/heard-so-far.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { ConnectionStatus, Keeping } from '#ports/keeping.ts';
import type { Logger } from '#ports/logger.ts';
import { createDiscordChat } from '../chat/create-discord-chat.ts';
import { createInteractionTokens } from '../chat/interaction-tokens.ts';
import { discordFault } from '../errors.ts';
import { connectGateway, type Gateway } from './connect-gateway.ts';
import type { DiscordSettings, GuildName } from './options.ts';
import { createPromptRest } from './rest-clients.ts';

export interface DiscordOptions {
  readonly settings: DiscordSettings;
  readonly inbound: Inbound;
  readonly logger: Logger;
  readonly keeping: Keeping;
  /**
   * Asked before something is read back: what was missed since the last delivery, or earlier where that was not read
   * back yet, or since `missedAt` (milliseconds since the epoch).
   */
  readonly heardSoFar: (workspace: WorkspaceId, missedAt?: number) => Promise<HeardSoFar>;
  /** Told when all of that was read back. */
  readonly caughtUp: (workspace: WorkspaceId) => Promise<void>;
  /** Told at once when nothing is heard from there any more, until it was read back. */
  readonly unheard: (workspace: WorkspaceId) => void;
  /** Told when it is heard again and nothing was missed meanwhile. */
  readonly heardAgain: (workspace: WorkspaceId) => void;
  /** The guilds that the operator lets in; in others nothing is heard. */
  readonly admitted: readonly string[];
  /** Makes a guild's workspace ready; with the chat to reach it by, unless another process sends into it. */
  readonly enter: (guild: GuildName, chat: Chat | null) => Promise<WorkspaceId>;
  /** The opposite of `enter`: no longer sends into this guild. */
  readonly leave: (guild: string) => void;
}

export interface Discord {
  status(): ConnectionStatus;
  /** Stops hearing; deliveries in hand are finished first. */
  close(): Promise<void>;
}

/**
 * Connects to Discord and stays connected. Resolves after the first attempt, whether or not it succeeded: a wrong token
 * or a Discord that is away must not keep the rest of the bot from working.
 */
export async function startDiscord(options: DiscordOptions): Promise<Discord> {
  const { settings, keeping, logger } = options;
  const rest = createPromptRest(settings);
  const tokens = createInteractionTokens();
  const chat = createDiscordChat({
    rest,
    applicationId: settings.applicationId,
    tokens,
    hearsDirectly: settings.directMessages !== null,
  });
  let gateway: Gateway | undefined;
  const connect = async (signal: AbortSignal): Promise<Gateway> => {
    gateway = await connectGateway({ ...options, rest, tokens, chat }, signal);
    return gateway;
  };
  const kept = keeping.connected({ name: 'Discord', connect, faultOf: discordFault, logger });
  await kept.attempted;
  return {
    status: () => {
      const status = kept.status();
      return status.connected && gateway ? gateway.status() : status;
    },
    close: kept.close,
  };
}
