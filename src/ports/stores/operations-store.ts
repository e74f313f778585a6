/** Counts for operators; ages are seconds, null where there is nothing. */
export interface Operations {
  readonly approvalsPending: number;
  readonly oldestApprovalAge: number | null;
  readonly runsByState: Readonly<Record<string, number>>;
  readonly stepsUnknown: number;
  readonly inboxWaiting: number;
  readonly inboxLag: number | null;
  readonly inboxDead: number;
  readonly outboxWaiting: number;
  readonly outboxLag: number | null;
  /** Given up in the last seven days. */
  readonly outboxDead: number;
  readonly lastFoldAge: number | null;
}

export interface OperationsStore {
  read(): Promise<Operations>;
}
