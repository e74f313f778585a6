import { groupAlive } from './group-alive.ts';

/**
 * Ends a process group: TERM, then after 1 s KILL, and after 2 s more prints `TOKEN gone` or `TOKEN alive`. Whoever
 * became somebody else by sudo cannot be killed by the login itself: for those who are left, `sudo -n` is asked. No
 * here-document: bash needs room on the disk for one.
 */
export function killScript(token: string, group: number): string {
  return `{
${groupAlive}
wait_gone() {
  tries=0
  while alive ${group}; do
    [ "$tries" -lt "$most" ] || return 1
    tries=$((tries + 1))
    sleep "$pause"
  done
}
if sleep 0.1 2>/dev/null; then pause=0.1 most=10; else pause=1 most=1; fi
kill -s TERM -- -${group} 2>/dev/null
wait_gone || { kill -s KILL -- -${group} 2>/dev/null; wait_gone; }
[ "$(id -u)" = 0 ] || ! alive ${group} || {
  sudo -n kill -s KILL -- -${group} >/dev/null 2>&1
  wait_gone
}
if alive ${group}; then echo '${token} alive'; else echo '${token} gone'; fi
}
`;
}
