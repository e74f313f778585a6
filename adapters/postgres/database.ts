import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Db } from 'pg-boss';

/** What both engines are to the stores: one drizzle database. */
export type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;

/** A database or a transaction on it; what one statement needs. */
export type Executor = Pick<
  Database,
  'select' | 'selectDistinctOn' | 'insert' | 'update' | 'delete' | 'execute'
>;

/** An open engine. The engines differ in how a connection is made and in nothing else. */
export interface OpenDatabase {
  readonly engine: 'embedded' | 'server';
  readonly database: Database;
  /** The same connection as pg-boss takes it. */
  readonly jobs: { readonly db: Db; readonly backend: 'pglite' | 'postgres' };
  migrate(): Promise<void>;
  /**
   * Ends the leases of former processes, before this one takes any. Embedded, whoever else held something is dead; on a server
   * nobody knows that, and leases run out.
   */
  forgetFormer(): Promise<void>;
  /**
   * Ends the sessions of other processes that have a transaction open and have asked for nothing for a while: one of a process
   * that is stopped keeps its locks. Embedded, there is no other process.
   */
  endStandstill(): Promise<void>;
  /** The whole data directory as a gzipped tar; embedded only. */
  dump(): Promise<Blob>;
  close(): Promise<void>;
}
