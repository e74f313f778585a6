import type { WorkspaceId } from '#domain/ids.ts';
import type { Role } from '#domain/person.ts';
import type { Clock } from '#ports/clock.ts';
import type { ConversationLog, LoggedMessage } from '#ports/conversation-log.ts';
import type { Ids } from '#ports/ids.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Logger } from '#ports/logger.ts';

/** Somebody whom the page's switcher offers. The role is shown only; what they may do, the core decides. */
export interface PlaygroundPerson {
  readonly externalId: string;
  readonly name: string;
  readonly role: Role;
}

export interface PlaygroundChannel {
  /** Without the `#`. */
  readonly name: string;
  readonly topic: string;
  /** Shown while the channel is empty: what to type. */
  readonly hint: string;
}

export interface PlaygroundOptions {
  readonly workspace: WorkspaceId;
  readonly inbound: Inbound;
  readonly log: ConversationLog;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** What opens the page; the printed address carries it. */
  readonly token: string;
  /** The values of the Host header that are answered, with the real port: `127.0.0.1:3000`, `localhost:3000`. */
  readonly allowedHosts: readonly string[];
  readonly channels: readonly [PlaygroundChannel, ...PlaygroundChannel[]];
  readonly people: readonly [PlaygroundPerson, ...PlaygroundPerson[]];
}

/** How the bot signs its messages. */
export const bot: LoggedMessage['author'] = { externalId: 'recourse', name: 'Recourse', isBot: true };
