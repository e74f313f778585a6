import { groupAlive, waitGone } from './group-alive.ts';

/**
 * Ends a process group: TERM, then after 1 s KILL, and after 2 s more prints `TOKEN gone` or `TOKEN alive`. Whoever
 * became somebody else by sudo cannot be killed by the login itself: for those who are left, `sudo -n` is asked. No
 * here-document: bash needs room on the disk for one.
 */
export function killScript(token: string, group: number): string {
  return `{
${groupAlive}
${waitGone(group)}
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

/** Ends nobody: waits a second at most for those who are ending anyway, and prints `TOKEN gone` or `TOKEN alive`. */
export function lookScript(token: string, group: number): string {
  return `{
${groupAlive}
${waitGone(group)}
if wait_gone; then echo '${token} gone'; else echo '${token} alive'; fi
}
`;
}
