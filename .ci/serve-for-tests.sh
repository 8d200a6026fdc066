#!/usr/bin/env bash
# The release binary at the given address, with the given mail server, on a data directory of its own, which goes when the tests are over.
set -uo pipefail
cd "$(dirname "$0")/.."
data=$(mktemp -d)
# The database runs as an unprivileged user and has to get through.
chmod 755 "$data"
GANTRY_ADDR=$1 SMTP_URL=$2 GANTRY_DATA_DIR=$data target/release/gantry serve --demo &
server=$!
trap 'kill -TERM "$server"; wait "$server"; rm -rf "$data"' INT TERM
wait "$server"
