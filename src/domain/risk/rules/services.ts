import {
  destroysUnless,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsWith,
  verbs,
} from '../rule.ts';

/** Units that end the work of a host when they are started. */
const lastUnits = `poweroff reboot halt emergency rescue shutdown kexec soft-reboot suspend hibernate hybrid-sleep sleep exit final
  umount runlevel[016] ctrl-alt-del systemd-poweroff systemd-reboot systemd-halt systemd-kexec systemd-suspend systemd-hibernate`;
const staysUp = new RegExp(`^(?!(?:${lastUnits.split(/\s+/).join('|')})(?:\\.|$))`);

/** Service managers, logs, and the daemons that they manage. */
export const serviceRules: RuleTable = {
  systemctl: verbs({
    flags: {
      harmless: `-a --all -l --full --no-pager -n= --lines= -o= --output= -p= --property= -t= --type= --state=
        --user --system -q --quiet --failed --no-legend --value --plain --reverse --after --before -r
        --recursive --no-block --wait --show-types --no-ask-password --with-dependencies -T --timestamp=
        --legend=`,
      destructive: '-f --force --root= --image= -H= --host= -M= --machine=',
    },
    reads: `status, show, cat, is-active, is-enabled, is-failed, is-system-running, list-units, list-unit-files,
      list-timers, list-sockets, list-jobs, list-dependencies, list-machines, list-paths, list-automounts, help,
      show-environment, get-default`,
    mutates: `restart, try-restart, reload, reload-or-restart, try-reload-or-restart, enable, reenable, unmask,
      reset-failed, daemon-reload, daemon-reexec, set-property, set-default, thaw, add-wants`,
    destroys: `stop, kill, mask, isolate, poweroff, reboot, halt, suspend, hibernate, rescue, emergency,
      kexec, revert, clean, freeze, edit, link, preset, preset-all, cancel, exit, switch-root,
      set-environment, import-environment`,
    only: {
      disable: mutatesExcept({ destructive: '--now' }),
      start: {
        ...mutatesExcept({ harmless: '-t= --type=' }),
        operands: { matching: staysUp, otherwise: 'destructive' },
      },
      // These signals ask a service to do something; the default one ends it.
      kill: destroysUnless({
        bounding: exactly(
          '-s --signal',
          'HUP SIGHUP USR1 SIGUSR1 USR2 SIGUSR2 CHLD SIGCHLD CONT SIGCONT WINCH',
        ),
        harmless: '--kill-who= --kill-whom= --no-pager --user',
      }),
    },
    alone: 'read-only',
  }),
  'service rc-service invoke-rc.d': verbs({
    flags: { harmless: '--status-all' },
    skip: 1,
    reads: 'status, configtest, describe',
    mutates: 'start, restart, reload, force-reload, try-restart, condrestart, graceful',
    destroys: 'stop, kill',
    alone: 'read-only',
  }),
  journalctl: readsWith({
    harmless: `-a -b? -# -c= -D= -e -f -g= -k -l -m -M= -n= -N -o= -p= -q -r -S= -t= -T= -u= -U= -x -F= --all
      --boot? --catalog --case-sensitive? --dmesg --facility= --field= --fields --file= --directory= --follow
      --full --grep= --header --identifier= --lines? --list-boots --merge --no-full --no-hostname --no-pager
      --no-tail --output= --output-fields= --pager-end --priority= --quiet --reverse --since= --system --unit=
      --until= --user --user-unit= --utc --version --disk-usage --verify --truncate-newline --show-cursor
      --cursor= --after-cursor= --invocation= --exclude-identifier=`,
    mutating: '--rotate --flush --sync --relinquish-var --update-catalog --smart-relinquish-var',
    destructive: '--vacuum-size= --vacuum-time= --vacuum-files= --cursor-file= --setup-keys',
  }),
  loginctl: verbs({
    flags: { harmless: '--no-pager -a --all -p= --property= -l' },
    reads: 'list-*, show-*, session-status, user-status, seat-status',
    mutates: 'enable-linger, disable-linger, lock-*, unlock-*',
    destroys: 'terminate-*, kill-*',
    alone: 'read-only',
  }),
  coredumpctl: verbs({
    flags: { harmless: '--no-pager -r -n= -1 -S= -U=' },
    reads: 'list, info',
    destroys: 'dump, debug, gdb',
    alone: 'read-only',
  }),
  'systemd-analyze': verbs({
    flags: { harmless: '--no-pager --user --system' },
    reads: `time, blame, critical-chain, verify, plot, dot, log-level $, cat-config, condition, syscall-filter,
        exit-status, fdstore, unit-files, capability, service-watchdogs $, verify *, security, dump,
        unit-paths, calendar, timespan, timestamp`,
    alone: 'read-only',
  }),
  'systemd-cgtop systemd-cgls systemd-path systemd-delta systemd-escape systemd-id128': reads,
  'systemd-tmpfiles': mutatesWith({
    reading: '--cat-config',
    harmless: '--create',
    destructive: '--clean --remove',
  }),
  'supervisorctl circusctl': verbs({
    flags: { harmless: '-c= -s= -u= -p=' },
    reads: 'status, tail *, avail, pid *, version',
    mutates: 'start *, restart *, reread, signal HUP *, signal USR1 *, signal USR2 *, clear *',
    destroys: 'stop *, remove *, shutdown, update, reload',
  }),
  pm2: verbs({
    flags: {},
    reads: 'list, ls, status, logs, describe *, show *, jlist, prettylist, monit',
    mutates: 'restart *, reload *, start *, save, reset *, scale *',
    destroys: 'stop *, delete *, kill, flush',
  }),

  localectl: verbs({
    flags: { harmless: '--no-pager' },
    reads: 'status, list-*',
    mutates: 'set-*',
    alone: 'read-only',
  }),
  busctl: verbs({
    flags: {
      harmless: '--no-pager --user --system --list -j --json= --match= --unique --acquired --activatable',
    },
    reads: 'list, status, tree, introspect, monitor, capture, get-property',
    mutates: 'set-property',
    destroys: 'call, emit',
    alone: 'read-only',
  }),
  machinectl: verbs({
    flags: { harmless: '--no-pager -l -a' },
    reads: 'list, status, show, list-images, image-status, show-image',
    mutates: 'start, enable',
    destroys: 'poweroff, reboot, terminate, kill, shell, login, remove, stop',
    alone: 'read-only',
  }),
  'chkconfig update-rc.d rc-update': verbs({
    flags: { reading: '--list', mutating: '--add', destructive: '--del' },
    reads: 'show',
    destroys: 'del, delete, remove',
    mutates: '* on, * enable, * defaults, add',
  }),
  'rc-status runlevel': reads,
  initctl: verbs({
    flags: {},
    reads: 'list, status, version',
    mutates: 'start, restart, reload',
    destroys: 'stop, emit',
  }),
  sv: verbs({
    flags: { harmless: '-v -w=' },
    reads: 'status',
    mutates: 'restart, start, up, reload, hup',
    destroys: 'stop, down, exit, force-stop, kill, term, once',
  }),
  launchctl: verbs({
    flags: {},
    reads: 'list, print, blame, dumpstate',
    mutates: 'kickstart, load, start, enable',
    destroys: 'unload, stop, bootout, disable, remove, kill',
  }),
};

/** `-s=HUP --signal=HUP …`: tokens for every flag with every value. */
function exactly(flags: string, values: string): string {
  const tokens = flags.split(' ').flatMap((flag) => values.split(' ').map((value) => `${flag}=${value}`));
  return tokens.join(' ');
}
