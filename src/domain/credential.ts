import { stepSecretPrefix } from './runbook/given.ts';

/** Who keeps what opens a host: HashiCorp Vault, a file, Recourse's own secrets, an SSH agent. */
export const credentialKeepers = ['vault', 'file', 'secret', 'agent'] as const;
export type CredentialKeeper = (typeof credentialKeepers)[number];

/**
 * What opens a host, by reference: `vault:MOUNT/data/PATH#FIELD`, `file:NAME` or `file:/PATH`, `secret:NAME`, `agent:` or
 * `agent:/SOCKET`. The secret itself is read when a connection is made and never stored with the host.
 */
export interface CredentialReference {
  readonly keeper: CredentialKeeper;
  /** What follows the colon; checked for the keeper. */
  readonly place: string;
}

export type ReadReference =
  | { readonly kind: 'reference'; readonly reference: CredentialReference }
  /** `why` completes the sentence "credential …". */
  | { readonly kind: 'invalid'; readonly why: string };

export function readCredentialReference(text: string): ReadReference {
  const [, word = '', place = ''] = /^([a-z]+):?([\s\S]*)$/.exec(text.trim()) ?? [];
  const keeper = credentialKeepers.find((known) => known === word);
  if (!keeper) return { kind: 'invalid', why: 'must begin with vault:, file:, secret: or agent:' };
  const why = places[keeper](place);
  return why === undefined ? { kind: 'reference', reference: { keeper, place } } : { kind: 'invalid', why };
}

export function writeCredentialReference({ keeper, place }: CredentialReference): string {
  return `${keeper}:${place}`;
}

/** `MOUNT/data/PATH#FIELD` taken apart; undefined when it is none. */
export function readVaultPlace(place: string): { readonly path: string; readonly field: string } | undefined {
  const [, path = '', field = ''] = /^([^#]+)#([^#]+)$/.exec(place) ?? [];
  const words = path.split('/');
  const isSound = words.every((word) => /^[\w.@ -]+$/.test(word) && !/^\.+$/.test(word));
  return isSound && words.indexOf('data') > 0 && words.at(-1) !== 'data' ? { path, field } : undefined;
}

/** What is wrong with a place of each keeper. */
const places = {
  vault: (place) =>
    readVaultPlace(place)
      ? undefined
      : 'must name a field of a KV version 2 secret, as vault:kv/data/ops#key',
  file: (place) =>
    /^(?!.*(^|\/)\.\.?(\/|$))[^\0\n]+$/.test(place)
      ? undefined
      : 'must name a file without . and .. in its path',
  secret: (place) => {
    if (!isSecretName(place)) return `must name a secret; ${secretNameForm}`;
    return place.startsWith(stepSecretPrefix)
      ? `must not name a secret under ${stepSecretPrefix}: steps can be given those`
      : undefined;
  },
  agent: (place) =>
    place === '' || /^[/~][^\0\n]+$/.test(place)
      ? undefined
      : 'must be agent: or name a socket, as agent:/run/agent.sock',
} as const satisfies Record<CredentialKeeper, (place: string) => string | undefined>;

/** Names of secrets are words with slashes between, such as `ssh/web`. */
export function isSecretName(text: string): boolean {
  return text.length <= 200 && /^[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/.test(text);
}

export const secretNameForm =
  'a name has letters, digits, dot, dash and underscore, with slashes between words, as ssh/web';
