import type { Alert } from '#domain/alert/alert.ts';

/** Headers by lower-case name. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** `field` is where in the payload it is wrong, as `alerts[1].labels`; empty for the whole. */
export interface WrongField {
  readonly field: string;
  readonly message: string;
}

export type ReadAlerts =
  /** What it tells; none when the sender speaks of something else, such as a test or a comment. */
  | { readonly kind: 'alerts'; readonly alerts: readonly Alert[] }
  | { readonly kind: 'wrong'; readonly wrong: WrongField };

/** Reads a payload of one sender. Never throws: what does not fit is told by its field. */
export type ReadPayload = (payload: unknown, headers: Headers) => ReadAlerts;
