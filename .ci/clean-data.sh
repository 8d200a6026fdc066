#!/usr/bin/env bash
# Removes the local data directory, unless its database is running.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${GANTRY_DATA_DIR:-data}
[ -d "$data" ] || { echo "There is no data in $data."; exit 0; }
# Below a closed directory such as /root, the database's files are elsewhere and this is a link to them.
cluster=$(readlink -m "$data/postgres")
if [ -f "$cluster/postmaster.pid" ] && [ -d "/proc/$(head -n 1 "$cluster/postmaster.pid")" ]; then
  echo "Gantry is running on $data; stop it first." >&2
  exit 1
fi
case $cluster in /var/lib/gantry/*/postgres) rm -rf "${cluster%/postgres}" ;; esac
rm -rf "$data"
echo "Removed $data; the next start begins with fresh demo workshops."
