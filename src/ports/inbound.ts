import type { ChatIntent, Place, Speaker } from '#domain/intent.ts';
import type { Form, Reply } from '#domain/reply.ts';

/**
 * What happened to a delivery.
 * - `accepted`: durable; the work goes on after the acknowledgement.
 * - `duplicate`: this delivery id is known already; nothing more happens.
 * - `form`: nothing is stored; show this form to the person at once.
 * - `shown`: show this to the person alone, at once; what had to be kept is durable.
 * - `invalid`: a submitted form has wrong values; show each message beside its field.
 */
export type Received =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'form'; readonly form: Form }
  | { readonly kind: 'shown'; readonly reply: Reply }
  | { readonly kind: 'invalid'; readonly errors: Readonly<Record<string, string>> };

/** What somebody has typed so far where the name of something is wanted. */
export interface Inquiry {
  readonly place: Place;
  readonly speaker: Speaker;
  readonly about: 'runbook' | 'host';
  readonly typed: string;
}

/** `label` is for eyes; `value` names exactly this one, in a command or in the field of a form. */
export interface Suggestion {
  readonly label: string;
  readonly value: string;
}

/**
 * The door through which chat adapters hand in what people do. When it resolves, the intent is durable (or
 * answered at once) and the platform may be told so; when it throws a Fault, it must not be acknowledged.
 */
export interface Inbound {
  /** `delivery` is the platform's own id of this event or action; the same id twice has one effect. */
  receive(intent: ChatIntent, delivery: string): Promise<Received>;
  /**
   * What may be meant, best match first, at most 25: only what this person may use, so nothing for who may use nothing.
   * It is read at once and nothing is kept: platforms ask for it with every key. May throw a Fault.
   */
  suggest(inquiry: Inquiry): Promise<readonly Suggestion[]>;
}
