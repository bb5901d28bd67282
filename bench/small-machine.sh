#!/usr/bin/env bash
# Runs a command as on a machine of one core and 1 GB, and says how long it took until it was ready and what it held at most:
#
#   bench/small-machine.sh USER COMMAND…        as root; until it prints "altavoz ready on", then it is ended
#
# A memory cgroup (v1 or v2) is the limit, page cache included; taskset is the core. Swap is whatever the machine has.
set -u
user="$1"; shift
limit=$((1024 * 1024 * 1024))
if [ -e /sys/fs/cgroup/memory/memory.limit_in_bytes ]; then
  group=/sys/fs/cgroup/memory/altavoz-bench limit_file=memory.limit_in_bytes peak_file=memory.max_usage_in_bytes
else
  group=/sys/fs/cgroup/altavoz-bench limit_file=memory.max peak_file=memory.peak
fi
mkdir "$group" || exit 1
echo "$limit" >"$group/$limit_file" || exit 1
log="$(mktemp)"
echo "load before: $(cut -d' ' -f1-3 /proc/loadavg)"
began=$(date +%s.%N)
(
  echo "$BASHPID" >"$group/cgroup.procs" || exit 1
  exec taskset -c 0 setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@"
) >"$log" 2>&1 &
child=$!
resting=0
while kill -0 "$child" 2>/dev/null && ! grep -q 'altavoz ready on' "$log"; do
  # What the processes themselves hold: the page cache is given back when it is wanted.
  held=$(awk '$1 == "total_rss" || $1 == "anon" { print $2; exit }' "$group/memory.stat")
  [ "${held:-0}" -gt "$resting" ] && resting=$held
  sleep 0.2
done
took=$(echo "$(date +%s.%N) - $began" | bc)
cat "$log"
grep -q 'altavoz ready on' "$log" && echo "ready after $took s"
echo "at most $((resting / 1000000)) MB held by processes, $(($(cat "$group/$peak_file") / 1000000)) MB with page cache, of $((limit / 1000000)) MB"
grep -h oom_kill "$group/memory.oom_control" "$group/memory.events" 2>/dev/null | grep -v disable
echo "load after: $(cut -d' ' -f1-3 /proc/loadavg)"
kill "$child" 2>/dev/null
wait "$child" 2>/dev/null
for _ in $(seq 50); do rmdir "$group" 2>/dev/null && break; sleep 0.2; done
rm -f "$log"
