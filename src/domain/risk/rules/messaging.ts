import {
  destroys,
  destroysUnless,
  mutates,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsExcept,
  verbs,
} from '../rule.ts';

const server = `--bootstrap-server= --bootstrap-servers= --zookeeper= --command-config= --broker-list= --timeout=
    --bootstrap-controller=`;

/** Message brokers and their tools. */
export const messagingRules: RuleTable = {
  'rabbitmqctl rabbitmq-diagnostics rabbitmq-queues rabbitmq-upgrade rabbitmq-streams': verbs({
    flags: {
      harmless: `-n= --node= -p= --vhost= -q --quiet -s --silent -l --longnames -t= --timeout= --formatter=
        --no-table-headers --online --offline --local --dry-run -U --unit= --printer=`,
    },
    reads: `list_*, status, cluster_status, environment, report, ping, node_health_check, check_*,
      memory_breakdown, alarms, listeners, server_version, version, is_running, is_booting, maybe_stuck,
      observer, erlang_version, help, authenticate_user, log_tail, log_tail_stream, log_location,
      runtime_thread_stats, consume_event_stream, certificates, os_env, quorum_status, peek, resolve_hostname,
      cipher_suites, command_line_arguments, discover_peers, disk_free, trace_list, tls_versions,
      stream_status, resource_alarms, erlang_cookie_sources, schema_info`,
    mutates: `start_app, set_*, add_*, clear_policy, close_connection, rotate_logs,
      sync_queue, cancel_sync_queue, trace_on, trace_off, enable_feature_flag, await_*, rebalance, grow,
      reclaim_quorum_memory, force_gc, resume_listeners, change_password, revive, hash_password,
      transfer_leadership, post_upgrade`,
    destroys: `stop_app, stop, shutdown, reset, force_reset, force_boot, purge_queue, delete_*, clear_*,
      forget_cluster_node, eval, eval_file, join_cluster, leave_cluster, rename_cluster_node,
      suspend_listeners, shrink, drain, restart_vhost, exec`,
  }),
  rabbitmqadmin: verbs({
    flags: {
      harmless:
        '-H= -P= -u= -p= -V= -f= --host= --port= --username= --password= --vhost= --format= -q --ssl -s -d=',
    },
    reads: 'list, show, help',
    mutates: 'declare, publish, close',
    destroys: 'delete, purge, get, import, export',
  }),
  'rabbitmq-plugins': verbs({
    flags: { harmless: '-q -n= -E -e -m -v' },
    reads: 'list, is_enabled, directories, version',
    mutates: 'enable',
    destroys: 'disable, set',
  }),
  'kafka-topics.sh kafka-topics': destroysUnless({
    reading: '--list --describe --version',
    harmless: `${server} --topic= --under-replicated-partitions --partitions= --exclude-internal
      --topics-with-overrides --at-min-isr-partitions --unavailable-partitions --under-min-isr-partitions
      --replication-factor= --config= --if-not-exists --if-exists --topic-id-type=`,
    bounding: '--create --alter',
    destructive: '--delete --delete-config=',
  }),
  'kafka-consumer-groups.sh kafka-consumer-groups': destroysUnless({
    reading: '--list --describe --dry-run --version',
    harmless: `${server} --group= --topic= --all-groups --all-topics --members --state? --verbose --offsets
      --reset-offsets --to-earliest --to-latest --to-offset= --shift-by= --to-datetime= --by-duration=
      --to-current --from-file= --export`,
    destructive: '--delete --delete-offsets --execute',
  }),
  'kafka-configs.sh kafka-configs': destroysUnless({
    reading: '--describe --version',
    harmless: `${server} --entity-type= --entity-name= --entity-default --all --topic= --broker=
      --broker-defaults --user= --client-id=`,
    destructive: '--alter --add-config= --delete-config=',
  }),
  'kafka-acls.sh kafka-acls': destroysUnless({
    reading: '--list',
    harmless: `${server} --topic= --group= --principal= --cluster --allow-principal= --operation= --producer
      --consumer`,
    bounding: '--add',
    destructive: '--remove --force',
  }),
  'kafka-console-consumer.sh kafka-console-consumer': readsExcept({
    harmless: '--topic=',
    mutating: '--group= --consumer-property=',
    executes: '--formatter= --property=value.deserializer*',
  }),
  'kafka-console-producer.sh kafka-console-producer kafka-producer-perf-test.sh kafka-consumer-perf-test.sh':
    mutates,
  'kafka-log-dirs.sh kafka-log-dirs kafka-broker-api-versions.sh kafka-broker-api-versions kafka-get-offsets.sh kafka-get-offsets':
    readsExcept({}),
  'kafka-run-class.sh': destroys,
  'kafka-dump-log.sh kafka-dump-log': readsExcept({
    executes: '--key-decoder-class= --value-decoder-class=',
  }),
  'kafka-reassign-partitions.sh kafka-reassign-partitions': destroysUnless({
    reading: '--generate --verify --list',
    harmless: `${server} --reassignment-json-file= --topics-to-move-json-file= --broker-list=
      --preserve-throttles`,
    destructive: '--execute --cancel',
  }),
  'kafka-leader-election.sh kafka-leader-election kafka-preferred-replica-election.sh':
    // An unclean leader lacks what the others have, and they follow it.
    mutatesExcept({ destructive: '--election-type=UNCLEAN --election-type=unclean' }),
  'kafka-metadata-quorum.sh kafka-metadata-quorum': {
    ...verbs({
      flags: { harmless: `${server} --replication --status --human-readable` },
      reads: 'describe',
      destroys: 'add-controller, remove-controller',
    }),
  },
  'kafka-delete-records.sh kafka-delete-records kafka-storage.sh kafka-server-stop.sh zookeeper-server-stop.sh':
    destroys,
  'kafka-server-start.sh kafka-mirror-maker.sh kafka-streams-application-reset.sh': destroys,
  'kafka-transactions.sh kafka-transactions kafka-features.sh': verbs({
    flags: { harmless: server },
    reads: 'list, describe, find-hanging, describe-producers',
    destroys: 'abort, upgrade, downgrade, disable',
  }),
  'kafka-verifiable-consumer.sh': mutates,
  // Without a mode it produces what it is fed.
  'kcat kafkacat': mutatesWith({
    reading: '-L -C -Q',
    harmless: '-b= -t= -p= -o= -c= -e -q -J -f= -X= -K= -D= -u -O -v -Z -F= -s= -r= -m= -d= -E',
    mutating: '-G= -P',
  }),
  'rpk kaf': verbs({
    flags: { harmless: '-X= --brokers= -b= -c= -o= -n= --num= -f= -g= -p=' },
    reads: `cluster info, cluster health, cluster metadata, cluster status, topic list, topic describe,
        topic consume, group list, group describe, cluster config get, cluster config status, version, topics,
        groups, nodes, topic ls, group ls, node ls, consume, cluster partitions list`,
    mutates: 'topic produce, topic create, topic add-partitions, produce',
    destroys: `topic delete, group delete, group seek, cluster config set, cluster maintenance, topic alter-config,
        redpanda`,
  }),
  nats: verbs({
    flags: { harmless: '-s= --server= --context= --creds= --count= -n=' },
    reads: `server info, server list, server ls, server ping, server check, server report, stream ls,
      stream info, stream report, stream view, stream get, stream state, consumer ls, consumer info,
      consumer report, account info, rtt, context ls, kv ls, kv get, kv status, sub, subscribe, events, s ls,
      s info, c ls, c info, object ls, object info, top, latency, stream list, consumer list, stream subjects`,
    mutates: 'pub, publish, request, kv put, kv add, stream add, consumer add, stream backup, reply, bench',
    destroys: `stream purge, stream rm, stream delete, consumer rm, kv del, kv purge, stream restore, stream edit,
        consumer edit, stream cluster step-down, server raft, stream rmm, kv rm, consumer pause, object rm`,
  }),
  'pulsar-admin': verbs({
    flags: { harmless: '--admin-url=' },
    reads: `brokers list, brokers healthcheck, clusters list, tenants list, namespaces list, topics list,
        topics stats, topics stats-internal, topics subscriptions, topics partitioned-stats, topics lookup,
        topics peek-messages, namespaces policies, broker-stats monitoring-metrics, schemas get`,
    mutates: `topics create, topics create-partitioned-topic, namespaces create, topics unload, namespaces unload,
        tenants create, topics compact, topics offload`,
    destroys: `topics delete, topics skip, topics skip-all, topics reset-cursor, topics clear-backlog,
        topics expire-messages, namespaces delete, topics unsubscribe, tenants delete, topics terminate,
        topics truncate, namespaces clear-backlog`,
  }),
  mosquitto_sub: reads,
  mosquitto_pub: mutates,
  'activemq artemis': verbs({
    flags: { harmless: '--url= --user= --password=' },
    reads: 'query, bstat, dstat, list, queue stat, check, address show',
    mutates: 'producer',
    destroys: 'purge, stop, queue delete, queue purge, consumer',
  }),
  'celery rq': verbs({
    flags: { harmless: '-A= --app= -b= --broker= -u= --url=', reading: '--version' },
    reads: 'inspect, status, report, list, info, events',
    destroys: 'purge, control, worker, multi, beat, call, empty, requeue, suspend',
  }),
};
