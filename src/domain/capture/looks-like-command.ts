import { findRule } from '../risk/rules/find-rule.ts';

const list = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Programs that tell something without any argument; alone between backticks they are commands. */
const aloneTelling = list(`
  uptime df free top htop dmesg w who lsblk mount iostat vmstat nvidia-smi lscpu lsof netstat ss ps ls env sync reboot
  poweroff hostname date id whoami pwd last exportfs`);

/** Names of programs that are plain words of prose, too: something of a command must come with them. */
const plainWords = list(`
  at cat cut date do file find for getent host if kill last less link look make mail man more mount paste read screen
  service set shutdown size sleep sort split start stop tail tee test time top touch trap type until up users wait wall
  watch what where while who write yes join head history help alert node go restart reload export import source time
  script expand which free reset fold nice printf sum install`);

/** Programs that the risk rules have no need to know. */
const others = list(`
  certbot mtr ethtool arcconf megacli storcli perccli certutil iisreset sc net ipconfig tracert nslookup wevtutil
  diskpart robocopy schtasks tasklist taskkill pm2 supervisorctl monit puppet chef-client nomad consul vault etcdctl
  patronictl repmgr pgbackrest barman pg_ctlcluster rabbitmqctl rabbitmq-diagnostics nodetool cqlsh elasticsearch-plugin
  gcloud az aws doctl fly flyctl heroku vercel linkerd istioctl cilium velero argocd flux k9s stern oc eksctl kubectx k
  varnishadm postqueue postsuper doveadm exim squid unbound-control rndc pdnsutil wg wg-quick ipsec swanctl vtysh birdc
  repadmin dcdiag gpupdate gpresult nltest w32tm dsquery netsh icacls takeown bcdedit fsutil chkdsk sfc dism msiexec
  choco winget quser logoff qwinsta esxcli vim-cmd qm pct pvecm pveceph xl xe lxc virsh radtest eapol_test wpa_cli
  asterisk fs_cli sngrep doveconf ssacli hpasmcli sas3ircu squeue sinfo sacct scontrol scancel qstat bjobs lmutil lmstat
  xtrabackup flink spark-submit airflow dbt sidekiqctl rake rails drush occ wp symfony gunicorn uwsgi gitlab-runner
  gitlab-rake gitlab-ctl a2ensite a2dissite xcode-select fdbcli bconsole duplicity rsnapshot netplan dokku fio k6
  hdfs hadoop beeline losetup mt lpstat lpadmin lprm cupsenable cupsdisable bgpctl nwdiag`);

/** What steers something is seldom called anything else. */
const tool = /[a-z][-_]?(?:ctl|cli|adm)$|-admin$/;

const powerShell =
  /^(?:Get|Set|New|Remove|Start|Stop|Restart|Test|Invoke|Enable|Disable|Add|Clear|Resume|Suspend|Import|Export|Update|Install|Uninstall|Resolve|Measure|Wait|Reset|Repair|Move|Copy|Rename)-[A-Z]\w+/;
const sql =
  /^(?:select\s+.+|show\s+\w+(?:\s+(?:like|from|in|where)\s.+)?;|show\s+(?:full\s+)?(?:processlist|engine|replica|slave|status|variables|databases|tables|grants|master|index|global|create|binary)\b.*|update\s+\S+\s+set\s.+|delete\s+from\s.+|insert\s+into\s.+|(?:alter|drop|create|truncate)\s+(?:table|index|database|user|role|view|system|materialized|publication|subscription|extension|sequence)\b.+|(?:vacuum|analyze|reindex)\b.*|explain\s.+|kill\s+(?:query\s+|connection\s+)?\d+|set\s+(?:global|session|persist)\s.+|(?:start|stop|reset)\s+(?:replica|slave)\b.*|refresh\s+materialized\s.+|flush\s+\w+.*|(?:call|grant|revoke)\s.+|begin|commit|rollback);?$/is;
const redis =
  /^(?:FLUSHALL|FLUSHDB|CONFIG (?:GET|SET) .+|INFO(?: \w+)?|CLIENT \w+.*|SLOWLOG \w+.*|BGSAVE|DEL .+|MEMORY .+|DBSIZE|CLUSTER \w+.*)$/;

/** A path that is run: `/usr/local/bin/backup.sh --home`, `./deploy.sh`. A bare path is only a place. */
const script =
  /^(?:\.{1,2}|~)\/[\w./-]+(?:\s|$)|^\/[\w./-]+(?:\.(?:sh|py|pl|rb)(?:\s|$)|\s+-{1,2}[a-z])|^\/(?:[\w.-]+\/)*s?bin\/[\w.-]+(?:\s|$)|^[\w-]+\.(?:sh|ps1|bat)\s+\S/i;
const shellKeyword =
  /^(?:for\s+\w+\s+in\s.+(?:;|\n)\s*do\b|while\s.+(?:;|\n)\s*do\b|until\s.+(?:;|\n)\s*do\b|if\s+.+(?:;|\n)\s*then\b|for\s+\w+\s+in\s\S+.*;\s*do$)/s;
const leading =
  /^(?:(?:\w+=(?:"[^"]*"|'[^']*'|\S*)|(?:sudo|doas|env|nohup|time|nice|ionice|command|exec|watch)(?:\s+-{1,2}[a-zA-Z][\w-]*(?:[= ](?=\S)\w+(?=\s))?)*)\s+)+/;

/**
 * Whether a text can be a command that somebody typed. Between backticks (`inline`) names of things stand as often as
 * commands, so a single word must be a program that is of use alone.
 */
export function looksLikeCommand(text: string, where: 'line' | 'inline'): boolean {
  const trimmed = text.trim().replace(/^\(\s*/, '');
  if (trimmed === '' || /^[[{<"]/.test(trimmed)) return false;
  if (powerShell.test(trimmed) || redis.test(trimmed) || shellKeyword.test(trimmed) || script.test(trimmed))
    return true;
  const bare = trimmed.replace(leading, '');
  if (powerShell.test(bare) || script.test(bare) || shellKeyword.test(bare)) return true;
  if (sql.test(trimmed) && /\s|;$/.test(trimmed)) return true;
  return isCallOf(bare, where, bare !== trimmed);
}

function isCallOf(bare: string, where: 'line' | 'inline', isPrefixed: boolean): boolean {
  const [first = '', ...rest] = bare.split(/\s+/);
  const program = first.replace(/^.*\//, '').replace(/;$/, '');
  if (!/^[a-z_][\w.+-]*$/i.test(program) || first.endsWith(':')) return false;
  if (!findRule(program) && !others.has(program) && !tool.test(program))
    return rest.length > 0 && (isPrefixed || (where === 'inline' && hasOptions(rest.join(' '))));
  if (rest.length === 0) return aloneTelling.has(program) || (isPrefixed && where === 'line');
  return hasArguments(program, rest);
}

function hasArguments(program: string, rest: readonly string[]): boolean {
  const [second = ''] = rest;
  return !/^[=:-]$/.test(second) && (!plainWords.has(program) || hasMark(rest.join(' ')));
}

/** Between backticks what has options or goes into another program is a command, known or not. */
const hasOptions = (rest: string): boolean => /(?:^|\s)-{1,2}[a-z]|\s\| [a-z]/i.test(rest);

/** Something that arguments have and sentences do not: options, paths, assignments, pipes, numbers. */
const hasMark = (rest: string): boolean => /(?:^|\s)-{1,2}\w|[/=|<>$*\\;]|\d|\w\.\w|^\w+$/.test(rest);
