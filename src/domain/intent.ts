import type { Action } from './action.ts';
import type { WorkspaceId } from './ids.ts';
import type { FormValues } from './reply.ts';

/** Who spoke, by the platform's own ids. `isBot` is true for other bots, whose words are data and never consent. */
export interface Speaker {
  readonly externalId: string;
  readonly name: string;
  readonly isBot: boolean;
}

/** Where something happened. `thread` is the id of the thread's root message, `null` outside a thread. */
export interface Place {
  readonly workspace: WorkspaceId;
  readonly channel: string;
  readonly thread: string | null;
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

/** A reaction added to or removed from a message of the bot. `emoji` is the platform's name or the character. */
export interface ReactionChanged {
  readonly kind: 'reaction-changed';
  readonly place: Place;
  readonly speaker: Speaker;
  readonly messageId: string;
  readonly emoji: string;
  readonly change: 'added' | 'removed';
}

/** What came from a person in a chat. */
export type ChatIntent = MessagePosted | ButtonPressed | FormSubmitted | ReactionChanged;

/** What came from the clock. */
export interface FoldDue {
  readonly kind: 'fold-due';
  readonly workspace: WorkspaceId;
}

/** Every way in, as one closed union; `application/dispatch.ts` is the one table from here to the use cases. */
export type Intent = ChatIntent | FoldDue;
