import type { ChatIntent } from '#domain/intent.ts';
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

/**
 * The door through which chat adapters hand in what people do. When it resolves, the intent is durable (or
 * answered at once) and the platform may be told so; when it throws a Fault, it must not be acknowledged.
 */
export interface Inbound {
  /** `delivery` is the platform's own id of this event or action; the same id twice has one effect. */
  receive(intent: ChatIntent, delivery: string): Promise<Received>;
}
