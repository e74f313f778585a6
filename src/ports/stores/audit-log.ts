import type { AuditEntry, AuditHead } from '#domain/audit/audit-entry.ts';

/** Who did what. `details` holds ids and hashes, never secrets or output. */
export interface AuditEvent {
  readonly actor: string;
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The newest entry of a chain. */
export type NewestEntry = AuditHead & Pick<AuditEvent, 'event'>;

/** The workspace's hash chain: append-only, one writer at a time within a workspace. */
export interface AuditLog {
  /** The entry's time is now, but never before that of the entry it continues, whatever the clocks do. */
  append(event: AuditEvent): Promise<void>;
  /** Where the chain ends; undefined while it is empty. */
  newest(): Promise<NewestEntry | undefined>;
  /** At most `limit` entries after this number as they are stored, fitting or not, in the order of their numbers. */
  after(sequence: number, limit: number): Promise<readonly AuditEntry[]>;
}
