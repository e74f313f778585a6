/**
 * A shell function: `alive GROUP` is true while somebody of the process group lives. Zombies count as gone: some
 * containers never reap them. `kill -s 0` alone would take a group of another user (sudo) for gone, so where `ps`
 * works its word counts.
 */
export const groupAlive = `alive() {
  rows=$(ps -A -o pgid= -o stat= 2>/dev/null) && [ -n "$rows" ] || {
    LC_ALL=C kill -s 0 -- "-$1" 2>&1 | grep -qi 'no such process' && return 1
    return 0
  }
  pgid=
  for word in $rows; do
    case $pgid:$word in
      :*) pgid=$word; continue ;;
      $1:Z*) ;;
      $1:*) return 0 ;;
    esac
    pgid=
  done
  return 1
}`;

/** A shell function: `wait_gone` is true once nobody of the group lives, and false when somebody does after a second. */
export const waitGone = (
  group: number,
): string => `if sleep 0.1 2>/dev/null; then pause=0.1 most=10; else pause=1 most=1; fi
wait_gone() {
  tries=0
  while alive ${group}; do
    [ "$tries" -lt "$most" ] || return 1
    tries=$((tries + 1))
    sleep "$pause"
  done
}`;
