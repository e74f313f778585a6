import { judgeKill } from '../programs/process-signals.ts';
import {
  destroys,
  destroysUnless,
  judgedBy,
  mutates,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsExcept,
  readsWith,
  verbs,
} from '../rule.ts';

/** Processes, kernel, users, time and scheduled jobs. */
export const systemRules: RuleTable = {
  'ps pgrep pidof pstree pmap pwdx vmstat iostat mpstat free uptime w who last lastb users lsns lslocks lsipc':
    reads,
  'id whoami groups getent logname tty uname arch nproc lscpu lsmem lspci lsusb lsmod modinfo getconf locale':
    reads,
  'htop iotop slabtop numastat tload ipcs finger ac jps jstack jstat lslogins': reads,
  pidstat: readsExcept({ destructive: '-e=' }),
  atop: readsExcept({ writes: '-w=' }),
  sensors: readsWith('-f -A -j -u --no-adapter'),
  lastlog: readsWith('-u= -t= -b= --user= --time= --before='),
  numactl: readsWith('-H --hardware -s --show', { atMost: 0, otherwise: 'destructive' }),
  prlimit: readsWith(
    {
      harmless: '-p= --pid= -o= --output= --raw --noheadings',
      mutating: '--nofile? --nproc? --core? --memlock? --stack? --as? --fsize? --nice? --rtprio? -n?',
    },
    { atMost: 0, otherwise: 'destructive' },
  ),
  chage: mutatesWith({ reading: '-l --list', harmless: '-i --iso8601' }),
  top: readsWith('-b -n= -d= -p= -u= -U= -o= -c -H -i -w? -e= -E= -S -s -1 -l='),
  sar: readsExcept({ writes: '-o=' }),
  dmidecode: readsExcept({ writes: '--dump-bin=' }),
  'kill pkill killall skill': judgedBy(judgeKill),
  'renice chcpu': mutates,
  dmesg: readsExcept({
    destructive: '-C --clear -c --read-clear',
    mutating: '-D --console-off -E --console-on -n= --console-level=',
  }),
  sysctl: readsWith(
    {
      harmless: '-a -A -n -e -N -b -q -r= --all --values --names --ignore',
      mutating: '-w --write -p? --load? --system',
    },
    { matching: /^[^=]*$/, otherwise: 'mutating' },
  ),
  date: readsWith(
    {
      harmless: '-u -d= -r= -R -I? --utc --date= --reference= --iso-8601? --rfc-3339= --rfc-email -v= -j',
      mutating: '-s= --set=',
    },
    { matching: /^\+/, otherwise: 'mutating' },
  ),
  hostname: readsWith('-a -A -d -f -i -I -s -y --fqdn --all-fqdns --ip-address --all-ip-addresses --short', {
    atMost: 0,
    otherwise: 'mutating',
  }),
  hwclock: destroysUnless({ reading: '-r --show', harmless: '-v -u' }),
  timedatectl: verbs({
    flags: { harmless: '--no-pager -a --all -p= --property= --value --no-ask-password' },
    reads: 'status, show, list-timezones, timesync-status, show-timesync',
    mutates: 'set-ntp, set-time, set-timezone, set-local-rtc',
    alone: 'read-only',
  }),
  hostnamectl: verbs({
    flags: { harmless: '--no-pager --static --json= --pretty' },
    reads: 'status, show',
    mutates: 'set-hostname *',
    alone: 'read-only',
  }),
  chronyc: verbs({
    flags: { harmless: '-a -n -c -v -N -h= -p=' },
    reads:
      'tracking, sources, sourcestats, activity, ntpdata, clients, serverstats, rtcdata, waitsync, authdata',
    mutates: 'makestep, burst *, online, refresh, reselect, rekey',
    destroys: 'offline, shutdown',
  }),
  ntpq: readsWith('-p -n -c= -4 -6 -w'),
  'ntpstat ntptime': reads,
  'ntpdate sntp': mutatesWith({ reading: '-q', harmless: '-u -b -s -p= -t= -d' }),
  crontab: destroysUnless({ reading: '-l', harmless: '-u=' }),
  'atq anacron': reads,
  'at batch atrm': destroys,
  'useradd usermod groupadd groupmod passwd chpasswd gpasswd chsh adduser faillock': mutates,
  'userdel groupdel deluser': destroys,
  'shutdown reboot halt poweroff telinit init kexec': destroys,
  'modprobe insmod': mutatesExcept({ reading: '-n --dry-run -c --showconfig', destructive: '-r --remove' }),
  rmmod: destroys,
  screen: destroysUnless({ reading: '-ls -list' }),
  tmux: verbs({ flags: {}, reads: 'ls, list-*' }),
  perf: verbs({ flags: {}, reads: 'top, list' }),
  'jmap jcmd': verbs({
    flags: { destructive: '-dump -dump:live' },
    skip: 1,
    reads: 'Thread.print, VM.*, GC.heap_info, GC.class_histogram, help',
    mutates: 'GC.run',
  }),
  'ausearch aureport': reads,
  auditctl: destroysUnless({ reading: '-l -s' }),
};
