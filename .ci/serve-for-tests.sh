#!/usr/bin/env bash
# The program ($PROGRAM) at two addresses of one database, with the given mail server, behind a proxy that both believe, on a data directory of
# its own, which goes when the tests are over.
set -uo pipefail
cd "$(dirname "$0")/.."
program=${PROGRAM:?which program, from here}
data=$(mktemp -d)
# The database runs as an unprivileged user and has to get through.
chmod 755 "$data"
export GANTRY_DATA_DIR=$data SMTP_URL=$3 GANTRY_TRUSTED_PROXIES=127.0.0.1
# One of our own people, whose account a command makes; the journeys know the password.
"$program" migrate
echo "lights over the long bay" | "$program" platform-admin create --email petra@gantry.example --name Petra --password-stdin
GANTRY_ADDR=$1 "$program" serve --demo &
first=$!
GANTRY_ADDR=$2 "$program" serve &
second=$!
trap 'kill -TERM "$second" "$first"; wait "$second" "$first"; rm -rf "$data"' INT TERM
wait "$first"
