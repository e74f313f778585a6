import type { AuditHead } from '#domain/audit/audit-entry.ts';
import {
  type BrokenEntry,
  type ChainState,
  chainStart,
  checkEntry,
  checkTail,
  type KnownHashes,
} from '#domain/audit/check-chain.ts';
import type { WorkspaceId } from '#domain/ids.ts';
import type { Core } from './core.ts';
import { readAudit } from './read-audit.ts';

export type VerifiedChain =
  | { readonly kind: 'fits'; readonly head: AuditHead }
  | ({ readonly kind: 'broken' } & BrokenEntry);

/** Recomputes a workspace's chain from its first entry, in bounded memory, and compares it with what is known. */
export async function verifyAudit(
  needs: Pick<Core, 'unitOfWork'>,
  workspace: WorkspaceId,
  known: KnownHashes,
): Promise<VerifiedChain> {
  let state: ChainState = chainStart;
  for await (const batch of readAudit(needs, workspace)) {
    for (const entry of batch) {
      const checked = checkEntry(workspace, state, entry, known);
      if (checked.kind === 'broken') return checked;
      state = checked.state;
    }
  }
  const tail = checkTail(state, known);
  return tail ? { kind: 'broken', ...tail } : { kind: 'fits', head: state };
}
