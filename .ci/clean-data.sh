#!/usr/bin/env bash
# Removes the local data directory, unless a Gantry runs on it.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${GANTRY_DATA_DIR:-data}
[ -d "$data" ] || { echo "There is no data in $data."; exit 0; }
# Below a closed directory such as /root, the database's files are elsewhere and this is a link to them.
cluster=$(readlink -m "$data/postgres")
if [ -f "$cluster/postmaster.pid" ] && [ -d "/proc/$(head -n 1 "$cluster/postmaster.pid")" ]; then
  # `gantry db-url` leaves a database running that nobody of ours uses any more: those who do hold this lock.
  if ! flock --nonblock "$data/postgres.users" true; then
    echo "Gantry is running on $data; stop it first." >&2
    exit 1
  fi
  postmaster=$(head -n 1 "$cluster/postmaster.pid")
  kill -INT "$postmaster"
  for _ in $(seq 100); do [ -d "/proc/$postmaster" ] || break; sleep 0.1; done
fi
case $cluster in /var/lib/gantry/*/postgres) rm -rf "${cluster%/postgres}" ;; esac
rm -rf "$data"
echo "Removed $data; the next start begins with fresh demo workshops."
