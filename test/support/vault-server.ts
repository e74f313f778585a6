import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * A scripted stand-in for HashiCorp Vault, ours: no real one can be had where the tests run. It answers as the
 * documentation of the HTTP API says (KV version 2, transit with associated data, token lookup, status codes), and no
 * more of it than Recourse asks for.
 */
export interface VaultServer {
  readonly url: string;
  /** The token that it takes; made anew for each server. */
  readonly token: string;
  readonly requests: readonly VaultRequest[];
  /** What a KV version 2 engine keeps at MOUNT/data/PATH; null is a deleted version. */
  readonly kv: Map<string, Readonly<Record<string, unknown>> | null>;
  /** The versions of each transit key, at MOUNT/NAME. */
  readonly transit: Map<string, Buffer[]>;
  /** Paths that the token's policy does not allow. */
  readonly denied: Set<string>;
  /** How it is; `silent` takes requests and never answers. */
  state: 'unsealed' | 'sealed' | 'silent' | 'revoked' | 'odd' | 'redirecting' | 'standby';
  close(): Promise<void>;
}

export interface VaultRequest {
  /** `METHOD PATH`. */
  readonly line: string;
  readonly token: string | undefined;
  readonly namespace: string | undefined;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusal = (status: number, ...errors: string[]): Answer => ({ status, body: { errors } });
const success = (data: object): Answer => ({ status: 200, body: { request_id: 'r', lease_id: '', data } });

export async function startVaultServer(): Promise<VaultServer> {
  const requests: VaultRequest[] = [];
  const vault = {
    requests,
    token: ['hvs', randomBytes(12).toString('hex')].join('.'),
    kv: new Map<string, Readonly<Record<string, unknown>> | null>(),
    transit: new Map<string, Buffer[]>([['transit/recourse', [randomBytes(32)]]]),
    denied: new Set<string>(),
    state: 'unsealed' as VaultServer['state'],
  };
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const header = (name: string) => request.headers[name]?.toString();
    const line = `${request.method} ${request.url}`;
    requests.push({ line, token: header('x-vault-token'), namespace: header('x-vault-namespace') });
    if (vault.state === 'silent') return;
    const { status, body: said, headers } = answer(vault, request, body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof said === 'string' ? said : JSON.stringify(said ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(vault, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

type Vault = Omit<VaultServer, 'url' | 'close'>;

function answer(vault: Vault, request: IncomingMessage, body: string): Answer {
  const path = decodeURIComponent(request.url ?? '').replace(/^\/v1\//, '');
  const always = answers[vault.state];
  if (always) return always;
  const isKnown = request.headers['x-vault-token'] === vault.token && vault.state !== 'revoked';
  if (!isKnown || vault.denied.has(path)) return refusal(403, '1 error occurred:\n\t* permission denied\n\n');
  if (path === 'auth/token/lookup-self')
    return success({ ttl: 3600, renewable: true, policies: ['recourse'] });
  const [, mount = '', verb = '', name = ''] = /^(.+)\/(encrypt|decrypt)\/([^/]+)$/.exec(path) ?? [];
  if (verb !== '') return transit(vault, `${mount}/${name}`, verb, JSON.parse(body) as TransitBody);
  return readKv(vault, path);
}

/** What it says to everything while it is in a state. */
const answers: Partial<Record<VaultServer['state'], Answer>> = {
  sealed: refusal(503, 'Vault is sealed'),
  standby: refusal(429, 'standby'),
  odd: { status: 200, body: '<html>Sign in</html>' },
  redirecting: { status: 307, headers: { location: 'http://127.0.0.1:9/v1/stolen' } },
};

function readKv({ kv }: Vault, path: string): Answer {
  const secret = kv.get(path);
  if (secret === undefined) return refusal(404);
  const metadata = {
    version: 2,
    deletion_time: secret === null ? '2026-11-20T14:05:00Z' : '',
    destroyed: false,
  };
  if (secret === null) return { status: 404, body: { data: { data: null, metadata } } };
  return success({ data: secret, metadata });
}

interface TransitBody {
  readonly plaintext?: string;
  readonly ciphertext?: string;
  readonly associated_data?: string;
}

function transit({ transit: keys }: Vault, key: string, verb: string, body: TransitBody): Answer {
  const versions = keys.get(key);
  if (!versions) return refusal(400, 'encryption key not found');
  const context = Buffer.from(body.associated_data ?? '', 'base64');
  if (verb === 'encrypt') {
    const latest = versions.length;
    const sealed = seal(versions[latest - 1] as Buffer, Buffer.from(body.plaintext ?? '', 'base64'), context);
    return success({ ciphertext: `vault:v${latest}:${sealed.toString('base64')}`, key_version: latest });
  }
  const [, version = '', sealed = ''] = /^vault:v(\d+):(.+)$/.exec(body.ciphertext ?? '') ?? [];
  const plain =
    versions[Number(version) - 1] && open(versions[Number(version) - 1] as Buffer, sealed, context);
  return plain
    ? success({ plaintext: plain.toString('base64') })
    : refusal(400, 'cipher: message authentication failed');
}

function seal(key: Buffer, plain: Buffer, context: Buffer): Buffer {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(context);
  const hidden = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, hidden, cipher.getAuthTag()]);
}

function open(key: Buffer, sealed: string, context: Buffer): Buffer | undefined {
  const bytes = Buffer.from(sealed, 'base64');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
    .setAAD(context)
    .setAuthTag(bytes.subarray(-16));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]);
  } catch {
    return undefined;
  }
}
