import { sql } from 'drizzle-orm';

/** drizzle's `sql`, for the queue, which writes into this adapter's transactions without knowing drizzle. */
export const sqlTag = sql;
