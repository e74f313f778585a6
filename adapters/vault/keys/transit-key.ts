import { Fault } from '#domain/fault.ts';
import type { VaultClient } from '../vault-client.ts';
import type { KeyWrapper, Unwrapped } from './key-wrapper.ts';

export interface TransitKeyOptions {
  /** Where the engine is mounted, such as `transit`. */
  readonly mount: string;
  readonly name: string;
  readonly vault: VaultClient;
}

/**
 * A key of Vault's transit engine, of a type that takes associated data (aes256-gcm96, the default). It never leaves
 * Vault. A data key is named after the version of the key that it is under, `transit:MOUNT/NAME:vN`.
 * https://developer.hashicorp.com/vault/api-docs/secret/transit
 */
export function createTransitKey({ mount, name, vault }: TransitKeyOptions): KeyWrapper {
  const key = `transit:${mount}/${name}`;
  const encrypt = async (plain: Buffer, context: string): Promise<string> => {
    const body = { plaintext: plain.toString('base64'), associated_data: base64(context) };
    return textOf(await vault.write(`${mount}/encrypt/${name}`, body), 'ciphertext');
  };
  const idOf = (ciphertext: string): string => `${key}:${versionOf(ciphertext)}`;
  return {
    // Asking for the key's versions would need one more right; the prefix of anything encrypted tells the newest.
    current: async () => idOf(await encrypt(Buffer.from('which version'), '')),
    wrap: async (dataKey, contextFor) => {
      const wrappedKey = await encrypt(dataKey, contextFor(key));
      return { kekId: idOf(wrappedKey), wrappedKey };
    },
    unwrap: async ({ kekId, wrappedKey }, contextFor): Promise<Unwrapped> => {
      if (!kekId.startsWith(`${key}:`)) return { kind: 'another-key', inUse: key };
      if (idOf(wrappedKey) !== kekId) return { kind: 'changed' };
      const body = { ciphertext: wrappedKey, associated_data: base64(contextFor(key)) };
      const answer = await vault.write(`${mount}/decrypt/${name}`, body).catch(unopenedOnly);
      if (answer === undefined) return { kind: 'changed' };
      return { kind: 'opened', dataKey: Buffer.from(textOf(answer, 'plaintext'), 'base64') };
    },
  };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/**
 * Vault answers 400 to a ciphertext that does not open, and also where the key is gone or its version is not allowed any
 * more; only its words tell them apart.
 */
function unopenedOnly(error: unknown): undefined {
  const isUnopened = /authentication failed|invalid ciphertext|unable to decrypt/i;
  if (error instanceof Fault && error.code === 'vault-refused' && isUnopened.test(error.message))
    return undefined;
  throw error;
}

function versionOf(ciphertext: string): string {
  return /^vault:(v\d+):/.exec(ciphertext)?.[1] ?? 'v0';
}

function textOf(data: Readonly<Record<string, unknown>>, member: string): string {
  const value = data[member];
  if (typeof value === 'string') return value;
  throw new Fault(
    'rejected',
    'vault-answer',
    `Vault answered without ${member}.`,
    'Check that RECOURSE_KEK_TRANSIT names a key of a transit engine, as MOUNT/NAME.',
  );
}
