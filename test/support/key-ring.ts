import { randomBytes } from 'node:crypto';
import { createKeyRing, type KeyRing, type KeyRingOptions } from '#adapters/vault/keys/key-ring.ts';
import { createVaultClient } from '#adapters/vault/vault-client.ts';

const deaf = () => undefined;

/** A key-encryption key as it is written down, made anew. */
export const newKey = (): string => randomBytes(32).toString('base64');

/** A ring around one key; without more, nothing older and no Vault. */
export function keyRing(key: KeyRingOptions['key'], more: Partial<KeyRingOptions> = {}): KeyRing {
  return createKeyRing({ key, older: [], vault: createVaultClient(null, deaf), keepOut: deaf, ...more });
}
