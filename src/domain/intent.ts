import type { Action } from './action.ts';
import type { Alert } from './alert/alert.ts';
import type { WorkspaceId } from './ids.ts';
import type { Standing } from './person.ts';
import type { FormValues } from './reply.ts';

/**
 * Who spoke, by the platform's own ids, as the platform sees them now. `name` is for display and never trusted;
 * `groups` are the platform's ids of the user groups or roles that the person is in.
 */
export interface Speaker {
  readonly externalId: string;
  readonly name: string;
  readonly standing: Standing;
  readonly groups: readonly string[];
  /** When the platform said so, in milliseconds since the epoch; undefined for now. What was learnt later stands. */
  readonly asOf?: number | undefined;
}

/** Where something happened. `thread` is the id of the thread's root message, `null` outside a thread. */
export interface Place {
  readonly workspace: WorkspaceId;
  readonly channel: string;
  readonly thread: string | null;
  /** The channel's name without `#`, where the platform told it. For patterns of channels; the id decides all else. */
  readonly channelName?: string | undefined;
  /** Whether everybody in the workspace may read along in the channel; undefined where the platform did not tell. */
  readonly open?: boolean | undefined;
  /** True in a conversation with the bot alone: whatever is said there is said to it. */
  readonly direct?: boolean | undefined;
}

/** A message that somebody posted. `id` is the platform's message id; a new thread gets it as thread id. */
export interface MessagePosted {
  readonly kind: 'message-posted';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly id: string;
  readonly text: string;
  readonly mentionsBot: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Of the alert that this is the text of; then it came by its route, and is answered in any case. */
  readonly alert?: Pick<Alert, 'labels' | 'runbookUrl'> | undefined;
}

/** A message with another text than before. `at` is when it was changed; the rest is as in `MessagePosted`. */
export type MessageEdited = Omit<MessagePosted, 'kind'> & { readonly kind: 'message-edited' };

/** A message that is gone. `id` is the message's; `speaker` is its author, or whoever deleted it. */
export interface MessageDeleted {
  readonly kind: 'message-deleted';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly id: string;
  /** When, by the platform's clock, in milliseconds since the epoch; undefined for now. */
  readonly at?: number | undefined;
}

/** A pressed button. */
export interface ButtonPressed {
  readonly kind: 'button-pressed';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly action: Action;
}

/** A submitted form. */
export interface FormSubmitted {
  readonly kind: 'form-submitted';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly action: Action;
  readonly values: FormValues;
}

/** A reaction added to or removed from a message of the bot; a tick also of others. `emoji` is the platform's name or the character. */
export interface ReactionChanged {
  readonly kind: 'reaction-changed';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly messageId: string;
  readonly emoji: string;
  readonly change: 'added' | 'removed';
  /** When, by the platform's clock, in milliseconds since the epoch; undefined for now. The latest change counts. */
  readonly at?: number | undefined;
}

/** A slash command. `text` is what follows `/recourse`; `place.thread` is null where the platform does not tell. */
export interface CommandGiven {
  readonly kind: 'command-given';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly text: string;
}

/** Somebody opened the bot's own page. Only the workspace of `place` means something. */
export interface HomeOpened {
  readonly kind: 'home-opened';
  readonly place: Place;
  readonly speaker: Speaker;
}

/**
 * The platform says that somebody is another than before: an account closed, a group left. Only the workspace of `place`
 * means something. Platforms tell this of everybody, met or not, and for many a change that is none here.
 */
export interface PersonChanged {
  readonly kind: 'person-changed';
  readonly place: Place;
  readonly speaker: Speaker;
}

/** What came from a person in a chat. */
export type ChatIntent =
  | MessagePosted
  | MessageEdited
  | MessageDeleted
  | ButtonPressed
  | FormSubmitted
  | ReactionChanged
  | CommandGiven
  | HomeOpened
  | PersonChanged;

/** What came from the clock. */
export interface FoldDue {
  readonly kind: 'fold-due';
  readonly workspace: WorkspaceId;
}

/** Every way in, as one closed union; `application/dispatch.ts` is the one table from here to the use cases. */
export type Intent = ChatIntent | FoldDue;
