/** A data key under a key-encryption key. `kekId` names that key without telling it. */
export interface WrappedKey {
  readonly kekId: string;
  readonly wrappedKey: string;
}

/** What binds a data key to its place, as text, for a key-encryption key of this name. */
export type ContextFor = (kek: string) => string;

export type Unwrapped =
  | { readonly kind: 'opened'; readonly dataKey: Buffer }
  /** It is under another key than this one; `inUse` names this one. */
  | { readonly kind: 'another-key'; readonly inUse: string }
  /** It is under this key, and was changed or belongs somewhere else. */
  | { readonly kind: 'changed' };

/** A key-encryption key, wherever it is. Every call looks anew, so that a key that was replaced counts at once. */
export interface KeyWrapper {
  /** Which key wraps now. */
  current(): Promise<string>;
  wrap(dataKey: Buffer, contextFor: ContextFor): Promise<WrappedKey>;
  unwrap(wrapped: WrappedKey, contextFor: ContextFor): Promise<Unwrapped>;
}
