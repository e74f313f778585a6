import { Fault } from '#domain/fault.ts';
import { readPrivateFile } from './read-private-file.ts';
import { answerFault, awayFault, noVaultFault, oddAnswer } from './vault-faults.ts';

export interface VaultOptions {
  readonly address: string;
  /** `file` is read at each request: whoever renews the token there is followed. */
  readonly token:
    | { readonly kind: 'value'; readonly text: string }
    | { readonly kind: 'file'; readonly path: string }
    | null;
  readonly namespace: string | null;
}

/**
 * What is needed of Vault's HTTP API. Both give the member `data` of the answer, and throw a Fault with advice: Vault is
 * away, slow or sealed; it refuses the token; there is nothing at the path; it refuses the request (`vault-refused`).
 */
export interface VaultClient {
  read(path: string, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
  write(path: string, body: object, signal?: AbortSignal): Promise<Readonly<Record<string, unknown>>>;
}

/** From the first packet to the last byte of the answer. */
const patienceMs = 5_000;
const mostBytes = 1_000_000;

/** `options` null: no Vault is configured, and each call says so. `keepOut` is told the token. */
export function createVaultClient(
  options: VaultOptions | null,
  keepOut: (secret: string) => void,
  budgetMs: number = patienceMs,
): VaultClient {
  const call = async (path: string, body: object | undefined, stop: AbortSignal | undefined) => {
    if (options === null) throw noVaultFault();
    const token = await readToken(options);
    keepOut(token);
    const limit = AbortSignal.timeout(budgetMs);
    const signal = stop ? AbortSignal.any([stop, limit]) : limit;
    const response = await send(options, { path, body, token, signal }).catch((cause: unknown) => {
      throw awayFault(options.address, budgetMs, cause);
    });
    const text = await readLimited(response).catch((cause: unknown) => {
      throw awayFault(options.address, budgetMs, cause);
    });
    if (!response.ok) throw answerFault({ address: options.address, path, status: response.status, text });
    return dataOf(text, path);
  };
  return {
    read: (path, signal) => call(path, undefined, signal),
    write: (path, body, signal) => call(path, body, signal),
  };
}

interface Request {
  readonly path: string;
  readonly body: object | undefined;
  readonly token: string;
  readonly signal: AbortSignal;
}

function send(
  { address, namespace }: VaultOptions,
  { path, body, token, signal }: Request,
): Promise<Response> {
  return fetch(`${address.replace(/\/+$/, '')}/v1/${path.split('/').map(encodeURIComponent).join('/')}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      'x-vault-token': token,
      // Without it, agents and proxies that guard against forged requests refuse.
      'x-vault-request': 'true',
      ...(namespace !== null && { 'x-vault-namespace': namespace }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    // The token does not go where another server points.
    redirect: 'error',
    signal,
  });
}

async function readToken({ token }: VaultOptions): Promise<string> {
  const advice = 'Set VAULT_TOKEN, or VAULT_TOKEN_FILE to the file that Vault Agent keeps the token in.';
  if (token === null) throw new Fault('configuration', 'vault-token', 'There is no token for Vault.', advice);
  const text =
    token.kind === 'value'
      ? token.text
      : await readPrivateFile({ path: token.path, what: 'the token for Vault', code: 'vault-token', advice });
  if (/^[\x21-\x7e]+$/.test(text.trim())) return text.trim();
  throw new Fault('configuration', 'vault-token', 'The token for Vault is empty or no single word.', advice);
}

async function readLimited(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > mostBytes) throw new Error('the answer is longer than a megabyte');
  }
  return text + decoder.decode();
}

function dataOf(text: string, path: string): Readonly<Record<string, unknown>> {
  try {
    const { data } = JSON.parse(text) as { readonly data?: unknown };
    if (typeof data === 'object' && data !== null) return data as Readonly<Record<string, unknown>>;
  } catch {
    // Told below: whatever it was, it was no answer of Vault.
  }
  throw oddAnswer(path);
}
