import {
  destroysUnless,
  mutates,
  mutatesExcept,
  mutatesWith,
  type RuleTable,
  reads,
  readsExcept,
  readsWith,
  verbs,
} from '../rule.ts';

/** Service managers, logs, and the daemons that they manage. */
export const serviceRules: RuleTable = {
  systemctl: verbs({
    flags: {
      harmless: `-a --all -l --full --no-pager -n= --lines= -o= --output= -p= --property= -t= --type= --state= --user
        --system -q --quiet --failed --no-legend --value --plain --reverse --after --before -r --recursive
        --no-block --wait --show-types --no-ask-password --with-dependencies -T --timestamp= --legend=`,
      destructive: '-f --force --root= --image= -H= --host= -M= --machine=',
    },
    reads: `status, show, cat, is-active, is-enabled, is-failed, is-system-running, list-units, list-unit-files,
      list-timers, list-sockets, list-jobs, list-dependencies, list-machines, list-paths, list-automounts, help,
      show-environment, get-default`,
    mutates: `start, restart, try-restart, reload, reload-or-restart, try-reload-or-restart, enable, reenable, unmask,
      reset-failed, daemon-reload, daemon-reexec, set-property, set-default, thaw, add-wants`,
    destroys: `stop, kill, mask, isolate, poweroff, reboot, halt, suspend, hibernate, rescue, emergency, kexec, revert,
      clean, freeze, edit, link, preset, preset-all, cancel, exit, switch-root, set-environment, import-environment`,
    only: {
      disable: mutatesExcept({ destructive: '--now' }),
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
    harmless: `-a -b? -# -c= -D= -e -f -g= -k -l -m -M= -n= -N -o= -p= -q -r -S= -t= -T= -u= -U= -x -F= --all --boot? --catalog
      --case-sensitive? --dmesg --facility= --field= --fields --file= --directory= --follow --full --grep= --header
      --identifier= --lines? --list-boots --merge --no-full --no-hostname --no-pager --no-tail --output= --output-fields=
      --pager-end --priority= --quiet --reverse --since= --system --unit= --until= --user --user-unit= --utc --version
      --disk-usage --verify --truncate-newline --show-cursor --cursor= --after-cursor= --invocation= --exclude-identifier=`,
    mutating: '--rotate --flush --sync --relinquish-var --update-catalog',
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
    alone: 'read-only',
  }),
  'systemd-analyze': verbs({
    flags: { harmless: '--no-pager --user --system' },
    reads: 'time, blame, critical-chain, verify *, security, dump, unit-paths, calendar, timespan, timestamp',
    alone: 'read-only',
  }),
  'systemd-cgtop systemd-cgls systemd-detect-virt systemd-path': reads,
  'systemd-tmpfiles': mutatesWith({
    reading: '--cat-config',
    harmless: '--create',
    destructive: '--clean --remove',
  }),
  'supervisorctl circusctl': verbs({
    flags: { harmless: '-c= -s= -u= -p=' },
    reads: 'status, tail *, avail, pid *, version',
    mutates: 'start *, restart *, reread, signal *, clear *',
    destroys: 'stop *, remove *, shutdown, update, reload',
  }),
  pm2: verbs({
    flags: {},
    reads: 'list, ls, status, logs, describe *, show *, jlist, prettylist, monit',
    mutates: 'restart *, reload *, start *, save, reset *, scale *',
    destroys: 'stop *, delete *, kill, flush',
  }),

  nginx: destroysUnless({
    reading: '-t -T -v -V -h',
    harmless: '-q -c= -p= -e=',
    bounding: '-s=reload -s=reopen',
    destructive: '-s=stop -s=quit -g=',
  }),
  'apachectl apache2ctl httpd apache2': verbs({
    flags: { reading: '-t -S -M -v -V -l -L', harmless: '-D= -f=', destructive: '-k= -c= -C= -d=' },
    reads: 'configtest, status, fullstatus',
    mutates: 'graceful, restart, start',
    destroys: 'stop, graceful-stop',
    alone: 'destructive',
  }),
  haproxy: destroysUnless({ reading: '-c -v -vv', harmless: '-f= -V -q' }),
  'named-checkconf named-checkzone': readsExcept({ writes: '-o=', destructive: '-J -T=' }),
  visudo: destroysUnless({ reading: '-c --check', harmless: '-q -s -f=' }),
  rndc: verbs({
    flags: { harmless: '-s= -p= -k= -c=' },
    reads: 'status, recursing',
    mutates: 'reload, reconfig, flush',
  }),
  'unbound-control': verbs({
    flags: { harmless: '-c= -s= -q' },
    reads: 'status, stats, stats_noreset, lookup *, list_*, dump_infra, get_option *',
    mutates: 'reload, flush *, flush_zone *, flush_infra *',
    destroys: 'stop',
  }),
  sshd: destroysUnless({ reading: '-t -T -V', harmless: '-f= -C= -q' }),
  'varnishstat varnishtop varnishlog': readsExcept({ writes: '-w= -P=', destructive: '-D' }),
  varnishadm: verbs({
    flags: { harmless: '-n= -S= -T= -t=' },
    reads: 'status, backend.list, ban.list, ping, panic.show',
    mutates: 'ban *',
  }),
  'php-fpm php-fpm8.2 php-fpm8.3': destroysUnless({ reading: '-t -tt -v -m -i', harmless: '-c= -y=' }),
  mailq: reads,
  postqueue: mutatesWith({ reading: '-p -j', harmless: '-f -i= -s= -c= -v' }),
  postcat: reads,
  postsuper: mutatesWith({ harmless: '-r= -R= -H= -h=', destructive: '-d=' }),
  postfix: verbs({
    flags: { harmless: '-c= -v' },
    reads: 'check, status',
    mutates: 'reload, flush, start',
    destroys: 'stop, abort',
  }),
  postconf: readsExcept({ mutating: '-e -X -# -M -F' }),
  logger: mutates,
};

/** `-s=HUP --signal=HUP …`: tokens for every flag with every value. */
function exactly(flags: string, values: string): string {
  const tokens = flags.split(' ').flatMap((flag) => values.split(' ').map((value) => `${flag}=${value}`));
  return tokens.join(' ');
}
