import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type KeyType = 'ed25519' | 'ecdsa-256' | 'ecdsa-384' | 'ecdsa-521' | 'rsa';

export type Authority = {
  /** The public key, as `TYPE KEY`. */
  readonly publicKey: string;
  readonly publicPath: string;
  /** Certifies PATH.pub as PATH-cert.pub; `words` go to ssh-keygen. Returns the certificate's path. */
  readonly certify: (path: string, words: readonly string[]) => string;
  readonly remove: () => void;
};

/** A certificate authority as an operator has it: a key, and `ssh-keygen -s`. */
export const makeAuthority = (type: KeyType = 'ed25519'): Authority => {
  const dir = mkdtempSync(join(tmpdir(), 'recourse-authority-'));
  const path = join(dir, 'authority');
  const publicKey = makeKey(path, type);
  return {
    publicKey,
    publicPath: `${path}.pub`,
    certify: (key, words) => {
      execFileSync('ssh-keygen', ['-q', '-s', path, ...words, `${key}.pub`]);
      return `${key}-cert.pub`;
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
};

/** Makes a key without a passphrase and returns its public half as `TYPE KEY`. */
export const makeKey = (path: string, type: KeyType): string => {
  const [name = '', bits] = type.split('-');
  const size = bits === undefined ? [] : ['-b', bits];
  execFileSync('ssh-keygen', ['-q', '-t', name, ...size, '-N', '', '-C', '', '-f', path]);
  return readFileSync(`${path}.pub`, 'utf8').trim();
};

/** The blob of a public key or certificate file. */
export const blobOf = (path: string): Buffer =>
  Buffer.from(readFileSync(path, 'utf8').split(' ')[1] ?? '', 'base64');
