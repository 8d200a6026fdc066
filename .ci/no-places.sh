#!/usr/bin/env bash
# Fails when a file that is given away names a place on the machine that built it.
# usage: .ci/no-places.sh <file> ...
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
for artefact in "$@"; do
  for place in "${CARGO_HOME:-$HOME/.cargo}/" "$PWD/" "$HOME/.rustup/"; do
    if grep -aqF "$place" "$artefact"; then
      printf '%s holds paths of this machine: %s\n' "$artefact" "$(grep -aoE "$place[A-Za-z0-9._/-]+" "$artefact" | sort -u | head -n 3 | tr '\n' ' ')" >&2
      failed=1
    fi
  done
done
exit "$failed"
