import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { ownValue } from '#domain/text/own-value.ts';
import { readSsh } from './ssh-reader.ts';

/** The signature algorithms that are trusted: SHA-1 (`ssh-rsa`) and DSA are not. */
const algorithms: Readonly<Record<string, { readonly key: string; readonly hash: string | null }>> = {
  'ssh-ed25519': { key: 'ssh-ed25519', hash: null },
  'rsa-sha2-256': { key: 'ssh-rsa', hash: 'sha256' },
  'rsa-sha2-512': { key: 'ssh-rsa', hash: 'sha512' },
  'ecdsa-sha2-nistp256': { key: 'ecdsa-sha2-nistp256', hash: 'sha256' },
  'ecdsa-sha2-nistp384': { key: 'ecdsa-sha2-nistp384', hash: 'sha384' },
  'ecdsa-sha2-nistp521': { key: 'ecdsa-sha2-nistp521', hash: 'sha512' },
};
const curves: Readonly<Record<string, { readonly crv: string; readonly size: number }>> = {
  'ecdsa-sha2-nistp256': { crv: 'P-256', size: 32 },
  'ecdsa-sha2-nistp384': { crv: 'P-384', size: 48 },
  'ecdsa-sha2-nistp521': { crv: 'P-521', size: 66 },
};

/** True when `signature` (an SSH signature blob) is that of the owner of `key` (a public key blob) for `data`. */
export function verifySignature(key: Buffer, signature: Buffer, data: Buffer): boolean {
  try {
    return verifyWhole(key, signature, data);
  } catch {
    // A blob cut short, a point that is on no curve, a number that is too big: nobody's signature.
    return false;
  }
}

function verifyWhole(key: Buffer, signature: Buffer, data: Buffer): boolean {
  const reader = readSsh(signature);
  const name = reader.text();
  const value = reader.bytes();
  const algorithm = ownValue(algorithms, name);
  const keyType = readSsh(key).text();
  if (algorithm?.key !== keyType || !reader.atEnd()) return false;
  const publicKey = createPublicKey({ key: jsonWebKey(key, keyType), format: 'jwk' });
  const curve = ownValue(curves, keyType);
  if (curve === undefined) return verify(algorithm.hash, data, publicKey, value);
  const plain = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return verify(algorithm.hash, data, plain, plainEcdsa(value, curve.size));
}

function jsonWebKey(key: Buffer, keyType: string): JsonWebKey {
  const reader = readSsh(key);
  reader.text();
  if (keyType === 'ssh-ed25519') return { kty: 'OKP', crv: 'Ed25519', x: base64url(reader.bytes()) };
  if (keyType === 'ssh-rsa') {
    const [e, n] = [reader.bytes(), reader.bytes()];
    return { kty: 'RSA', e: base64url(unsigned(e)), n: base64url(unsigned(n)) };
  }
  const { crv = '', size = 0 } = curves[keyType] ?? {};
  reader.text();
  const point = reader.bytes();
  // 4 marks a point that is written out, as x and y (SEC 1 §2.3.3).
  if (point[0] !== 4 || point.length !== 1 + 2 * size) throw new RangeError('not a point of the curve');
  return {
    kty: 'EC',
    crv,
    x: base64url(point.subarray(1, 1 + size)),
    y: base64url(point.subarray(1 + size)),
  };
}

/** SSH writes r and s as numbers of any length; the other form has both at the size of the curve. */
function plainEcdsa(value: Buffer, size: number): Buffer {
  const reader = readSsh(value);
  const padded = (number: Buffer): Buffer => {
    if (number.length > size) throw new RangeError('a number is too big for the curve');
    return Buffer.concat([Buffer.alloc(size - number.length), number]);
  };
  return Buffer.concat([padded(unsigned(reader.bytes())), padded(unsigned(reader.bytes()))]);
}

/** A leading zero only says that a number is not negative. */
const unsigned = (number: Buffer): Buffer => (number[0] === 0 ? number.subarray(1) : number);
const base64url = (bytes: Buffer): string => bytes.toString('base64url');
