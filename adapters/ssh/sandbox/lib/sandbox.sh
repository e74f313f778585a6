# Shared by the sandbox's programs; sourced, never run. Everything is kept under $RECOURSE_SANDBOX_STATE:
#   var/log/      the log volume: its usage is the sum of the real sizes of its files
#   run/limit     size of that volume in KiB
#   run/nginx     "STATE SINCE": active, failed or inactive, and the seconds since 1970 when that began
# POSIX sh, and only tools that Linux, macOS and BSD have alike.

root=${RECOURSE_SANDBOX_STATE:?is not set: this program works only inside the sandbox host}
logs=$root/var/log
journal=$logs/journal/demo-web-01

limit_kb() { cat "$root/run/limit"; }

# Sum of the sizes in KiB of the files below $1, as `ls` shows them. `wc` prints a total per batch: left out.
used_kb() {
  find "$1" -type f -exec wc -c {} + | awk '$2 != "total" { n += $1 } END { printf "%d\n", (n + 1023) / 1024 }'
}

# nginx needs room for its logs and buffers.
volume_full() { [ $(($(limit_kb) - $(used_kb "$logs"))) -lt 1024 ]; }

nginx_state() { read -r state since <"$root/run/nginx" && printf '%s\n' "$state"; }
nginx_since() { read -r state since <"$root/run/nginx" && printf '%s\n' "$since"; }
set_nginx() { printf '%s %s\n' "$1" "$(date +%s)" >"$root/run/nginx"; }

# Adds a line to the journal, as PROGRAM[PID].
log_line() {
  printf '%s demo-web-01 %s: %s\n' "$(LC_ALL=C date '+%b %d %H:%M:%S')" "$1" "$2" >>"$journal/system.journal"
}

# The machine's own program of this name: PATH without the sandbox's folder, which comes first.
run_real() {
  PATH=${PATH#*:}
  exec "$@"
}
