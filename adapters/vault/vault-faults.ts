import { Fault } from '#domain/fault.ts';

/** Everything that Vault may answer or not answer, as a Fault that says what to do. No token and no value is in any. */

export function noVaultFault(): Fault {
  return new Fault(
    'configuration',
    'vault-unset',
    'Vault is needed, and none is set up.',
    'Set VAULT_ADDR, and VAULT_TOKEN or VAULT_TOKEN_FILE.',
  );
}

export function awayFault(address: string, budgetMs: number, cause: unknown): Fault {
  const isSlow = cause instanceof Error && cause.name === 'TimeoutError';
  const what = isSlow ? `does not answer within ${budgetMs / 1000} s` : 'cannot be reached';
  const advice =
    'See that it is up, that VAULT_ADDR is right and names the active node, and that NODE_EXTRA_CA_CERTS has its certificate authority.';
  return new Fault('unavailable', 'vault-away', `Vault at ${address} ${what}.`, advice, cause);
}

export function oddAnswer(path: string): Fault {
  return new Fault(
    'rejected',
    'vault-answer',
    `What answered for ${path} did not answer as Vault does.`,
    'Check that VAULT_ADDR is the address of Vault itself, such as https://vault.internal:8200.',
  );
}

interface Refusal {
  readonly address: string;
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

/** The meaning of a status: https://developer.hashicorp.com/vault/api-docs#http-status-codes */
export function answerFault(refusal: Refusal): Fault {
  const { address, path, status, text } = refusal;
  const said = saidIn(text);
  if (status === 503)
    return new Fault(
      'unavailable',
      'vault-sealed',
      `Vault at ${address} is sealed or down for maintenance${said}.`,
      'Unseal it: vault operator unseal. Nothing is lost; it is asked again at the next use.',
    );
  if (status === 403)
    return new Fault(
      'rejected',
      'vault-denied',
      `Vault refuses ${path}${said}.`,
      'The token was revoked or has expired, or its policy does not allow this path. See with: vault token lookup, and vault token capabilities PATH.',
    );
  if (status === 404)
    return new Fault(
      'rejected',
      'vault-missing',
      `Vault has nothing at ${path}${said}.`,
      'Check the path (for KV version 2 it has data after the mount, as in kv/data/ops) and that its newest version is not deleted.',
    );
  return otherAnswer(refusal, said);
}

function otherAnswer({ address, path, status }: Refusal, said: string): Fault {
  if (status === 429 || status === 412 || status >= 472)
    return new Fault(
      'unavailable',
      'vault-away',
      `Vault at ${address} could not answer for ${path} (status ${status}${said}).`,
      'Try again in a moment; if it stays so, see the log of Vault.',
    );
  return new Fault(
    'rejected',
    'vault-refused',
    `Vault refused the request for ${path} (status ${status}${said}).`,
    'Check the path and the kind of the secrets engine behind it.',
  );
}

const mostSaid = 160;

/** Vault says why as `{"errors":["…"]}`, at times over several lines; in one line and cut it is enough to find the cause. */
function saidIn(text: string): string {
  try {
    const { errors } = JSON.parse(text) as { readonly errors?: unknown };
    const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
    if (typeof first !== 'string') return '';
    const line = first.replace(/[\s\p{Cc}]+/gu, ' ').trim();
    return `: ${line.length > mostSaid ? `${line.slice(0, mostSaid)}…` : line}`;
  } catch {
    return '';
  }
}
