import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Every key of the vault. */
export const keyBytes = 32;

/** AES-256-GCM under a nonce of its own. `context` is not hidden, but opening with any other fails. As base64. */
export function seal(key: Buffer, plain: Buffer, context: string): string {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, key, iv, { authTagLength: tagBytes }).setAAD(Buffer.from(context));
  const hidden = Buffer.concat([sealing.update(plain), sealing.final()]);
  return Buffer.concat([iv, sealing.getAuthTag(), hidden]).toString('base64');
}

/** Undefined when the key or the context is another one, or anything was changed. */
export function unseal(key: Buffer, sealed: string, context: string): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  // Decoding forgives what does not belong there; a changed text must not pass for the one that was written.
  if (bytes.length < ivBytes + tagBytes || bytes.toString('base64') !== sealed) return undefined;
  const opening = createDecipheriv(cipher, key, bytes.subarray(0, ivBytes), { authTagLength: tagBytes })
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
  try {
    return Buffer.concat([opening.update(bytes.subarray(ivBytes + tagBytes)), opening.final()]);
  } catch {
    return undefined;
  }
}
