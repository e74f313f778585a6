import { destroys, destroysUnless, type RuleTable, reads, readsExcept, verbs } from '../rule.ts';

/** Monitoring, logs and alerts by their command line tools. */
export const monitoringRules: RuleTable = {
  promtool: verbs({
    flags: { harmless: '--format= --http.config.file=' },
    reads: 'check, query, test rules, tsdb analyze, tsdb list, tsdb dump, debug',
    mutates: 'tsdb create-blocks-from, push',
  }),
  amtool: verbs({
    flags: { harmless: '--alertmanager.url= -o= --output= --comment= -a= --author= -d= --duration= -c=' },
    reads: `alert $, alert query, silence query, silence $, check-config, config show, config routes $,
        config routes show, config routes test, cluster show, alert, template render`,
    mutates: 'silence add, silence expire, silence update, alert add, silence import',
  }),
  logcli: verbs({
    flags: {
      harmless: '--addr= --org-id= -q --quiet --limit= --since= --from= --to= -o= --output= --tail -f',
    },
    reads: 'query, labels, series, instant-query, stats, volume, volume_range, detected-fields, fmt',
  }),
  'mimirtool cortextool': verbs({
    flags: { harmless: '--address= --id=' },
    reads: 'rules list, rules print, rules diff, rules lint, rules check, alertmanager get, analyze, config',
    mutates: 'rules load, alertmanager load, rules prepare',
    destroys: 'rules sync, rules delete, alertmanager delete',
  }),
  'monit nagios4stats': verbs({
    flags: { harmless: '-c=' },
    reads: 'status, summary, report, validate',
    mutates: 'reload, start *, restart *, monitor *',
    destroys: 'stop *, quit, unmonitor *',
  }),
  zabbix_get: reads,
  zabbix_sender: destroys,
  'datadog-agent': verbs({
    flags: {},
    reads: `status, health, version, configcheck, check, hostname, diagnose, tagger-list, config $, config get,
        workload-list, stream-logs`,
    mutates: 'start, restart',
    destroys: 'stop, flare, import, launch-gui',
  }),
  'filebeat metricbeat heartbeat': verbs({
    flags: { harmless: '-c= -e' },
    reads: 'test config, test output, version, export config, modules list',
    mutates: 'setup, modules enable',
    destroys: 'modules disable, keystore',
  }),
  telegraf: destroysUnless({ reading: '--version --test', harmless: '--config= --input-filter=' }),
  'fluent-bit': destroysUnless({ reading: '--version -V --dry-run -D', harmless: '-c=' }),
  vector: verbs({
    flags: { harmless: '--config= -c=', reading: '--version' },
    reads: 'validate, list, graph, tap, top, test',
  }),
  'check_http check_disk check_load check_tcp check_procs check_ssh check_ping check_mysql check_pgsql check_swap check_users check_ntp_time check_dns':
    reads,
  'sensu-cli sensuctl': verbs({
    flags: {},
    reads: 'check list, event list, entity list, check info, event info, cluster health',
    mutates: 'silenced create',
    destroys: 'check delete, event delete, entity delete',
  }),
  'newrelic pd': verbs({
    flags: {},
    reads: 'incident list, service list, oncall list, version',
    mutates: 'incident ack',
    destroys: 'incident resolve',
  }),
  'sentry-cli': verbs({
    flags: {},
    reads: 'info, issues list, events list, releases list, releases info, projects list',
  }),
  osqueryi: destroys,
  'nvidia-smi': readsExcept(
    {
      harmless: '-q -L -l= -i= -d= --query-gpu= --format= --query-compute-apps= --list-gpus',
      mutating: '-pm= -pl= -lgc= -rgc -ac= -rac -c= -e=',
      destructive: '-r --gpu-reset -mig=',
      writes: '-f= --filename=',
    },
    { matching: /^(?:topo|dmon|pmon|nvlink)$/, otherwise: 'destructive' },
  ),
  ipmitool: verbs({
    flags: { harmless: '-H= -U= -P= -I= -L= -E -f= -v -c -S=' },
    reads: `sel list, sel elist, sel info, sel get, sdr $, sensor $, sensor list, sensor get, fru $,
      chassis status, chassis power status, power status, chassis bootparam get, lan print, mc info,
      user list, channel info, dcmi power reading, sdr list, sdr elist, sdr type, fru print, bmc info,
      mc getsysinfo, chassis restart_cause, sol info, session info, sel time get, chassis poh,
      chassis selftest`,
    mutates: 'chassis identify, chassis bootdev, chassis power on, power on, sol activate, sel time set',
    destroys: `chassis power, power, sel clear, mc reset, bmc reset, lan set, user set, user disable, raw,
        chassis policy, exec, hpm, fru write`,
  }),
  racadm: verbs({
    flags: { harmless: '-r= -u= -p=' },
    reads: 'getsysinfo, getsel, get, getversion, getniccfg, serveraction powerstatus, getsensorinfo',
    destroys: 'serveraction, racreset, clrsel, set, config',
  }),
  'redfishtool dcgmi': verbs({
    flags: { harmless: '-r= -u= -p=' },
    reads: 'discovery, topo, nvlink, dmon',
  }),
};
