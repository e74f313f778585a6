import type { REST } from 'discord.js';
import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent } from '#domain/intent.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Logger } from '#ports/logger.ts';
import type { InteractionTokens } from '../chat/interaction-tokens.ts';

export interface Hearing {
  readonly inbound: Inbound;
  readonly logger: Logger;
  readonly tokens: InteractionTokens;
  /** Tries once. Of an answer that is given twice Discord says that another process gave it. */
  readonly prompt: REST;
  /** Tries again and waits for limits, for what nobody waits for. */
  readonly patient: REST;
  /** Undefined for a guild that the bot does not serve. */
  readonly workspaceOf: (guild: string) => WorkspaceId | undefined;
  /** The guild in whose name direct messages are heard; null when they are not. */
  readonly directGuild: string | null;
  /** A delivery of this guild could not be kept, so it has to be read back. `at` is milliseconds since the epoch. */
  readonly missed: (guild: string, at: number) => void;
}

/** An intent with the id under which the same thing comes again, live or read back. */
export interface Heard {
  readonly intent: ChatIntent;
  readonly delivery: string;
}
