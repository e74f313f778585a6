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

const semanageObject = destroysUnless({
  reading: '-l --list -E --extract',
  bounding: '-a -m --add --modify',
  harmless: '-t= -p= -s= -C -n',
});

/** Processes, kernel, time, sessions and mandatory access control. */
export const systemRules: RuleTable = {
  'ps pgrep pidof pstree pmap pwdx vmstat iostat mpstat free uptime w who last lastb users lsns lslocks lsipc':
    reads,
  'id whoami groups getent logname tty uname arch nproc lscpu lsmem lspci lsusb lsmod modinfo getconf locale':
    reads,
  'htop iotop slabtop numastat tload ipcs finger ac btop pmstat lsfd lastcomm rwho rup systemd-detect-virt procinfo irqtop smem ps_mem pcstat':
    reads,
  pidstat: readsExcept({ destructive: '-e=' }),
  dstat: readsExcept({ writes: '--output=' }),
  nmon: readsExcept({ mutating: '-f -F= -s= -X -x' }),
  hwinfo: readsExcept({ writes: '--log=' }),
  atop: readsExcept({ writes: '-w=' }),
  sensors: readsWith('-f -A -j -u --no-adapter'),
  lastlog: readsWith('-u= -t= -b= --user= --time= --before='),
  prlimit: readsWith(
    {
      harmless: '-p= --pid= -o= --output= --raw --noheadings',
      mutating: '--nofile? --nproc? --core? --memlock? --stack? --as? --fsize? --nice? --rtprio? -n?',
    },
    { atMost: 0, otherwise: 'destructive' },
  ),
  top: readsWith('-b -n= -d= -p= -u= -U= -o= -c -H -i -w? -e= -E= -S -s -1 -l= -w= -O -v -h'),
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
  'shutdown reboot halt poweroff telinit init kexec': destroys,
  modprobe: mutatesExcept({
    reading: '-n --dry-run -c --showconfig -D --show-depends',
    destructive: '-r --remove -f --force',
  }),
  'rmmod insmod': destroys,
  depmod: mutatesWith({ reading: '-n --dry-run', harmless: '-a -A' }),
  screen: destroysUnless({ reading: '-ls -list' }),
  tmux: verbs({
    chains: 'semicolons',
    flags: { harmless: '-t= -L= -S= -F= -a -p' },
    reads:
      'ls, list-*, has-session, has, capture-pane, display-message, display, show-*, show, info, lsp, lsw, lscm',
    mutates: 'rename-*, select-*, set-option, set, resize-*',
    destroys: `new, new-session, kill-*, send-keys, send, attach, a, run-shell, run, pipe-pane, source-file,
        respawn-*, new-window, split-window, if-shell`,
  }),
  'ausearch aureport aulast seinfo sesearch': reads,
  auditctl: destroysUnless({
    reading: '-l -s',
    bounding: '-w= -a=',
    harmless: '-k= -p= -F= -S=',
    destructive: '-D -W= -d= -e=',
  }),
  'getenforce sestatus aa-status apparmor_status getsebool selinuxenabled matchpathcon': reads,
  setsebool: mutates,
  setenforce: mutates,
  semanage: verbs({
    flags: { reading: '-l --list -E --extract', destructive: '-d --delete -D --deleteall -i --import' },
    mutates: 'port, fcontext, boolean, permissive, login, user, module',
    only: Object.fromEntries(
      'port fcontext boolean permissive login user module interface node'
        .split(' ')
        .map((object) => [object, semanageObject]),
    ),
  }),
  'aa-complain aa-enforce': mutates,
  'aa-disable aa-teardown': destroys,
  wall: mutates,
  write: mutates,
  'lsirq inxi lshw cpuid virt-what': reads,
  'stress stress-ng': mutates,
  'ldconfig update-ca-certificates update-grub locale-gen': mutatesWith({
    reading: '-p --print-cache',
    harmless: '-v',
  }),
  'update-alternatives alternatives': destroysUnless({
    reading: '--display= --list= --query= --get-selections',
    bounding: '--config= --set= --auto= --install=',
  }),
  'localedef grub-install grub2-mkconfig update-initramfs dracut': destroys,
  'lsb_release nstat rtacct': reads,
  'clear reset tput stty cowsay': reads,
};
