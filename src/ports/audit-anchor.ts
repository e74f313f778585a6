import type { Anchor } from '#domain/audit/audit-entry.ts';

/** A place outside the database where heads of audit chains are put down. Nothing there is ever changed. */
export interface AuditAnchor {
  /** Adds to the end; on the disk when it resolves. */
  append(anchors: readonly Anchor[]): Promise<void>;
  /** All that was put down, oldest first; none when nothing was yet. Throws a Fault that names a line it cannot read. */
  read(): AsyncIterable<Anchor>;
}
