import { readSsh, readTexts, type SshReader, sshString } from './ssh-reader.ts';

/** An OpenSSH certificate (PROTOCOL.certkeys), read but not judged. Times are seconds since the epoch. */
export interface Certificate {
  readonly kind: 'user' | 'host';
  /** The certified public key as a blob of its own, and its type. */
  readonly key: Buffer;
  readonly keyType: string;
  readonly keyId: string;
  readonly serial: bigint;
  readonly principals: readonly string[];
  readonly validAfter: bigint;
  readonly validBefore: bigint;
  /** Names of options that a reader must know or else refuse. */
  readonly criticalOptions: readonly string[];
  /** The public key of the authority, its signature, and what it signed. */
  readonly authority: Buffer;
  readonly signature: Buffer;
  readonly signed: Buffer;
}

const suffix = '-cert-v01@openssh.com';
/** How many fields the key itself has. */
const keyFields: Readonly<Record<string, number>> = {
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
};
const kinds = { 1: 'user', 2: 'host' } as const;

/** Undefined when the blob is no certificate of a known type, whole and without a byte too many. */
export function readCertificate(blob: Buffer): Certificate | undefined {
  try {
    return readWhole(blob);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function readWhole(blob: Buffer): Certificate | undefined {
  const reader = readSsh(blob);
  const type = reader.text();
  const keyType = type.slice(0, -suffix.length);
  const fields = keyFields[keyType];
  if (!type.endsWith(suffix) || fields === undefined) return undefined;
  reader.bytes(); // the nonce
  const key = Buffer.concat([
    sshString(keyType),
    ...Array.from({ length: fields }, () => sshString(reader.bytes())),
  ]);
  const certificate = { key, keyType, ...readTerms(reader), ...readSignature(reader, blob) };
  const { kind } = certificate;
  return kind === undefined || !reader.atEnd() ? undefined : { ...certificate, kind };
}

function readTerms(reader: SshReader) {
  return {
    serial: reader.uint64(),
    kind: kinds[reader.uint32() as keyof typeof kinds] as Certificate['kind'] | undefined,
    keyId: reader.text(),
    principals: readTexts(reader.bytes()),
    validAfter: reader.uint64(),
    validBefore: reader.uint64(),
    criticalOptions: readTexts(reader.bytes()).filter((_, index) => index % 2 === 0),
  };
}

function readSignature(reader: SshReader, blob: Buffer) {
  reader.bytes(); // extensions: unknown ones may be ignored
  reader.bytes(); // reserved
  const authority = reader.bytes();
  const signed = blob.subarray(0, reader.position());
  return { authority, signed, signature: reader.bytes() };
}

/** Undefined while the certificate is valid; else since or until when it is not. */
export function outsideValidity({ validAfter, validBefore }: Certificate, now: Date): string | undefined {
  const seconds = BigInt(Math.floor(now.getTime() / 1000));
  if (seconds < validAfter) return `is valid only from ${momentOf(validAfter)}`;
  return seconds >= validBefore ? `expired at ${momentOf(validBefore)}` : undefined;
}

function momentOf(seconds: bigint): string {
  const moment = new Date(Number(seconds) * 1000);
  return Number.isNaN(moment.getTime()) ? 'a time without end' : moment.toISOString();
}
