#!/usr/bin/env bash
# The release binary on a data directory of its own, which goes when the tests are over.
set -uo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d)
# The database runs as an unprivileged user and has to get through.
chmod 755 "$data"
GANTRY_DATA_DIR=$data target/release/gantry serve --demo --port "$1" &
server=$!
trap 'kill -TERM "$server"; wait "$server"; rm -rf "$data"' INT TERM
wait "$server"
