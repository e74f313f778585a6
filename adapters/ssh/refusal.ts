import type { Fault } from '#domain/fault.ts';
import type { Host } from '#domain/host.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { fingerprintOf, type PinnedKey } from './host-key.ts';

/** The refusal of `host` for a host key that is not the pinned one, or undefined when it is. */
export function judgeHostKey(host: Host, pin: PinnedKey | undefined, key: Buffer): HostRefusal | undefined {
  if (pin?.blob.equals(key)) return undefined;
  const shown = fingerprintOf(key);
  if (pin === undefined) {
    return refusal(
      'host-key-unknown',
      `${host.name} (${host.address}:${host.port}) shows a host key that is not pinned: ${shown}`,
      `Compare the fingerprint with the host's own, then run: npm run -s recourse -- hosts pin ${host.name}`,
    );
  }
  return hostKeyChanged(host, `pinned is ${fingerprintOf(pin.blob)}, it shows ${shown}`);
}

export function hostKeyRevoked(host: Host, pin: PinnedKey): HostRefusal {
  return refusal(
    'host-key-revoked',
    `The pinned key of ${host.name} is revoked: ${fingerprintOf(pin.blob)}`,
    `Give the host a new key, then run: npm run -s recourse -- hosts pin ${host.name}`,
  );
}

export function certificateRefused(host: Host, why: string): HostRefusal {
  return refusal(
    'host-certificate-refused',
    `${host.name} (${host.address}:${host.port}) is not known by a certificate: ${why}`,
    'Have the authority sign its host key for this name and address (docs/hosts.md), or pin the key of the host.',
  );
}

function hostKeyChanged(host: Host, difference: string): HostRefusal {
  return refusal(
    'host-key-changed',
    `${host.name} (${host.address}:${host.port}) shows another host key: ${difference}`,
    `Somebody may be in between. Only if the host was rebuilt, run: npm run -s recourse -- hosts pin ${host.name}`,
  );
}

export function cancelledBeforeLogin(host: Host): HostRefusal {
  return refusal(
    'cancelled',
    `The connection to ${host.name} was cancelled`,
    'Nothing was sent; try again if you still want it.',
  );
}

export function loginFailed(host: Host, why: string): HostRefusal {
  return refusal(
    'login-failed',
    `${host.user}@${host.name} could not log in: ${why}`,
    'Check the login and its key in the host inventory, and that the host lists the public key in authorized_keys.',
  );
}

/** What opens the host could not be had from whoever keeps it. */
export function credentialRefused(host: Host, { message, advice }: Fault): HostRefusal {
  return refusal('login-failed', `${host.user}@${host.name} could not log in: ${message}`, advice);
}

export function unreachableHost(host: Host, why: string): HostRefusal {
  return refusal(
    'unreachable',
    `${host.name} (${host.address}:${host.port}) does not answer: ${why}`,
    'Check that the host is up, its address and port in the host inventory, and the network between.',
  );
}

/** What stopped a jump host from being entered, told as the reason why the host behind it cannot be reached. */
export function jumpFailed(host: Host, jump: Host, cause: HostRefusal): HostRefusal {
  if (cause.reason === 'cancelled') return cause;
  return refusal(
    'jump-failed',
    `No way to ${host.name} through ${jump.name}: ${cause.message}`,
    cause.advice,
  );
}

/** An error of ssh2 before the login was done, as a refusal. `level` is where ssh2 says that it arose. */
export function refusalFromError(
  host: Host,
  error: Error & { readonly level?: string },
  loginHint: string,
): HostRefusal {
  switch (error.level) {
    case 'client-authentication':
    case 'agent':
      return loginFailed(host, `${error.message}${loginHint}`);
    case 'client-socket':
    case 'client-timeout':
    case 'client-dns':
      return unreachableHost(host, error.message);
    default:
      return handshakeFailed(host, error.message);
  }
}

function handshakeFailed(host: Host, why: string): HostRefusal {
  // The pinned type alone was asked for: a host without it has another key now.
  if (host.hostKey !== null && why.includes('no matching host key format')) {
    return hostKeyChanged(host, 'it no longer has one of the pinned type');
  }
  return refusal(
    'handshake-failed',
    `${host.name} (${host.address}:${host.port}) answers, but no secure connection came about: ${why}`,
    'Check that an SSH server of this decade listens there, and its log.',
  );
}

function refusal(reason: HostRefusal['reason'], message: string, advice: string): HostRefusal {
  return { kind: 'refused', reason, message, advice };
}
