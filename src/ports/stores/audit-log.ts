/** Who did what. `details` holds ids and hashes, never secrets or output. */
export interface AuditEvent {
  readonly actor: string;
  readonly event: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The workspace's hash chain: append-only, one writer at a time within a workspace. */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
  /** The sequence number of the first entry that does not fit the chain, or undefined when all fit. */
  firstBroken(): Promise<number | undefined>;
}
