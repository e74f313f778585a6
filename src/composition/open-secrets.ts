import type { Config } from '#adapters/config/config.ts';
import { createEmbeddedSecretStore } from '#adapters/vault/create-embedded-secret-store.ts';
import { createLoadCredential } from '#adapters/vault/create-load-credential.ts';
import { createSecretKeys } from '#adapters/vault/create-secret-keys.ts';
import { createKeyRing } from '#adapters/vault/keys/key-ring.ts';
import { createAgentProvider } from '#adapters/vault/providers/create-agent-provider.ts';
import { createFileProvider } from '#adapters/vault/providers/create-file-provider.ts';
import { createSecretProvider } from '#adapters/vault/providers/create-secret-provider.ts';
import { createVaultProvider } from '#adapters/vault/providers/create-vault-provider.ts';
import { createVaultClient } from '#adapters/vault/vault-client.ts';
import type { LoadCredential } from '#ports/credential-provider.ts';
import type { SecretKeys } from '#ports/secret-keys.ts';
import type { SecretStore } from '#ports/secret-store.ts';
import type { UnitOfWork } from '#ports/unit-of-work.ts';

export interface OpenSecrets {
  readonly secrets: SecretStore;
  readonly secretKeys: SecretKeys;
  readonly loadCredential: LoadCredential;
}

/** Stored secrets, the key that opens them, and everybody who keeps what opens hosts. Nothing is asked before it is needed. */
export function openSecrets(
  { key, olderKeys, credentials }: Pick<Config, 'key' | 'olderKeys' | 'credentials'>,
  unitOfWork: UnitOfWork,
  keepOut: (secret: string) => void,
): OpenSecrets {
  const vault = createVaultClient(credentials.vault, keepOut);
  const keys = createKeyRing({ key, older: olderKeys, vault, keepOut });
  const secrets = createEmbeddedSecretStore({ unitOfWork, keys, keepOut });
  const providers = {
    vault: createVaultProvider(vault),
    file: createFileProvider(credentials.folder),
    secret: createSecretProvider(secrets),
    agent: createAgentProvider(credentials.agentSocket),
  };
  return {
    secrets,
    secretKeys: createSecretKeys(unitOfWork, keys),
    loadCredential: createLoadCredential(providers, keepOut),
  };
}
