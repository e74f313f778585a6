import type { AnyId } from '#domain/ids.ts';

/** Makes keys: UUIDv7, so that they sort by the time they were made. */
export interface Ids {
  next<T extends AnyId>(): T;
  /** Unpredictable text for one-time use in an approval, at least 128 bits. */
  nonce(): string;
}
