import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config, CredentialConfig, KeyConfig, VaultConfig } from './config.ts';
import type { Values } from './variables.ts';

type Safeguards = Pick<Config, 'key' | 'olderKeys' | 'credentials' | 'audit'>;

/** Keys, where credentials are, and where the audit log is anchored. */
export function readSafeguards(
  values: Values,
  places: Pick<Config, 'database' | 'dataDirectory'>,
): Safeguards {
  return {
    key: readKey(values, places),
    olderKeys: [...readOlderKeys(values), ...readOwnBefore(values, places)],
    credentials: readCredentials(values),
    audit: {
      anchorFile: values.RECOURSE_AUDIT_ANCHOR ? resolve(values.RECOURSE_AUDIT_ANCHOR) : null,
      channels: values.RECOURSE_AUDIT_CHANNEL ?? [],
    },
  };
}

/** Replicas share a database server but no disk: a key that one of them makes would be of no use to the others. */
function readKey(values: Values, places: Pick<Config, 'database' | 'dataDirectory'>): Config['key'] {
  if (values.RECOURSE_KEK) return { kind: 'value', text: values.RECOURSE_KEK };
  if (values.RECOURSE_KEK_FILE) return { kind: 'file', path: resolve(values.RECOURSE_KEK_FILE) };
  if (values.RECOURSE_KEK_TRANSIT) return { kind: 'transit', ...values.RECOURSE_KEK_TRANSIT };
  return places.database.kind === 'embedded' ? ownKey(places) : null;
}

const ownKey = ({ dataDirectory }: Pick<Config, 'dataDirectory'>) =>
  ({ kind: 'own', path: resolve(dataDirectory, 'kek') }) as const;

function readOlderKeys(values: Values): readonly KeyConfig[] {
  const { RECOURSE_KEK_OLD: text, RECOURSE_KEK_OLD_FILE: path } = values;
  return [
    ...(text ? [{ kind: 'value', text } as const] : []),
    ...(path ? [{ kind: 'file', path: resolve(path) } as const] : []),
  ];
}

/** What was stored before the operator named a key is under the one that Recourse had made. */
function readOwnBefore(
  values: Values,
  places: Pick<Config, 'database' | 'dataDirectory'>,
): readonly KeyConfig[] {
  if (places.database.kind !== 'embedded' || readKey(values, places)?.kind === 'own') return [];
  const { path } = ownKey(places);
  return existsSync(path) ? [{ kind: 'file', path }] : [];
}

function readCredentials(values: Values): CredentialConfig {
  return {
    vault: readVault(values),
    folder: values.RECOURSE_CREDENTIALS_DIR ? resolve(values.RECOURSE_CREDENTIALS_DIR) : null,
    agentSocket: values.SSH_AUTH_SOCK ?? null,
  };
}

function readVault(values: Values): VaultConfig | null {
  const { VAULT_ADDR: address, VAULT_NAMESPACE: namespace = null } = values;
  return address ? { address, token: readVaultToken(values), namespace } : null;
}

function readVaultToken({ VAULT_TOKEN: text, VAULT_TOKEN_FILE: path }: Values): VaultConfig['token'] {
  if (text) return { kind: 'value', text };
  return path ? { kind: 'file', path: resolve(path) } : null;
}
