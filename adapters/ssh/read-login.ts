import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import ssh2, { type AnyAuthMethod, type ParsedKey } from 'ssh2';
import { writeCredentialReference } from '#domain/credential.ts';
import { Fault } from '#domain/fault.ts';
import type { Host } from '#domain/host.ts';
import type { LoadCredential } from '#ports/credential-provider.ts';
import type { HostRefusal } from '#ports/remote-shell.ts';
import { agentIdentities } from './ask-agent.ts';
import { certificateOfAgent, certificateOfKey, type ReadLoginCertificate } from './login-certificate.ts';
import { cancelledBeforeLogin, credentialRefused, loginFailed } from './refusal.ts';
import type { LoginCertificate } from './teach-certificates.ts';

/** How to log in: certificates first, then the keys themselves. */
export interface LoginMethod {
  readonly kind: 'login';
  readonly methods: readonly AnyAuthMethod[];
  readonly certificates: readonly LoginCertificate[];
  /** Changes whenever something else would be shown to the host, and tells nothing about the key. */
  readonly identity: string;
  /** Why a certificate is not among them; empty when there is nothing to tell. */
  readonly hint: string;
}

/** How ssh2 shall log in: with the one key or agent of the inventory and its certificates, and by no other way. */
export async function readLogin(
  host: Host,
  load: LoadCredential,
  signal: AbortSignal,
): Promise<LoginMethod | HostRefusal> {
  const { login } = host;
  const now = new Date();
  if (login.kind === 'agent') return agentLogin(host, login.socket, now);
  if (login.kind === 'key-file') return keyFileLogin(host, login.path, now);
  try {
    const credential = await load(host.workspace, login.reference, signal);
    if (credential.kind === 'agent') return agentLogin(host, credential.socket, now);
    const what = `the credential ${writeCredentialReference(login.reference)}`;
    return keyLogin(host, what, Buffer.from(credential.text), undefined, now);
  } catch (error) {
    // Whoever keeps it says that it was not given in time; that nobody waits any more says more.
    if (signal.aborted) return cancelledBeforeLogin(host);
    if (error instanceof Fault) return credentialRefused(host, error);
    throw error;
  }
}

async function agentLogin(host: Host, socket: string, now: Date): Promise<LoginMethod | HostRefusal> {
  try {
    const identities = await agentIdentities(socket);
    const read = identities.flatMap((blob) => certificateOfAgent(socket, blob, now) ?? []);
    return toLogin(host, { type: 'agent', username: host.user, agent: socket }, identities, read);
  } catch (error) {
    return loginFailed(host, `the agent ${socket}: ${(error as Error).message}`);
  }
}

async function keyFileLogin(host: Host, path: string, now: Date): Promise<LoginMethod | HostRefusal> {
  try {
    return keyLogin(host, `the key file ${path}`, await readFile(path), await readBeside(path), now);
  } catch (error) {
    return loginFailed(host, `the key file ${path}: ${(error as Error).message}`);
  }
}

/** `what` names where the key came from, `certificate` is the text of its certificate, if it has one. */
function keyLogin(
  host: Host,
  what: string,
  key: Buffer,
  certificate: string | undefined,
  now: Date,
): LoginMethod | HostRefusal {
  // ssh2 throws on a bad key only inside the handshake; here where it came from can still be named.
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) return loginFailed(host, `${what}: ${parsed.message}`);
  const read = certificate === undefined ? [] : [certificateOfKey(certificate, parsed, now)];
  const shown = [key, Buffer.from(certificate ?? '')];
  return toLogin(host, { type: 'publickey', username: host.user, key }, shown, read);
}

/** As for OpenSSH, the certificate of KEY is KEY-cert.pub. */
async function readBeside(path: string): Promise<string | undefined> {
  try {
    return await readFile(`${path}-cert.pub`, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function toLogin(
  host: Host,
  plain: AnyAuthMethod,
  shown: readonly Buffer[],
  read: readonly ReadLoginCertificate[],
): LoginMethod {
  const certificates = read.flatMap((one) => (one.kind === 'certificate' ? [one.certificate] : []));
  const useless = read.flatMap((one) => (one.kind === 'useless' ? [one.why] : []));
  const withCertificate = ({ offer }: { readonly offer: ParsedKey }): AnyAuthMethod => ({
    type: 'publickey',
    username: host.user,
    key: offer,
  });
  return {
    kind: 'login',
    methods: [...certificates.map(withCertificate), plain],
    certificates,
    identity: identityOf(shown),
    hint: useless.map((why) => `; its certificate was not used, because ${why}`).join(''),
  };
}

function identityOf(shown: readonly Buffer[]): string {
  const hash = createHash('sha256');
  for (const one of shown) hash.update(`${one.length}:`).update(one);
  return hash.digest('hex');
}
