/** Where records of attempts may be kept: places of the login's own that a restart of the host leaves alone. */
export const recordPlaces = `"\${HOME:-/nonexistent}/.recourse" "/var/tmp/recourse-$(id -u)"`;

/** Records are kept for so many days at least; older ones are swept with the next connection. */
export const recordDays = 7;

/**
 * Prints `TOKEN NAME PATH` for what safe execution needs; a `timeout` that does not know `-k` (old busybox) counts as
 * absent, and so does a place for records that somebody else may write to. Sweeps old records.
 */
export function probeScript(token: string): string {
  return `{
setsid=$(command -v setsid) || setsid=
timeout=$(command -v timeout) || timeout=
[ -z "$timeout" ] || "$timeout" -k 1 5 true >/dev/null 2>&1 || timeout=
records=
umask 077
for place in ${recordPlaces}; do
  mkdir "$place" 2>/dev/null
  [ -h "$place" ] && continue
  [ -d "$place" ] && [ -O "$place" ] && chmod 700 "$place" 2>/dev/null || continue
  { true >"$place/writable"; } 2>/dev/null || continue
  records=$place
  find "$place" -type f -mtime +${recordDays - 1} -exec rm -f {} + 2>/dev/null
  break
done
printf '%s %s\\n' '${token} setsid' "$setsid" '${token} timeout' "$timeout" '${token} records' "$records"
}
`;
}
