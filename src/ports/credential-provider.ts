import type { CredentialReference } from '#domain/credential.ts';
import type { WorkspaceId } from '#domain/ids.ts';

/** What opens a host: the text of a private key, or the socket of an agent that holds one and never gives it out. */
export type Credential =
  | { readonly kind: 'key'; readonly text: string }
  | { readonly kind: 'agent'; readonly socket: string };

/**
 * One keeper of credentials. Asked at each connection, so that what was replaced counts at once. Throws a Fault with
 * advice when there is none or the keeper does not give it; no message ever holds any of it.
 */
export interface CredentialProvider {
  load(workspace: WorkspaceId, place: string, signal: AbortSignal): Promise<Credential>;
}

/** All keepers as one. What it gives is known to the redactor before anybody else has it. */
export type LoadCredential = (
  workspace: WorkspaceId,
  reference: CredentialReference,
  signal: AbortSignal,
) => Promise<Credential>;
