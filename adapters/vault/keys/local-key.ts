import { createHash, randomBytes } from 'node:crypto';
import { Fault } from '#domain/fault.ts';
import { readPrivateFile } from '../read-private-file.ts';
import { keyBytes, seal, unseal } from '../seal.ts';
import type { KeyWrapper } from './key-wrapper.ts';

/** A key-encryption key that this process reads. */
interface LocalKey {
  readonly id: string;
  readonly key: Buffer;
  /** As it is written down, for the redactor. */
  readonly text: string;
}

export const howToMake = 'Make one with: openssl rand -base64 32';

/** A key that `read` gives whenever it is needed. */
export function createLocalKey(read: () => Promise<LocalKey>, keepOut: (secret: string) => void): KeyWrapper {
  const open = async (): Promise<LocalKey> => {
    const key = await read();
    keepOut(key.text);
    return key;
  };
  return {
    current: async () => (await open()).id,
    wrap: async (dataKey, contextFor) => {
      const { id, key } = await open();
      return { kekId: id, wrappedKey: seal(key, dataKey, contextFor(id)) };
    },
    unwrap: async ({ kekId, wrappedKey }, contextFor) => {
      const { id, key } = await open();
      if (kekId !== id) return { kind: 'another-key', inUse: id };
      const dataKey = unseal(key, wrappedKey, contextFor(id));
      return dataKey ? { kind: 'opened', dataKey } : { kind: 'changed' };
    },
  };
}

export async function readKeyFile(path: string): Promise<LocalKey> {
  const text = await readPrivateFile({
    path,
    what: 'the key for secrets',
    code: 'kek',
    advice: `Put the file back, or set RECOURSE_KEK_FILE to one of mode 0600 with 32 bytes of base64. ${howToMake}`,
  });
  return parseKey(text, path);
}

/** `place` is where it is written, for the Fault about a wrong form. */
export function parseKey(written: string, place: string): LocalKey {
  const text = written.trim();
  const key = Buffer.from(text, 'base64');
  if (key.length !== keyBytes || key.toString('base64') !== text)
    throw new Fault(
      'configuration',
      'kek-form',
      `The key for secrets in ${place} is not 32 bytes of base64.`,
      howToMake,
    );
  const id = createHash('sha256').update('recourse key id\n').update(key).digest('hex').slice(0, 16);
  return { id, key, text };
}

/** A new key as it is written into a file. */
export function newKeyText(): string {
  return `${randomBytes(keyBytes).toString('base64')}\n`;
}
