import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import type { AnyId } from '#domain/ids.ts';
import type { Ids } from '#ports/ids.ts';

/** UUIDv7 keys, which keep their order even within one millisecond, and nonces of 192 random bits. */
export function createIds(): Ids {
  return {
    next: <T extends AnyId>() => v7() as T,
    nonce: () => randomBytes(24).toString('base64url'),
  };
}
