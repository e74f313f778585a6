import { type Certificate, outsideValidity, readCertificate } from './certificate.ts';
import { fingerprintOf, type PinnedKey } from './host-key.ts';
import { type HostTrust, isRevoked } from './host-trust.ts';
import { verifySignature } from './verify-signature.ts';

export type JudgedCertificate =
  | { readonly kind: 'trusted'; readonly key: PinnedKey }
  | { readonly kind: 'refused'; readonly why: string };

/**
 * The key that a host must prove to own, taken from its certificate: signed by one of the authorities, for a host, for
 * one of `names` (compared without case, no patterns), valid now, without options that nobody here knows, and neither
 * the key nor the authority revoked.
 */
export function judgeHostCertificate(
  blob: Buffer,
  trust: HostTrust,
  names: readonly string[],
  now: Date,
): JudgedCertificate {
  const certificate = readCertificate(blob);
  if (certificate === undefined)
    return { kind: 'refused', why: 'the host shows no certificate that can be read' };
  const why = wrongSignature(certificate, trust) ?? wrongTerms(certificate, names, now);
  if (why !== undefined) return { kind: 'refused', why: `its certificate ${describe(certificate)} ${why}` };
  return { kind: 'trusted', key: { type: certificate.keyType, blob: certificate.key } };
}

function wrongSignature(certificate: Certificate, trust: HostTrust): string | undefined {
  const { authority, signature, signed, key } = certificate;
  if (!trust.authorities.some((one) => one.equals(authority)))
    return `is signed by an authority that is not trusted: ${fingerprintOf(authority)}`;
  if (isRevoked(trust, authority)) return `is signed by a revoked authority: ${fingerprintOf(authority)}`;
  if (isRevoked(trust, key)) return `is for a revoked key: ${fingerprintOf(key)}`;
  return verifySignature(authority, signature, signed)
    ? undefined
    : 'has a signature that is not its authority’s';
}

function wrongTerms(certificate: Certificate, names: readonly string[], now: Date): string | undefined {
  const { kind, principals, criticalOptions } = certificate;
  if (kind !== 'host') return 'is one for a person, not for a host';
  const [option] = criticalOptions;
  if (option !== undefined) return `has an option that is not known here: ${option}`;
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  if (!principals.some((principal) => wanted.has(principal.toLowerCase())))
    return `is for ${principals.join(', ') || 'nobody'}, not for ${names.join(' or ')}`;
  return outsideValidity(certificate, now);
}

/** The authority's own words, quoted: they may be anything. */
function describe({ keyId, serial }: Certificate): string {
  return `${JSON.stringify(keyId)} (serial ${serial})`;
}
