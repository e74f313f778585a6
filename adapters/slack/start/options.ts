import type { WorkspaceId } from '#domain/ids.ts';
import type { Chat } from '#ports/chat.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Logger } from '#ports/logger.ts';
import type { HeardReaction } from '#ports/stores/heard-store.ts';

/** One app in one team. The mode decides how Slack reaches the bot. */
export type SlackSettings = {
  readonly botToken: string;
  /** Null means Slack's own. */
  readonly apiUrl: string | null;
} & (
  | { readonly mode: 'socket'; readonly appToken: string }
  | { readonly mode: 'http'; readonly signingSecret: string }
);

export interface Team {
  readonly id: string;
  readonly name: string;
}

/** What had come in before a connection was made. */
export interface HeardSoFar {
  /** Milliseconds since the epoch; null when nothing ever came. */
  readonly lastAt: number | null;
  /** Recent threads in which the bot works. */
  readonly threads: readonly { readonly channel: string; readonly thread: string }[];
  /** Reactions that stand, as far as was heard. */
  readonly reactions: readonly HeardReaction[];
}

export interface SlackOptions {
  readonly settings: SlackSettings;
  readonly inbound: Inbound;
  readonly logger: Logger;
  /** Asked before every connection, to read back afterwards what was missed in between. */
  readonly heardSoFar: (workspace: WorkspaceId) => Promise<HeardSoFar>;
  /** Called whenever a connection is made: makes the team's workspace ready, with the chat to reach it by. */
  readonly enter: (team: Team, chat: Chat) => Promise<WorkspaceId>;
}
