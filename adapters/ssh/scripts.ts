import { quoteWord } from '#domain/runbook/quote-word.ts';

/**
 * What every exec request carries. Dash, bash, zsh, busybox, fish and csh all read this line alike, so the login
 * shell never sees a command: `/bin/sh` gets the script on standard input. That keeps environment values out of
 * the process list too. Each script is one `{ … }`, which the shell reads to its end before it runs any of it: one
 * cut short by a broken connection is a syntax error and does nothing.
 */
export const bootstrap = 'exec /bin/sh';

/** Where the host keeps the two programs; undefined where it lacks them. */
export interface HostPrograms {
  readonly setsid: string | undefined;
  readonly timeout: string | undefined;
}

/** Prints `TOKEN NAME PATH` for each program; a `timeout` that does not know `-k` (old busybox) counts as absent. */
export function probeScript(token: string): string {
  return `{
setsid=$(command -v setsid) || setsid=
timeout=$(command -v timeout) || timeout=
[ -z "$timeout" ] || "$timeout" -k 1 5 true >/dev/null 2>&1 || timeout=
printf '%s %s\\n' '${token} setsid' "$setsid" '${token} timeout' "$timeout"
}
`;
}

export interface StartOptions {
  readonly token: string;
  readonly command: string;
  /** Names must be checked before: they are not quoted. */
  readonly environment: Readonly<Record<string, string>>;
  /** When the host itself ends the command, should Recourse be gone by then. */
  readonly remoteLimitSeconds: number;
  readonly programs: HostPrograms;
}

/**
 * Runs the command as leader of its own process group, whose id it prints first as `TOKEN GROUP` on both streams.
 * Nothing here forks, so that the exit status and signal are the command's own: sshd makes the login shell a
 * session leader (then `kill -s 0` finds the group), and where a server does not, `setsid` does not fork either.
 */
export function startScript(options: StartOptions): string {
  const { setsid, timeout } = options.programs;
  const exports = Object.entries(options.environment).map(
    ([name, value]) => `${name}=${quoteWord(value)}; export ${name}`,
  );
  return [
    '{',
    `set -- /bin/sh -c -- ${quoteWord(options.command)}`,
    timeout === undefined ? ':' : `set -- ${quoteWord(timeout)} -k 2 ${options.remoteLimitSeconds} "$@"`,
    setsid === undefined ? ':' : `kill -s 0 -- "-$$" 2>/dev/null || set -- ${quoteWord(setsid)} "$@"`,
    `printf '%s %s\\n' ${options.token} "$$"`,
    `printf '%s %s\\n' ${options.token} "$$" >&2`,
    ...exports,
    'exec "$@" </dev/null',
    '}\n',
  ].join('\n');
}

/**
 * Ends a process group: TERM, then after 2 s KILL, and within 2 s more prints `TOKEN gone` or `TOKEN alive`.
 * Zombies count as gone: some containers never reap them. `kill -s 0` alone would take a group of another user
 * (sudo) for gone, so where `ps` works its word counts. No here-document: bash needs room on the disk for one.
 */
export function killScript(token: string, group: number): string {
  return `{
alive() {
  rows=$(ps -A -o pgid= -o stat= 2>/dev/null) && [ -n "$rows" ] || {
    LC_ALL=C kill -s 0 -- -${group} 2>&1 | grep -qi 'no such process' && return 1
    return 0
  }
  pgid=
  for word in $rows; do
    case $pgid:$word in
      :*) pgid=$word; continue ;;
      ${group}:Z*) ;;
      ${group}:*) return 0 ;;
    esac
    pgid=
  done
  return 1
}
wait_gone() {
  tries=0
  while alive; do
    [ "$tries" -lt "$most" ] || return 1
    tries=$((tries + 1))
    sleep "$pause"
  done
}
if sleep 0.1 2>/dev/null; then pause=0.1 most=20; else pause=1 most=2; fi
kill -s TERM -- -${group} 2>/dev/null
wait_gone || { kill -s KILL -- -${group} 2>/dev/null; wait_gone; }
if alive; then echo '${token} alive'; else echo '${token} gone'; fi
}
`;
}
