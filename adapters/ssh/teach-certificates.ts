import type { Client, ParsedKey } from 'ssh2';
import { sshString } from './ssh-reader.ts';

/** A certificate to log in with, as ssh2 can offer it. */
export interface LoginCertificate {
  /** What ssh2 takes for the key; its blob is the certificate. */
  readonly offer: ParsedKey;
  /** Names how the login is signed, such as `rsa-sha2-512-cert-v01@openssh.com`. */
  readonly algorithm: string;
  /** Signs with the certified key and returns the signature as an SSH blob. */
  sign(data: Buffer): Promise<Buffer>;
}

/** Gets what must be signed: the session's id as a field, then the request. */
type Sign = (data: Buffer) => void;

/**
 * The part of ssh2 1.17 that is touched here, none of it public. ssh2 offers a certificate if it is told to, but then
 * names the signature after the certificate, where it must have the name of the key (PROTOCOL.certkeys, "Use of
 * certificates for authentication"). Whatever another version does differently, the worst is a login that fails.
 */
interface Protocol {
  authPK(user: string, key: ParsedKey, algorithm?: string, sign?: Sign): void;
  readonly _authsQueue: string[];
  readonly _cipher: { encrypt(packet: Buffer): void };
  readonly _packetRW: {
    readonly write: {
      readonly allocStart: number;
      alloc(payloadLength: number): Buffer;
      finalize(packet: Buffer): Buffer;
    };
  };
}

/** Makes a client that has just been told to connect able to log in with certificates. */
export function teachCertificates(client: Client, certificates: readonly LoginCertificate[]): void {
  if (certificates.length === 0) return;
  const protocol = (client as unknown as { readonly _protocol: Protocol })._protocol;
  const plain = protocol.authPK;
  protocol.authPK = (user, key, algorithm, sign) => {
    const certificate = certificates.find(({ offer }) => offer === key);
    if (certificate === undefined) return plain.call(protocol, user, key, algorithm, sign);
    const asked = typeof algorithm === 'function' || sign !== undefined;
    if (!asked) return plain.call(protocol, user, key, certificate.algorithm);
    plain.call(protocol, user, key, certificate.algorithm, (data) => {
      certificate.sign(data).then(
        (signature) => sendSigned(protocol, data, signature),
        (error: unknown) => client.emit('error', Object.assign(error as Error, { level: 'agent' })),
      );
    });
  };
}

function sendSigned(protocol: Protocol, data: Buffer, signature: Buffer): void {
  const request = data.subarray(4 + data.readUInt32BE(0));
  const payload = Buffer.concat([request, sshString(signature)]);
  const { write } = protocol._packetRW;
  const packet = write.alloc(payload.length);
  packet.set(payload, write.allocStart);
  protocol._authsQueue.push('publickey');
  protocol._cipher.encrypt(write.finalize(packet));
}
