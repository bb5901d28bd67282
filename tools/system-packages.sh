# Sourced by bin/test and bin/look: programs of the system that checks need and npm does not bring.

# need_program PROGRAM PACKAGE [OTHER PACKAGE]: installs it when this is root on Debian, else says what is missing and goes on.
need_program() {
  command -v "$1" >/dev/null 2>&1 && return 0
  local program="$1" package
  shift
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    say "installing $1 with apt-get …"
    mkdir -p "$work"
    [ -n "${package_lists_fresh:-}" ] || { with_progress 'reading package lists' "$work/apt.log" apt-get update -q; package_lists_fresh=yes; }
    for package in "$@"; do
      DEBIAN_FRONTEND=noninteractive with_progress "installing $package" "$work/apt.log" \
        apt-get install -y -q --no-install-recommends "$package" && return 0
    done
    say "$1 could not be installed (apt-get's last lines are above): the checks that need $program are skipped."
  else
    say "$program is missing: the checks that need it are skipped; install it with \"apt-get install $1\" as root."
  fi
}

# The checker of HTML: from npm, apart from the program's packages, by its own lockfile.
need_validator() {
  [ -e "$root/tests/validator/node_modules/vnu-jar/build/dist/vnu.jar" ] && return 0
  mkdir -p "$work"
  with_progress 'installing the checker of HTML' "$work/validator.log" npm ci --ignore-scripts --prefix "$root/tests/validator" ||
    say "the checker of HTML could not be installed (npm's last lines are above): the checks that need it are skipped."
}

# need_module MODULE PACKAGE: the same for a module of the system's own Python; another Python on PATH does not have it.
need_module() { /usr/bin/python3 -c "import $1" >/dev/null 2>&1 || need_program "/usr/bin/python3 with $1" "$2"; }
