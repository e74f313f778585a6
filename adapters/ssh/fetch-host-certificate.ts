import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { readSsh, sshString } from './ssh-reader.ts';

const hello = 'SSH-2.0-Recourse\r\n';
const message = { kexInit: 20, ecdhInit: 30, ecdhReply: 31 } as const;
/** The key exchanges, best first, and what begins each: a public key that nobody will use (RFC 8731, RFC 5656 §4). */
const exchanges: Readonly<Record<string, () => Buffer>> = {
  'curve25519-sha256': x25519Key,
  'curve25519-sha256@libssh.org': x25519Key,
  'ecdh-sha2-nistp256': p256Key,
};
const keyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
].map((type) => `${type}-cert-v01@openssh.com`);
const ciphers = ['aes128-ctr', 'aes256-ctr', 'aes128-gcm@openssh.com', 'chacha20-poly1305@openssh.com'];
const checks = ['hmac-sha2-256', 'hmac-sha2-512', 'hmac-sha2-256-etm@openssh.com'];

/** RFC 4253 §6.1: no packet before the encryption is longer. */
const maxPacket = 35_000;
/** Lines before the server's greeting are allowed (RFC 4253 §4.2), but not without end. */
const maxGreeting = 8_192;

/**
 * Asks a server for its host certificate: greets it, takes part in a key exchange as far as the server's first reply,
 * which holds the certificate, and hangs up. ssh2 cannot ask for certificates. Nothing that comes is trusted here: the
 * certificate's own signature says what it is worth, and the connection that follows proves who owns its key.
 * Rejects with an Error: one with a `code`, as those of sockets have it, when there is no answer or `signal` aborts, and
 * one without when the answer is not what it should be. Destroys the stream.
 */
export async function fetchHostCertificate(stream: Duplex, signal: AbortSignal): Promise<Buffer> {
  const abort = (): void => void stream.destroy(noAnswer('timed out', 'ETIMEDOUT'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) throw noAnswer('timed out', 'ETIMEDOUT');
    stream.write(hello);
    stream.write(packet(kexInit()));
    for await (const payload of packets(stream)) {
      if (payload[0] === message.kexInit) stream.write(packet(ecdhInit(payload)));
      else if (payload[0] === message.ecdhReply) return readSsh(payload, 1).bytes();
      else if (payload[0] === 1) throw new Error('it broke off the key exchange');
    }
    throw noAnswer('it closed the connection', 'ECONNRESET');
  } finally {
    signal.removeEventListener('abort', abort);
    stream.destroy();
  }
}

const noAnswer = (why: string, code: string): Error => Object.assign(new Error(why), { code });

/** RFC 4253 §7.1. */
function kexInit(): Buffer {
  const lists = [
    Object.keys(exchanges),
    keyTypes,
    ciphers,
    ciphers,
    checks,
    checks,
    ['none'],
    ['none'],
    [],
    [],
  ];
  return Buffer.concat([
    Buffer.from([message.kexInit]),
    randomBytes(16),
    ...lists.map((names) => sshString(names.join(','))),
    Buffer.alloc(5),
  ]);
}

function ecdhInit(theirs: Buffer): Buffer {
  const reader = readSsh(theirs, 17);
  const offered = [reader.text(), reader.text()].map((names) => names.split(','));
  if (!keyTypes.some((name) => offered[1]?.includes(name))) throw new Error('it has no host certificate');
  // RFC 4253 §7.1: the first of the client's that the server knows.
  const begin = Object.entries(exchanges).find(([name]) => offered[0]?.includes(name))?.[1];
  if (begin === undefined) throw new Error(`it knows none of ${Object.keys(exchanges).join(', ')}`);
  return Buffer.concat([Buffer.from([message.ecdhInit]), sshString(begin())]);
}

function x25519Key(): Buffer {
  const { x = '' } = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' });
  return Buffer.from(x, 'base64url');
}

function p256Key(): Buffer {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
}

/** RFC 4253 §6: length, length of padding, payload, padding; in all a multiple of 8, with 4 bytes of padding at least. */
function packet(payload: Buffer): Buffer {
  const padding = 8 - ((5 + payload.length) % 8) + (8 - ((5 + payload.length) % 8) < 4 ? 8 : 0);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(1 + payload.length + padding);
  head[4] = padding;
  return Buffer.concat([head, payload, randomBytes(padding)]);
}

async function* packets(stream: Duplex): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  let greeted = false;
  for await (const chunk of stream) {
    held = Buffer.concat([held, chunk as Buffer]);
    if (!greeted) {
      const rest = afterGreeting(held);
      if (rest === undefined) continue;
      greeted = true;
      held = rest;
    }
    for (let next = firstPacket(held); next !== undefined; next = firstPacket(held)) {
      held = held.subarray(next.end);
      yield next.payload;
    }
  }
}

function afterGreeting(held: Buffer): Buffer | undefined {
  const text = held.toString('latin1');
  const greeting = /^SSH-2\.0-[^\n]*\n/m.exec(text);
  if (greeting !== null) return held.subarray(greeting.index + greeting[0].length);
  if (held.length > maxGreeting) throw new Error('it is no SSH server');
  return undefined;
}

function firstPacket(held: Buffer): { readonly payload: Buffer; readonly end: number } | undefined {
  if (held.length < 5) return undefined;
  const length = held.readUInt32BE(0);
  const padding = held[4] ?? 0;
  if (length > maxPacket || length < padding + 2) throw new Error('it does not speak SSH');
  if (held.length < 4 + length) return undefined;
  return { payload: held.subarray(5, 4 + length - padding), end: 4 + length };
}
