import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';

/** `SHA256:…` of a public key blob, as `ssh-keygen -l` prints it. */
export function fingerprintOf(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** A public key blob as in a known_hosts line without its host: `ssh-ed25519 AAAA…`. */
export function formatHostKey(key: Buffer): string {
  return `${keyTypeOf(key)} ${key.toString('base64')}`;
}

export interface PinnedKey {
  readonly type: string;
  readonly blob: Buffer;
}

/** Reads a pinned key; a comment after it is allowed. Undefined when the text is no public key. */
export function readPinnedKey(text: string): PinnedKey | undefined {
  const [type = '', encoded = ''] = text.trim().split(/\s+/);
  const blob = Buffer.from(encoded, 'base64');
  return type !== '' && keyTypeOf(blob) === type ? { type, blob } : undefined;
}

/** RFC 4253 §6.6: the blob begins with the length and the name of its type. */
function keyTypeOf(blob: Buffer): string {
  if (blob.length < 4) return '';
  return blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
}

const curves = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ecdsa-sha2-nistp384', 'ecdsa-sha2-nistp521'] as const;
// RFC 8332: an RSA key signs with SHA-2; `ssh-rsa` as a signature means SHA-1 and is not offered.
const rsa = ['rsa-sha2-512', 'rsa-sha2-256'] as const;

/**
 * The host key algorithms to offer. A host often has several keys and shows the first type that is asked for, so
 * only the pinned type is asked for; without a pin all that are sound, best first.
 */
export function hostKeyAlgorithms(pin: PinnedKey | undefined): ServerHostKeyAlgorithm[] {
  if (pin === undefined) return [...curves, ...rsa];
  const curve = curves.find((name) => name === pin.type);
  return curve === undefined ? [...rsa] : [curve];
}
