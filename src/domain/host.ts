import type { Context } from './context.ts';
import type { HostId } from './ids.ts';

/** How Recourse logs in. Passwords are not offered: a key or an agent, nothing else. */
export type Login =
  | { readonly kind: 'key-file'; readonly path: string }
  | { readonly kind: 'agent'; readonly socket: string };

/**
 * A machine of the inventory. `hostKey` is the pinned public key as in a known_hosts line (`ssh-ed25519 AAAA…`);
 * without one nothing connects. `parameters` are defaults for runbook parameters of the same name on this host.
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
}
