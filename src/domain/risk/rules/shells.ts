import { judgeAssigner } from '../programs/assigner.ts';
import { judgeFlock, judgeSu } from '../programs/run-as.ts';
import { judgeEval, judgeScript, judgeShell, judgeTrap, judgeWatch } from '../programs/shell.ts';
import { judgeSsh } from '../programs/ssh.ts';
import { judgeXargs } from '../programs/xargs.ts';
import { destroys, judgedBy, type RuleTable, reads, readsExcept, runs } from '../rule.ts';

/** Shells, their builtins, and programs that run other programs. */
export const shellRules: RuleTable = {
  'sh bash dash ash ksh zsh rbash': judgedBy(judgeShell),
  'source . alias enable': destroys,
  eval: judgedBy(judgeEval),
  trap: judgedBy(judgeTrap),
  ': cd pushd popd dirs shift wait jobs exit return break continue times type which whereis logout fg bg':
    reads,
  'export unset read mapfile readarray getopts printf local declare typeset readonly':
    judgedBy(judgeAssigner),
  'caller unalias umask disown': reads,
  history: readsExcept({ destructive: '-c -d= -w -a -r -n -s= -p=' }),
  'let hash bind complete': destroys,
  set: reads,
  // An array index in a name may hold a command, which `test -v` runs.
  'test [': readsExcept({}, { matching: /^(?!\w+\[)/, otherwise: 'destructive' }),
  shopt: readsExcept({ destructive: '-s= -u=' }),
  ulimit: readsExcept({}, { atMost: 0, otherwise: 'mutating' }),
  command: runs({ harmless: '-p', reading: '-v -V' }, { alone: 'read-only' }),
  'builtin exec': runs('-c -l -a=', { alone: 'read-only' }),

  'sudo doas': runs(
    {
      reading: '-l --list -v --validate -V --version',
      harmless: `-A -b -E -H -k -K -n -P -S -s? -u= -g= -h= -p= -C= -r= -t= -T= -U= --user= --group=
        --non-interactive --stdin --set-home --preserve-env? --login --prompt= --host= -i`,
    },
    { assignments: true },
  ),
  env: runs('-i -0 -v -u= -C= --ignore-environment --unset= --null --chdir= --debug', {
    assignments: true,
    alone: 'read-only',
  }),
  nice: runs('-n= -# --adjustment=', { alone: 'read-only' }),
  ionice: runs(
    { harmless: '-c= -n= -t --class= --classdata= --ignore', mutating: '-p= --pid=' },
    { alone: 'read-only' },
  ),
  timeout: runs('-k= -s= -v -f --kill-after= --signal= --verbose --preserve-status --foreground', {
    skip: 1,
  }),
  'nohup setsid': runs('-c -f -w --ctty --fork --wait'),
  time: runs(
    { harmless: '-p -v -a -q --portability --verbose --quiet -f= --format=', writes: '-o= --output=' },
    { alone: 'read-only' },
  ),
  stdbuf: runs('-i= -o= -e= --input= --output= --error='),
  taskset: runs('-c -a --cpu-list --all-tasks', { skip: 1 }),
  chrt: runs('-b -f -i -o -r -d -R -a', { skip: 1 }),
  chroot: runs('--userspec= --groups= --skip-chdir', { skip: 1 }),
  nsenter: runs(
    `-t= --target= -a --all -m? --mount? -u? --uts? -i? --ipc? -n? --net? -p? --pid? -C? --cgroup? -U? --user?
      -r? --root? -w? --wd? -F --no-fork`,
  ),
  'unshare setpriv catchsegv unbuffer chronic faketime': runs(
    `-m -u -i -n -p -U -C -T -f -r --mount --uts --ipc --net --pid --user --fork --map-root-user --mount-proc?
      --reuid= --regid= --clear-groups --no-new-privs`,
  ),
  'cpulimit trickle': runs('-l= -p= -d= -u= -s -z'),
  'dbus-run-session linux32 linux64 setarch': runs('-R -v'),
  numactl: runs(
    {
      reading: '-H --hardware -s --show',
      harmless: `-N= --cpunodebind= -m= --membind= -i= --interleave= -C= --physcpubind= -l --localalloc -p=
          --preferred=`,
    },
    { alone: 'read-only' },
  ),
  busybox: runs({ reading: '--list --help' }, { alone: 'read-only' }),
  'systemd-run': runs(
    {
      reading: '--version',
      harmless: `--scope --user --system -q --quiet -t --pty -P --pipe -G --collect --wait -p= --property=
        --unit= -u= --uid= --gid= --slice= --nice= -d -S -r --remain-after-exit --description=`,
      executes: '-p=Exec* --property=Exec*',
      destructive: `--on-active= --on-calendar= --on-boot= --on-unit-active= --timer-property= -H= -M= -E= --setenv= -S
          --shell`,
    },
    { alone: 'destructive' },
  ),
  'systemd-inhibit': runs(
    { reading: '--list', harmless: '--what= --who= --why= --mode=' },
    { alone: 'read-only' },
  ),
  'systemd-cat': runs('-t= -p= --identifier= --priority='),
  script: judgedBy(judgeScript),
  xargs: judgedBy(judgeXargs),
  'ssh autossh': judgedBy(judgeSsh),
  watch: judgedBy(judgeWatch),
  'su runuser': judgedBy(judgeSu),
  flock: judgedBy(judgeFlock),
};
