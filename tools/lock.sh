# One install or build at a time in this checkout. Sourced by prepare.sh.
# The lock is a file that names its owner; `ln` makes it at once with its content, so nobody ever reads it half written.

lock="$work/lock"

# A process id alone may have been given to another process since: its birth tells them apart.
born() {
  if [ -r "/proc/$1/stat" ]; then
    local stat
    stat="$(cat "/proc/$1/stat" 2>/dev/null)" || return 1
    # shellcheck disable=SC2086
    set -- ${stat##*) }
    printf '%s %s\n' "${20}" "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null)"
  else
    ps -o lstart= -p "$1" 2>/dev/null
  fi
}

is_stale() {
  local pid birth
  { read -r pid && read -r birth; } <"$1" 2>/dev/null || return 1 # gone meanwhile: simply try again
  [ "$(born "$pid")" != "$birth" ]
}

take_lock() {
  local mine="$work/lock.$$" waited=0
  printf '%s\n%s\n' "$$" "$(born $$)" >"$mine" || refuse "the folder $work cannot be written: free some space or correct its owner."
  trap leave_lock EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  until ln "$mine" "$lock" 2>/dev/null; do
    # Clearing away a dead owner's lock is itself done by one at a time, else a second clearer would remove the new lock.
    if is_stale "$lock" && mkdir "$lock.clearing" 2>/dev/null; then
      is_stale "$lock" && rm -f "$lock"
      rmdir "$lock.clearing"
    elif [ -n "$(find "$lock.clearing" -prune -mmin +1 2>/dev/null)" ]; then
      rmdir "$lock.clearing" 2>/dev/null
    fi
    [ $((waited % 50)) = 0 ] && say 'another start is installing or building here; waiting for it …'
    waited=$((waited + 1))
    sleep 0.2
  done
  holds_lock=yes
}

leave_lock() {
  [ "${holds_lock:-}" = yes ] && rm -f "$lock"
  holds_lock=
  rm -f "$work/lock.$$"
  trap - EXIT INT TERM
}
