import { type SQL, sql } from 'drizzle-orm';

/** So many milliseconds from now, on the clock of the database: what leases and delays are measured by. */
export const soon = (ms: number): SQL => sql`now() + make_interval(secs => ${ms / 1000})`;
