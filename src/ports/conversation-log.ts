import type { WorkspaceId } from '#domain/ids.ts';
import type { Reply } from '#domain/reply.ts';

/** A message of the playground. People write text, the bot writes replies; what was deleted keeps its place. */
export interface LoggedMessage {
  readonly id: string;
  readonly channel: string;
  /** The id of the thread's root message; `null` for a message in the channel itself. */
  readonly thread: string | null;
  readonly author: { readonly externalId: string; readonly name: string; readonly isBot: boolean };
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'reply'; readonly reply: Reply }
    | { readonly kind: 'deleted' };
  /** Set for a notice that only this person sees. */
  readonly onlyFor: string | null;
  /** emoji → external ids of those who put it there. */
  readonly reactions: Readonly<Record<string, readonly string[]>>;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly editedAt: number | null;
}

/**
 * What a chat platform of our own must remember, so that threads and buttons live over a restart. Slack and
 * Discord keep this on their servers.
 */
export interface ConversationLog {
  /** Adds a message; the same id twice keeps the first. */
  add(workspace: WorkspaceId, message: LoggedMessage): Promise<void>;
  /** Replaces the body; false when there is no such message. */
  edit(workspace: WorkspaceId, id: string, body: LoggedMessage['body'], at: number): Promise<boolean>;
  /** Adds or removes one person's reaction; false when nothing changed. */
  react(
    workspace: WorkspaceId,
    id: string,
    emoji: string,
    personExternalId: string,
    change: 'added' | 'removed',
  ): Promise<boolean>;
  find(workspace: WorkspaceId, id: string): Promise<LoggedMessage | undefined>;
  /** The newest `limit` root messages of a channel, oldest first, each with the number of its replies. */
  channel(
    workspace: WorkspaceId,
    channel: string,
    limit: number,
  ): Promise<readonly { readonly message: LoggedMessage; readonly replies: number }[]>;
  /** The root message of a thread and its newest `limit` replies, oldest first. */
  thread(workspace: WorkspaceId, thread: string, limit: number): Promise<readonly LoggedMessage[]>;
}
