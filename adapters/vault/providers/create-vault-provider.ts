import { readVaultPlace } from '#domain/credential.ts';
import { Fault } from '#domain/fault.ts';
import type { CredentialProvider } from '#ports/credential-provider.ts';
import type { VaultClient } from '../vault-client.ts';

/**
 * Keys in Vault's KV engine, version 2; the newest version counts.
 * https://developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2#read-secret-version
 */
export function createVaultProvider(vault: VaultClient): CredentialProvider {
  return {
    load: async (_workspace, place, signal) => {
      const { path, field } = readVaultPlace(place) ?? { path: '', field: '' };
      const { data } = await vault.read(path, signal);
      const text =
        typeof data === 'object' && data !== null ? (data as Record<string, unknown>)[field] : undefined;
      if (typeof text === 'string' && text !== '') return { kind: 'key', text };
      throw new Fault(
        'rejected',
        'vault-field',
        `The secret at ${path} in Vault has no text in the field ${field}.`,
        `Put it there: vault kv patch -mount=MOUNT PATH ${field}=@FILE`,
      );
    },
  };
}
