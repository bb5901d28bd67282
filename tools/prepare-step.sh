#!/usr/bin/env bash
# One step of preparing, as a check of its own in bin/test: prepare-step.sh build
set -u
caller="$PWD"
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)"
. "$root/tools/prepare.sh"

case "${1:-}" in
  build) prepare && say 'the build is newer than every source' ;;
  *) refuse 'prepare-step.sh knows one step: build.' ;;
esac
