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

/** Databases, caches and message brokers. */
export const databaseRules: RuleTable = {
  psql: judgedBy(judgePsql),
  'mysql mariadb': judgedBy(judgeMysql),
  pg_isready: reads,
  'pg_lsclusters pg_controldata pg_waldump pg_config pg_test_timing': reads,
  'pg_dump pg_dumpall': readsExcept({ writes: '-f= --file=' }),
  pg_basebackup: mutates,
  'vacuumdb reindexdb clusterdb': mutatesExcept({}),
  'createdb createuser': mutates,
  'dropdb dropuser pg_restore initdb pg_resetwal pg_rewind pg_archivecleanup': destroys,
  pg_ctl: verbs({
    flags: {
      harmless: '-D= --pgdata= -w -t= -s -l= --log=',
      destructive: '-m=immediate --mode=immediate -o=',
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
    reads: 'list, topology, history, show-config, dsn, version, query',
    mutates: 'reload, restart, pause, resume',
    destroys: 'switchover, failover, reinit, remove, edit-config',
  }),
  repmgr: verbs({
    flags: { harmless: '-f= --config-file= -h= -U= -d=' },
    reads:
      'cluster show, cluster event, cluster crosscheck, cluster matrix, node status, node check, daemon status, service status',
  }),
  mysqladmin: verbs({
    flags: {
      harmless:
        '-h= --host= -P= --port= -u= --user= -p? --password? -S= --socket= -i= -c= -r -v -s --defaults-file= --connect-timeout= --protocol= --ssl-mode=',
    },
    reads: 'processlist, proc, status, extended-status, ext, ping, version, variables',
    mutates: 'kill, flush-*, refresh, reload, create, start-*, password',
    destroys: 'shutdown, drop, stop-*',
  }),
  'mysqldump mariadb-dump': readsExcept({
    mutating: '-F --flush-logs --flush-privileges --delete-master-logs',
    destructive: '--delete-source-logs -T= --tab=',
    writes: '-r= --result-file= --log-error=',
  }),
  'mysqldumpslow pt-summary pt-mysql-summary mysqlshow': reads,
  'pt-query-digest': readsWith(
    '--limit= --since= --until= --type= --group-by= --order-by= --no-report --report',
  ),
  mysqlbinlog: readsExcept({ writes: '-r= --result-file=' }),
  'mysqlcheck mariadb-check': readsExcept({
    mutating: '-r --repair -o --optimize -a --analyze --auto-repair -g -f --force',
  }),

  'redis-cli valkey-cli keydb-cli': verbs({
    flags: {
      harmless: `-h= -p= -s= -a= -u= -n= -c -3 -2 -r= -i= -t= --user= --pass= --no-auth-warning --raw --no-raw --csv --json
        --tls --sni= --cacert= --cert= --key= --insecure --pattern= --quoted-pattern= --count= -e -D= -d= --verbose
        --memkeys-samples=`,
      reading:
        '--bigkeys --memkeys --hotkeys --keystats --latency --latency-history --latency-dist --stat --scan --version -v',
      destructive:
        '-x -X= --pipe --eval= --rdb= --functions-rdb= --replica --cluster= --ldb --ldb-sync-mode --lru-test= --intrinsic-latency=',
    },
    reads:
      commands(`ping, info, get, mget, strlen, exists, type, ttl, pttl, dbsize, keys, scan, sscan, hscan, zscan, hget,
      hgetall, hlen, hkeys, hmget, hexists, llen, lrange, lindex, smembers, scard, sismember, zcard, zrange, zscore, zcount,
      xlen, xinfo stream, xinfo groups, xinfo consumers, xpending, xrange, randomkey, getrange, time, lastsave, role, echo,
      monitor, memory usage, memory stats, memory doctor, memory malloc-stats, object encoding, object idletime, object freq,
      object refcount, slowlog get, slowlog len, latency latest, latency history, latency doctor, latency graph, config get,
      client list, client info, client id, client getname, cluster info, cluster nodes, cluster slots, cluster shards,
      cluster myid, cluster countkeysinslot, command count, command info, command docs, acl list, acl users, acl whoami,
      acl cat, acl log, module list, pubsub channels, pubsub numsub, sentinel masters, sentinel master, sentinel replicas,
      sentinel slaves, sentinel sentinels, sentinel get-master-addr-by-name, sentinel ckquorum, expiretime, dump`),
    mutates:
      commands(`set, setex, setnx, incr, incrby, decr, decrby, append, lpush, rpush, sadd, zadd, hset, hincrby, xadd,
      xgroup create, xack, xclaim, xautoclaim, expire, pexpire, expireat, persist, publish, touch, config set,
      config resetstat, slowlog reset, latency reset, memory purge, client kill, client pause, client unpause, client no-evict,
      client setname, bgsave, save, bgrewriteaof, script load, acl log reset, sentinel reset, wait`),
    destroys:
      commands(`config rewrite, del, unlink, flushall, flushdb, rename, shutdown, debug, eval, evalsha, fcall, script flush, restore,
      migrate, move, spop, lpop, rpop, lrem, ltrim, srem, zrem, hdel, xdel, xtrim, getdel, replicaof, slaveof, failover,
      cluster reset, cluster failover, cluster forget, sentinel failover, sentinel remove, acl setuser, acl deluser,
      module load, module unload, swapdb, function flush, function load`),
  }),
  'redis-benchmark': mutates,
  'memcached-tool': verbs({
    flags: {},
    skip: 1,
    reads: 'stats, display, settings, sizes',
    alone: 'read-only',
  }),

  'rabbitmqctl rabbitmq-diagnostics rabbitmq-queues rabbitmq-upgrade': verbs({
    flags: {
      harmless: `-n= --node= -p= --vhost= -q --quiet -s --silent -l --longnames -t= --timeout= --formatter= --no-table-headers
        --online --offline --local --dry-run -U --unit= --printer=`,
    },
    reads: `list_*, status, cluster_status, environment, report, ping, node_health_check, check_*, memory_breakdown,
      alarms, listeners, server_version, version, is_running, is_booting, maybe_stuck, observer, erlang_version, help,
      authenticate_user, log_tail, log_location, runtime_thread_stats, consume_event_stream, certificates, os_env,
      quorum_status, peek, resolve_hostname, cipher_suites, command_line_arguments, discover_peers, disk_free, trace_list`,
    mutates: `start_app, set_*, add_*, clear_policy, close_connection, close_all_connections, rotate_logs, sync_queue,
      cancel_sync_queue, trace_on, trace_off, enable_feature_flag, await_*, rebalance, grow, reclaim_quorum_memory,
      force_gc, resume_listeners, change_password, revive, hash_password, transfer_leadership`,
    destroys: `stop_app, stop, shutdown, reset, force_reset, force_boot, purge_queue, delete_*, clear_*, forget_cluster_node,
      eval, eval_file, join_cluster, leave_cluster, rename_cluster_node, suspend_listeners, shrink, drain, restart_vhost`,
  }),
  rabbitmqadmin: verbs({
    flags: {
      harmless:
        '-H= -P= -u= -p= -V= -f= --host= --port= --username= --password= --vhost= --format= -q --ssl -s',
    },
    reads: 'list, show',
    mutates: 'declare, publish, close',
    destroys: 'delete, purge, get, import, export',
  }),
  'kafka-topics.sh kafka-topics': destroysUnless({
    reading: '--list --describe',
    harmless: `--bootstrap-server= --zookeeper= --topic= --command-config= --under-replicated-partitions --partitions=
      --unavailable-partitions --under-min-isr-partitions --replication-factor= --config= --if-not-exists`,
    bounding: '--create --alter',
    destructive: '--delete --delete-config=',
  }),
  'kafka-consumer-groups.sh kafka-consumer-groups': destroysUnless({
    reading: '--list --describe',
    harmless: `--bootstrap-server= --group= --topic= --command-config= --all-groups --members --state --verbose --offsets
      --timeout= --dry-run`,
    destructive: '--reset-offsets --delete --delete-offsets --execute',
  }),
  'sqlite3 mongosh mongo clickhouse-client': destroysUnless({ reading: '--version -version' }),
  mongostat: readsWith(
    '-h= --host= --port= -u= -p= --authenticationDatabase= -n= --rowcount= --discover --uri= --json',
  ),
  mongotop: reads,
};

/** Redis knows no case: both spellings that people type. */
function commands(list: string): string {
  return `${list}, ${list.toUpperCase()}`;
}
