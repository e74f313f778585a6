import type { WorkspaceId } from '#domain/ids.ts';
import type { ChatIntent, Place } from '#domain/intent.ts';
import type { Form, Reply } from '#domain/reply.ts';
import type { Inbound } from '#ports/inbound.ts';
import type { Directory } from './directory.ts';

/** The bot's own account: what it says itself is not heard. */
export interface Self {
  readonly user: string;
  readonly bot: string | undefined;
}

/** What reading a payload needs. */
export interface Reading {
  readonly workspace: WorkspaceId;
  readonly self: Self;
  readonly directory: Directory;
}

/** How an answer that cannot wait for the outbox reaches one person. */
export interface Show {
  /** Within three seconds of the press that gave the trigger. */
  form(trigger: string, form: Form, place: Place): Promise<void>;
  privately(place: Place, person: string, reply: Reply): Promise<void>;
  home(person: string, reply: Reply): Promise<void>;
}

export interface Hearing extends Reading {
  readonly inbound: Inbound;
  readonly show: Show;
}

/** An intent with the id under which Slack would deliver it again. */
export interface Heard {
  readonly intent: ChatIntent;
  readonly delivery: string;
}

/** What goes back to Slack with the acknowledgement; undefined for nothing. */
export type Ack = Readonly<Record<string, unknown>> | undefined;
