/** Rows with an expiry on database time, so that one replica at a time does a job. */
export interface Leases {
  /** True when `holder` has the lease now, newly or still. */
  acquire(name: string, holder: string, ttlMs: number): Promise<boolean>;
  release(name: string, holder: string): Promise<void>;
}
