import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { fetchHostCertificate } from './fetch-host-certificate.ts';
import type { PinnedKey } from './host-key.ts';
import { type HostTrust, isRevoked, readTrust } from './host-trust.ts';
import { judgeHostCertificate } from './judge-host-certificate.ts';
import type { OpenOptions } from './open-connection.ts';
import { cancelledBeforeLogin, certificateRefused, hostKeyRevoked, unreachableHost } from './refusal.ts';

/** The one key that the host must show; undefined where nothing says which, and any is refused. */
export type SettledKey = { readonly kind: 'settled'; readonly pin: PinnedKey | undefined } | HostRefusal;

/** The pinned key counts alone; where none is pinned, a certificate of a trusted authority names it. */
export async function settleHostKey(host: Host, options: OpenOptions): Promise<SettledKey> {
  const trust = readTrust(host.hostKey);
  const { pin } = trust;
  if (pin !== undefined && isRevoked(trust, pin.blob)) return hostKeyRevoked(host, pin);
  if (pin !== undefined || trust.authorities.length === 0) return { kind: 'settled', pin };
  return keyOfCertificate(host, trust, options);
}

async function keyOfCertificate(host: Host, trust: HostTrust, options: OpenOptions): Promise<SettledKey> {
  const dialled = await options.dial();
  if (dialled.kind === 'refused') return dialled;
  const stream = dialled.stream ?? connect(host.port, host.address);
  try {
    const blob = await fetchWithin(stream, options);
    const judged = judgeHostCertificate(blob, trust, [host.address, host.name], new Date());
    if (judged.kind === 'refused') return certificateRefused(host, judged.why);
    return { kind: 'settled', pin: judged.key };
  } catch (error) {
    if (options.signal.aborted) return cancelledBeforeLogin(host);
    const { message, code } = error as NodeJS.ErrnoException;
    return code === undefined ? certificateRefused(host, message) : unreachableHost(host, message);
  }
}

function fetchWithin(stream: Duplex, { signal, connectTimeoutMs }: OpenOptions): Promise<Buffer> {
  return fetchHostCertificate(stream, AbortSignal.any([signal, AbortSignal.timeout(connectTimeoutMs)]));
}
