import type { AuditEntry } from '#domain/audit/audit-entry.ts';
import { auditHash, genesisHash } from '#domain/audit/audit-hash.ts';

/** An entry that continues the one before, as the application writes it. */
export function continueChain(
  workspace: string,
  before: Pick<AuditEntry, 'sequence' | 'hash' | 'at'> | undefined,
  event: Pick<AuditEntry, 'actor' | 'event' | 'details'>,
): AuditEntry {
  const link = {
    ...event,
    sequence: (before?.sequence ?? 0) + 1,
    at: (before?.at ?? Date.UTC(2026, 10, 20)) + 7,
    previous: before?.hash ?? genesisHash,
  };
  return { ...link, hash: auditHash(workspace, link) };
}

/** A chain of so many entries. */
export function someChain(workspace: string, length: number): readonly AuditEntry[] {
  const chain: AuditEntry[] = [];
  for (let n = 1; n <= length; n += 1) {
    const event = { actor: `person-${n % 7}`, event: 'step.approved', details: { step: `s-${n}`, n } };
    chain.push(continueChain(workspace, chain.at(-1), event));
  }
  return chain;
}
