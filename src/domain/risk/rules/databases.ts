import { judgeMongosh } from '../programs/mongosh.ts';
import {
  judgeClickhouse,
  judgeCqlsh,
  judgeInflux,
  judgeSqlcmd,
  judgeSqlite,
} from '../programs/other-sql-clients.ts';
import { judgeRedisCli } from '../programs/redis-cli.ts';
import { judgeMysql, judgePsql } from '../programs/sql-client.ts';
import {
  destroys,
  destroysUnless,
  judgedBy,
  mutates,
  mutatesExcept,
  type RuleTable,
  reads,
  readsExcept,
  readsWith,
  verbs,
} from '../rule.ts';

const cockroach = verbs({
  flags: { harmless: '--host= --insecure --certs-dir= --format= -u=' },
  reads: 'node status, node ls, version',
  destroys: 'node drain, node decommission, quit, start, sql',
});

/** Databases and their tools. */
export const databaseRules: RuleTable = {
  psql: judgedBy(judgePsql),
  'mysql mariadb': judgedBy(judgeMysql),
  pg_isready: reads,
  'pg_lsclusters pg_controldata pg_waldump pg_config pg_test_timing pg_top pg_activity pg_verifybackup pg_amcheck pgmetrics':
    reads,
  pgbadger: destroysUnless({
    reading: '-o=- --outfile=- --version',
    harmless: '-x= -f= -j= -q -b= -e= -d= -u=',
  }),
  'check_postgres check_postgres.pl': reads,
  pg_checksums: destroysUnless({ reading: '-c --check', harmless: '-D= -P -v' }),
  'pgbouncer pgpool': destroysUnless({ reading: '--version -V -v --help' }),
  pgbackrest: verbs({
    flags: { harmless: '--stanza= --output= --repo= --log-level-console= --set=' },
    reads: 'info, check, version, verify, repo-ls, help',
    mutates: 'backup, start, archive-push',
    destroys: 'restore, expire, stop, stanza-delete, stanza-create, stanza-upgrade',
  }),
  'wal-g wal-e': verbs({
    flags: { harmless: '--config= --pretty --json --detail' },
    reads: 'backup-list, wal-show, wal-verify, st ls, version',
    mutates: 'backup-push, wal-push',
    destroys: 'delete, backup-fetch, wal-fetch',
  }),
  barman: verbs({
    flags: { harmless: '-q -c=' },
    reads: `list-server, list-servers, list-backup, list-backups, check, show-backup, show-server, status,
        list-files, replication-status, diagnose, show-servers`,
    mutates: 'backup, cron, switch-wal, receive-wal',
    destroys: 'recover, delete, archive-wal',
  }),
  pgbench: destroysUnless({ bounding: '-S --select-only', reading: '--version' }),
  'pg_dump pg_dumpall': readsExcept({ writes: '-f= --file=' }),
  pg_basebackup: destroysUnless({ reading: '--version' }),
  'vacuumdb reindexdb clusterdb': mutatesExcept({}),
  'createdb createuser': mutates,
  'dropdb dropuser initdb pg_resetwal pg_rewind pg_archivecleanup': destroys,
  pg_restore: destroysUnless({ reading: '-l --list', harmless: '-F=' }),
  pg_ctl: verbs({
    flags: {
      harmless: '-D= --pgdata= -w -W -t= -s -l= --log=',
      destructive: '-m=immediate --mode=immediate',
      executes: '-o= --options= -p=',
    },
    reads: 'status',
    mutates: 'reload, restart, start, logrotate',
    destroys: 'stop, promote, kill, initdb',
  }),
  pg_ctlcluster: verbs({
    flags: { harmless: '--skip-systemctl-redirect', destructive: '-f --force -m=' },
    skip: 2,
    reads: 'status',
    mutates: 'reload, restart, start',
    destroys: 'stop, promote',
  }),
  patronictl: verbs({
    flags: { harmless: '-c= --config-file= -d= --dcs-url= -k' },
    reads: 'list, topology, history, show-config, dsn, version',
    mutates: 'reload, restart, pause, resume',
    destroys: 'switchover, failover, reinit, remove, edit-config, query, flush',
  }),
  repmgr: verbs({
    flags: { harmless: '-f= --config-file= -h= -U= -d=' },
    reads: `cluster show, cluster event, cluster crosscheck, cluster matrix, node status, node check,
        daemon status, service status`,
    mutates: 'standby register, daemon start, service pause, service unpause',
    destroys: `standby promote, standby switchover, standby clone, standby follow, node rejoin, primary unregister,
        standby unregister, cluster cleanup, daemon stop`,
    rehearsal: ['--dry-run'],
  }),
  mysqladmin: verbs({
    chains: 'words',
    flags: {
      harmless: `-h= --host= -P= --port= -u= --user= -p? --password? -S= --socket= -i= -c= -r -v -s --defaults-file=
          --connect-timeout= --protocol= --ssl-mode=`,
    },
    reads: 'processlist, proc, status, extended-status, ext, ping, version, variables',
    mutates: 'kill *, flush-*, refresh, reload, create *, start-*, password *',
    destroys: 'shutdown, drop *, stop-*',
  }),
  'mysqldump mariadb-dump': readsExcept({
    mutating: '-F --flush-logs --flush-privileges --delete-master-logs',
    destructive: '--delete-source-logs -T= --tab=',
    writes: '-r= --result-file= --log-error=',
  }),
  'mysqldumpslow pt-summary pt-mysql-summary mysqlshow pt-diskstats pt-variable-advisor pt-duplicate-key-checker pt-show-grants pt-ioprofile innotop mytop mysqltuner mysqltuner.pl mariadb-show':
    reads,
  'pt-online-schema-change gh-ost pt-archiver pt-table-sync': destroysUnless({
    reading: '--dry-run --print --test-on-replica',
    harmless: '--alter= --host=',
  }),
  'pt-kill': destroysUnless({
    reading: '--print',
    harmless: '--busy-time= --match-info= --interval= --victims= --host= --user=',
  }),
  'pt-stalk pt-table-checksum pt-heartbeat': mutates,
  'orchestrator-client': destroys,
  nodetool: verbs({
    flags: { harmless: '-h= -p= -u= -pw= -pwf= --host= --port= -H -r -kr= --human-readable' },
    reads: `status, info, ring, tpstats, compactionstats, netstats, cfstats, tablestats, cfhistograms,
      tablehistograms, proxyhistograms, gossipinfo, describecluster, describering, version, compactionhistory,
      getlogginglevels, gcstats, getendpoints, getcompactionthroughput, getstreamthroughput,
      getcompactionthreshold, listsnapshots, statusgossip, statusbinary, statusbackup, statushandoff,
      gettraceprobability, toppartitions, viewbuildstatus, rangekeysample, failuredetector, gettimeout,
      getsstables, clientstats, repair_admin list, datapaths, getseeds, profileload, getconcurrentcompactors`,
    mutates: `repair, cleanup, flush, compact, snapshot, setlogginglevel, setcompactionthroughput,
      setstreamthroughput, enablegossip, enablebinary, enableautocompaction, resumehandoff, pausehandoff,
      refresh, scrub, upgradesstables, reloadlocalschema, settraceprobability, invalidatekeycache,
      invalidaterowcache, garbagecollect, relocatesstables, verify, rebuild, enablebackup, settimeout,
      setconcurrentcompactors, stop, reloadseeds, enablehandoff`,
    destroys: `decommission, removenode, assassinate, drain, clearsnapshot, stopdaemon, disablegossip, disablebinary,
        disableautocompaction, move, truncatehints, resetlocalschema, rebuild_index, disablebackup,
        disablehandoff, bootstrap, import, refreshsizeestimates, sjk`,
  }),
  'sstablemetadata sstableutil sstabledump': reads,
  'pt-query-digest': readsWith(
    '--limit= --since= --until= --type= --group-by= --order-by= --no-report --report',
  ),
  mysqlbinlog: readsExcept({ destructive: '--raw', writes: '-r= --result-file=' }),
  'mysqlcheck mariadb-check': readsExcept({
    mutating:
      '-r --repair -o --optimize -a --analyze --auto-repair -g -f --force --fix-db-names --fix-table-names',
  }),

  'redis-cli valkey-cli keydb-cli iredis': judgedBy(judgeRedisCli),
  'redis-benchmark': mutates,
  'redis-check-rdb redis-check-aof': readsExcept({ destructive: '--fix' }),
  'memcached-tool': verbs({
    flags: {},
    skip: 1,
    reads: 'stats, display, settings, sizes, keys',
    destroys: 'move, dump',
    alone: 'read-only',
  }),

  'sqlite3 sqlite': judgedBy(judgeSqlite),
  'clickhouse-client clickhouse-local': judgedBy(judgeClickhouse),
  cqlsh: judgedBy(judgeCqlsh),
  influx: judgedBy(judgeInflux),
  cockroach,
  sqlcmd: judgedBy(judgeSqlcmd),
  'mongosh mongo': judgedBy(judgeMongosh),
  'mongodump mongoexport': mutatesExcept({
    reading: '--version -o=- --out=-',
    destructive: '-o= --out= --archive?',
  }),
  'mongorestore mongoimport': destroysUnless({
    reading: '--dryRun --version',
    harmless: '--drop --uri= -d= --db= -c= --collection= --gzip --archive? -v',
  }),
  bsondump: readsExcept({ writes: '--outFile=' }),
  mongostat: readsWith(
    '-h= --host= --port= -u= -p= --authenticationDatabase= -n= --rowcount= --discover --uri= --json',
  ),
  mongotop: reads,
  esrally: mutates,
  curator_cli: verbs({ flags: { harmless: '--host= --config=' }, reads: 'show-indices, show-snapshots' }),
};
