import { canonicalJson } from '../canonical-json.ts';
import type { WorkspaceId } from '../ids.ts';
import type { AuditLink } from './audit-hash.ts';

/** One link as it is stored, with its own hash. */
export interface AuditEntry extends AuditLink {
  readonly hash: string;
}

/** Where a chain ends: the number and the hash of its newest entry. Whoever knows it knows all that came before. */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/** A head that was put down outside the database. `at` is when, in milliseconds since the epoch. */
export interface Anchor extends AuditHead {
  readonly at: number;
  readonly workspace: WorkspaceId;
}

/**
 * One entry as a line for other programs: canonical JSON. Without its member `hash`, the canonical JSON of the rest is
 * exactly what was hashed (docs/audit.md).
 */
export function writeAuditLine(workspace: WorkspaceId, entry: AuditEntry): string {
  const { sequence, at, actor, event, details, previous, hash } = entry;
  return canonicalJson({ workspace, sequence, at, actor, event, details, previous, hash });
}
