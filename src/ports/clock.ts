/** The time, as milliseconds since the epoch. Decisions that bind (expiry, leases) use the database's time instead. */
export interface Clock {
  now(): number;
}
