import type { Context } from './context.ts';
import type { CredentialReference } from './credential.ts';
import type { HostId, WorkspaceId } from './ids.ts';

/** How Recourse logs in. Passwords are not offered: a key or an agent, nothing else; `credential` says who keeps it. */
export type Login =
  | { readonly kind: 'key-file'; readonly path: string }
  | { readonly kind: 'agent'; readonly socket: string }
  | { readonly kind: 'credential'; readonly reference: CredentialReference };

/**
 * A machine of the inventory. `hostKey` is the pinned public key as in a known_hosts line (`ssh-ed25519 AAAA…`), and
 * further lines with a marker: `@cert-authority TYPE KEY` may certify the host, `@revoked TYPE KEY` counts no more.
 * Without a key or an authority nothing connects. `parameters` are defaults for runbook parameters of the same name on this host.
 */
export interface HostEntry {
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly login: Login;
  readonly hostKey: string | null;
  /** The name of another host to go through. */
  readonly jump: string | null;
  readonly context: Context;
  readonly tags: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Host extends HostEntry {
  readonly id: HostId;
  /** Whose host it is, and so whose secrets open it. */
  readonly workspace: WorkspaceId;
}
