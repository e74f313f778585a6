import { createPrivateKey, sign } from 'node:crypto';
import ssh2, { type ParsedKey } from 'ssh2';
import { signByAgent } from './ask-agent.ts';
import { type Certificate, outsideValidity, readCertificate } from './certificate.ts';
import { sshString } from './ssh-reader.ts';
import type { LoginCertificate } from './teach-certificates.ts';

/** How keys sign: RSA with SHA-512, since SHA-1 is trusted nowhere any more. */
const hashes: Readonly<Record<string, string | null>> = {
  'ssh-ed25519': null,
  'ssh-rsa': 'sha512',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

export type ReadLoginCertificate =
  | { readonly kind: 'certificate'; readonly certificate: LoginCertificate }
  | { readonly kind: 'useless'; readonly why: string };

/** A certificate that lies beside a private key file, for logins with that key. */
export function certificateOfKey(text: string, key: ParsedKey, now: Date): ReadLoginCertificate {
  const blob = Buffer.from(text.trim().split(/\s+/)[1] ?? '', 'base64');
  const read = readCertificate(blob);
  if (read?.key.equals(key.getPublicSSH()) === false)
    return { kind: 'useless', why: 'it is for another key' };
  return forLogin(blob, read, now, async (data) => signWith(key, data));
}

/** A certificate that an agent holds; undefined for what is none. */
export function certificateOfAgent(
  socket: string,
  blob: Buffer,
  now: Date,
): ReadLoginCertificate | undefined {
  const read = readCertificate(blob);
  return read && forLogin(blob, read, now, (data) => signByAgent(socket, blob, data));
}

function forLogin(
  blob: Buffer,
  read: Certificate | undefined,
  now: Date,
  signer: LoginCertificate['sign'],
): ReadLoginCertificate {
  if (read === undefined) return { kind: 'useless', why: 'it cannot be read' };
  if (read.kind !== 'user') return { kind: 'useless', why: 'it is for a host, not for a login' };
  const outside = outsideValidity(read, now);
  if (outside !== undefined) return { kind: 'useless', why: `it ${outside}` };
  const key = ssh2.utils.parseKey(`${read.keyType} ${read.key.toString('base64')}`);
  if (key instanceof Error) return { kind: 'useless', why: key.message };
  const type = `${read.keyType}-cert-v01@openssh.com`;
  const algorithm = type.replace(/^ssh-rsa-/, 'rsa-sha2-512-');
  return { kind: 'certificate', certificate: { offer: offerOf(key, type, blob), algorithm, sign: signer } };
}

/** The key as ssh2 knows it, with the certificate in place of its public half. ssh2 asks whether it is private. */
function offerOf(key: ParsedKey, type: string, blob: Buffer): ParsedKey {
  return Object.create(key, {
    type: { value: type },
    getPublicSSH: { value: () => blob },
    isPrivateKey: { value: () => true },
  }) as ParsedKey;
}

function signWith(key: ParsedKey, data: Buffer): Buffer {
  const hash = hashes[key.type];
  if (hash === undefined) throw new Error(`no signature is known for ${key.type}`);
  const name = key.type === 'ssh-rsa' ? 'rsa-sha2-512' : key.type;
  const privateKey = createPrivateKey(key.getPrivatePEM());
  if (!key.type.startsWith('ecdsa-'))
    return Buffer.concat([sshString(name), sshString(sign(hash, data, privateKey))]);
  const plain = sign(hash, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  const half = plain.length / 2;
  const numbers = [plain.subarray(0, half), plain.subarray(half)].map((number) =>
    sshString(sshNumber(number)),
  );
  return Buffer.concat([sshString(name), sshString(Buffer.concat(numbers))]);
}

/** RFC 4251 §5: no needless zeros before a number, but one where it would else look negative. */
function sshNumber(bytes: Buffer): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const trimmed = first === -1 ? Buffer.alloc(0) : bytes.subarray(first);
  return (trimmed[0] ?? 0) < 0x80 ? trimmed : Buffer.concat([Buffer.alloc(1), trimmed]);
}
