import { quoteWord } from '#domain/runbook/quote-word.ts';

/**
 * What every exec request carries. Dash, bash, zsh, busybox, fish and csh all read this line alike, so the login
 * shell never sees a command: `/bin/sh` gets the script on standard input. That keeps environment values out of
 * the process list too. Each script is one `{ … }`, which the shell reads to its end before it runs any of it: one
 * cut short by a broken connection is a syntax error and does nothing.
 */
export const bootstrap = 'exec /bin/sh';

/** Where the host keeps what safe execution needs; undefined where it has none. */
export interface HostPlaces {
  readonly setsid: string | undefined;
  readonly timeout: string | undefined;
  /** The private directory for the records of attempts. */
  readonly records: string | undefined;
}

export interface StartOptions {
  readonly token: string;
  readonly command: string;
  /** Names must be checked before: they are not quoted. */
  readonly environment: Readonly<Record<string, string>>;
  /** When the host itself ends the command, should Recourse be gone by then. */
  readonly remoteLimitSeconds: number;
  readonly places: HostPlaces;
  /** The file that this attempt claims before it begins; without one nothing is recorded. */
  readonly record: string | undefined;
  /** Where the command finds the rest of what the shell gets on its standard input; undefined when there is none. */
  readonly descriptor?: number | undefined;
}

/** What the start script says instead of a group, when it ran nothing. */
export const notStarted = { taken: 'taken', unrecorded: 'unrecorded' } as const;

/**
 * Runs the command as leader of its own process group, whose id it prints first as `TOKEN GROUP` on both streams.
 * The script itself never forks, so that the exit status and signal are the command's own: sshd makes the login
 * shell a session leader (then `kill -s 0` finds the group), and where a server does not, `setsid` does not fork either.
 */
export function startScript(options: StartOptions): string {
  const { token, command, places, record } = options;
  const { setsid, timeout } = places;
  const exports = Object.entries(options.environment).map(
    ([name, value]) => `${name}=${quoteWord(value)}; export ${name}`,
  );
  return [
    '{',
    ...(record === undefined ? [] : [claimRecord(token, record)]),
    record === undefined
      ? `set -- /bin/sh -c -- ${quoteWord(command)}`
      : `set -- /bin/sh -c -- ${quoteWord(recordExit)} ${quoteWord(record)} ${quoteWord(command)}`,
    timeout === undefined ? ':' : `set -- ${quoteWord(timeout)} -k 2 ${options.remoteLimitSeconds} "$@"`,
    setsid === undefined ? ':' : `kill -s 0 -- "-$$" 2>/dev/null || set -- ${quoteWord(setsid)} "$@"`,
    `printf '%s %s\\n' ${token} "$$"`,
    `printf '%s %s\\n' ${token} "$$" >&2`,
    ...exports,
    `exec "$@"${redirections(options.descriptor)}`,
    '}\n',
  ].join('\n');
}

/**
 * A shell may read further than its script reaches, so what is behind is sent only after the script has said that it runs.
 */
function redirections(descriptor: number | undefined): string {
  if (descriptor === 0) return '';
  return descriptor === undefined ? ' </dev/null' : ` ${descriptor}<&0 </dev/null`;
}

/**
 * A record is a set of empty files whose names say everything: they need no block on a full disk, and none is ever
 * half written; the directory is private already. `RECORD` itself is made with O_EXCL (`set -C`), so that one attempt begins at most once on the host,
 * whoever sends it; `RECORD.run.GROUP.START` tells the group, and when its leader began (clock ticks since boot, 0
 * where there is no /proc): a group id comes back after a while, with another start.
 */
function claimRecord(token: string, record: string): string {
  const file = quoteWord(record);
  const stop = (word: string): string => `{ printf '%s %s\\n' ${token} ${word}; exit 125; }`;
  return `start=0
{ read -r stat <"/proc/$$/stat"; } 2>/dev/null && { set -- \${stat##*) }; start=\${20:-0}; }
set -C
{ true >${file}; } 2>/dev/null || { [ -e ${file} ] && ${stop(notStarted.taken)}; ${stop(notStarted.unrecorded)}; }
{ true >${file}".run.$$.$start"; } 2>/dev/null || { rm -f ${file}; ${stop(notStarted.unrecorded)}; }
set +C`;
}

/**
 * Runs the command ($1) for the record ($0) and notes its exit as `RECORD.exit.CODE`. A polite end waits until the
 * command has ended, so that it is noted too. Death by a signal is passed on as one, which `$?` tells as 128 + n.
 */
const recordExit = `trap : TERM
/bin/sh -c -- "$1"
code=$?
{ true >"$0.exit.$code"; } 2>/dev/null
[ "$code" -gt 128 ] || exit "$code"
name=$(kill -l $((code - 128)) 2>/dev/null)
case $name in
  HUP|INT|QUIT|ILL|TRAP|ABRT|BUS|FPE|KILL|USR1|SEGV|USR2|PIPE|ALRM|TERM|XCPU|XFSZ|SYS)
    trap - TERM; ulimit -c 0; kill -s "$name" $$ ;;
esac
exit "$code"`;
