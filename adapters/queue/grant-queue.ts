import type { Db } from 'pg-boss';

/** Any number; the same for every replica, since two GRANTs at once on one table fail. */
const grantLock = 7_265_637;

/**
 * Transactions that enqueue work as `recourse_app`, which owns nothing: it may write jobs and read queues.
 * Runs after pg-boss has made its schema; default privileges cover what its later migrations add.
 */
const statement = `
do $$
begin
  perform pg_advisory_xact_lock(${grantLock});
  grant usage on schema pgboss to recourse_app;
  grant select, insert, update, delete on all tables in schema pgboss to recourse_app;
  grant execute on all functions in schema pgboss to recourse_app;
  alter default privileges in schema pgboss grant select, insert, update, delete on tables to recourse_app;
  alter default privileges in schema pgboss grant execute on functions to recourse_app;
end
$$`;

export async function grantQueue(db: Db): Promise<void> {
  await db.executeSql(statement);
}
