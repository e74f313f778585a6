import { describe, expect, it } from 'vitest';
import type { Risk } from '#domain/risk/risk.ts';
import { classifySql } from '#domain/risk/sql.ts';
import type { SqlDialect } from '#domain/risk/sql-tokens.ts';

const cases: readonly (readonly [Risk, SqlDialect, string])[] = [
  ['read-only', 'postgres', 'select count(*) from pg_stat_activity'],
  ['read-only', 'postgres', "SELECT pid, now() - query_start FROM pg_stat_activity WHERE state <> 'idle'"],
  ['read-only', 'postgres', 'with w (a) as (select 1) select * from w'],
  ['read-only', 'postgres', 'explain select * from t'],
  ['read-only', 'postgres', 'explain delete from t'],
  ['destructive', 'postgres', 'explain (analyze, buffers) delete from t'],
  ['read-only', 'postgres', 'explain (analyze, buffers) select * from t where a in (1, 2)'],
  ['read-only', 'postgres', 'begin; select 1; rollback;'],
  ['read-only', 'postgres', "select 'drop table t; delete from t' as text"],
  ['read-only', 'postgres', 'select $$ drop table t $$'],
  ['read-only', 'postgres', 'select 1 -- ; drop table t\n'],
  ['read-only', 'postgres', 'select 1 /* ; drop table t */'],
  ['read-only', 'postgres', 'select "delete" from t'],
  ['read-only', 'postgres', 'copy (select 1) to stdout'],
  ['mutating', 'postgres', 'select pg_terminate_backend(42)'],
  // As with pkill, nobody sees beforehand how many it ends.
  ['destructive', 'postgres', 'select pg_terminate_backend(pid) from pg_stat_activity'],
  ['mutating', 'postgres', 'select pg_reload_conf()'],
  ['mutating', 'postgres', 'select * from t for update'],
  ['mutating', 'postgres', "insert into s.t (a, b) values (1, 'x') on conflict (a) do nothing"],
  ['mutating', 'postgres', 'update t set a = 1 where b = 2'],
  ['destructive', 'postgres', 'update t set a = 1'],
  ['mutating', 'postgres', 'vacuum (verbose, analyze) t'],
  ['mutating', 'postgres', 'create index concurrently i on t (a)'],
  ['mutating', 'postgres', "alter system set work_mem = '64MB'"],
  ['read-only', 'postgres', 'set statement_timeout = 0'],
  ['mutating', 'postgres', 'set session_replication_role = replica'],
  ['destructive', 'postgres', 'alter table t drop column a'],
  ['destructive', 'postgres', 'delete from t where id = 1'],
  ['destructive', 'postgres', 'with d as (delete from t returning *) select * from d'],
  ['destructive', 'postgres', 'select 1; drop table t'],
  ['destructive', 'postgres', 'truncate t'],
  ['destructive', 'postgres', 'select * into backup from t'],
  ['destructive', 'postgres', 'select evil()'],
  ['destructive', 'postgres', 'select "pg_size_pretty"(1)'],
  ['destructive', 'postgres', 'select myschema.count(1)'],
  ['read-only', 'postgres', 'select pg_catalog.count(1)'],
  ['destructive', 'postgres', "select pg_read_file('/etc/passwd')"],
  ['destructive', 'postgres', 'insert into t select evil(1)'],
  ['destructive', 'postgres', 'create table t as select evil(1)'],
  ['destructive', 'postgres', 'select * from a join b on evil(a.x)'],
  ['destructive', 'postgres', "copy t to program 'sh'"],
  ['destructive', 'postgres', 'do $$ begin end $$'],
  ['destructive', 'postgres', 'call p()'],
  ['destructive', 'postgres', 'select 1 \\gexec'],
  ['destructive', 'postgres', '\\! rm'],
  ['destructive', 'postgres', '\\copy t from x'],
  ['read-only', 'postgres', '\\d+ users'],
  ['destructive', 'postgres', "select 'a\\'; drop table t; --'"],
  ['destructive', 'postgres', 'select /* /* */ 1'],
  ['destructive', 'postgres', "select 'open"],
  ['destructive', 'postgres', 'frobnicate t'],
  ['read-only', 'mysql', 'SHOW GLOBAL STATUS LIKE "Threads%"'],
  ['read-only', 'mysql', 'SHOW REPLICA STATUS\\G'],
  ['read-only', 'mysql', 'SELECT `delete`, @@version FROM t # drop\n'],
  ['mutating', 'mysql', 'KILL QUERY 42'],
  ['mutating', 'mysql', 'SET GLOBAL max_connections = 500'],
  ['mutating', 'mysql', 'START REPLICA'],
  ['mutating', 'mysql', 'SELECT * FROM t LOCK IN SHARE MODE'],
  ['destructive', 'mysql', 'RESET MASTER'],
  ['destructive', 'mysql', 'REPLACE INTO t VALUES (1)'],
  ['destructive', 'mysql', 'SELECT 1 INTO OUTFILE "/tmp/x"'],
  ['destructive', 'mysql', 'SELECT 1 /*!50000 INTO OUTFILE "/tmp/x" */'],
  ['destructive', 'mysql', 'PURGE BINARY LOGS BEFORE NOW()'],
  ['destructive', 'mysql', 'SELECT sys_exec("rm")'],
  ['destructive', 'mysql', 'system rm -rf /'],
];

describe('classifySql', () => {
  it.each(cases)('%s (%s): %s', (risk, dialect, sql) => {
    expect(classifySql(sql, dialect)).toMatchObject({ risk });
  });

  it('reads nothing into an empty text', () => {
    expect(classifySql(' ;; -- nothing', 'postgres').risk).toBe('read-only');
  });

  it('stays quick on long and hostile text', () => {
    for (const piece of ["'", '/*', '$a$', '(', 'select ', '"', '\\', '--', "e'\\"]) {
      expect(classifySql(`drop table t; ${piece.repeat(20_000)}`, 'postgres').risk).toBe('destructive');
    }
  });
});
