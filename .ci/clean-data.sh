#!/usr/bin/env bash
# Removes the local data directory, unless its database is running.
set -euo pipefail
cd "$(dirname "$0")/.."
data=${GANTRY_DATA_DIR:-data}
[ -d "$data" ] || { echo "There is no data in $data."; exit 0; }
while IFS= read -r file; do
  if [ -d "/proc/$(head -n 1 "$file")" ]; then
    echo "Gantry is running on $data; stop it first." >&2
    exit 1
  fi
done < <(find "$data" -maxdepth 3 -name postmaster.pid)
rm -rf "$data"
echo "Removed $data; the next start begins with fresh demo workshops."
