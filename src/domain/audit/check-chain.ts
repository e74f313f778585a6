import type { AuditEntry, AuditHead } from './audit-entry.ts';
import { auditHash, genesisHash } from './audit-hash.ts';

/**
 * What is wrong with the first bad entry of a chain:
 * - `missing`: there is none of this number, and there are later ones.
 * - `number`: its number cannot be: it is not a whole number above that of the entry before.
 * - `hash`: something of it was changed after it was written.
 * - `link`: it does not continue the entry before; one of the two was written anew.
 * - `time`: it claims to be older than the entry before.
 * - `anchor`: another entry than the one whose hash was put down outside the database.
 * - `tail`: it was put down outside the database, and the chain ends before it.
 */
export type AuditFlaw = 'missing' | 'number' | 'hash' | 'link' | 'time' | 'anchor' | 'tail';

export interface BrokenEntry {
  readonly sequence: number;
  readonly flaw: AuditFlaw;
}

/** How far a chain has been checked; all up to here fits. */
export interface ChainState extends AuditHead {
  readonly at: number;
}

/** Before the first entry. */
export const chainStart: ChainState = { sequence: 0, hash: genesisHash, at: 0 };

/** The hashes that an entry of this number must have, as they were put down outside the database. */
export type KnownHashes = ReadonlyMap<number, ReadonlySet<string>>;

export type CheckedEntry =
  | { readonly kind: 'fits'; readonly state: ChainState }
  | ({ readonly kind: 'broken' } & BrokenEntry);

/** Whether `entry` continues the chain of `workspace` that was checked up to `state`. */
export function checkEntry(
  workspace: string,
  state: ChainState,
  entry: AuditEntry,
  known: KnownHashes,
): CheckedEntry {
  const expected = state.sequence + 1;
  if (entry.sequence > expected) return { kind: 'broken', sequence: expected, flaw: 'missing' };
  const flaw = flawOf(workspace, state, entry, known);
  if (flaw) return { kind: 'broken', sequence: entry.sequence, flaw };
  return { kind: 'fits', state: { sequence: entry.sequence, hash: entry.hash, at: entry.at } };
}

function flawOf(
  workspace: string,
  state: ChainState,
  entry: AuditEntry,
  known: KnownHashes,
): AuditFlaw | undefined {
  if (entry.sequence !== state.sequence + 1) return 'number';
  if (entry.hash !== auditHash(workspace, entry)) return 'hash';
  if (entry.previous !== state.hash) return 'link';
  if (entry.at < state.at) return 'time';
  return agrees(known.get(entry.sequence), entry.hash) ? undefined : 'anchor';
}

const agrees = (hashes: ReadonlySet<string> | undefined, hash: string): boolean =>
  hashes === undefined || (hashes.size === 1 && hashes.has(hash));

/** What is missing at the end of a chain whose entries all fit, as far as is known from outside. */
export function checkTail(state: ChainState, known: KnownHashes): BrokenEntry | undefined {
  let furthest = 0;
  for (const sequence of known.keys()) furthest = Math.max(furthest, sequence);
  return furthest > state.sequence ? { sequence: state.sequence + 1, flaw: 'tail' } : undefined;
}
