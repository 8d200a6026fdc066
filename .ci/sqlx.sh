#!/usr/bin/env bash
# Writes .sqlx/ anew: a migrated database describes every checked query while the compiler runs.
# The database is DATABASE_URL's, or one made for this run: the program itself may not compile without .sqlx/.
set -euo pipefail
cd "$(dirname "$0")/.."

mkdir -p target
fresh=$(mktemp -d "$PWD/target/sqlx.XXXXXX")
cluster=
# The database refuses to run as root.
as_database() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
clean() {
  rm -rf "$fresh"
  [ -z "$cluster" ] && return
  as_database "$bin/pg_ctl" --silent --mode=immediate -D "$cluster/data" stop || true
  rm -rf "$cluster"
}
trap clean EXIT

start_database() {
  bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr | head -n 1)
  cluster=$(mktemp -d)
  [ "$(id -u)" = 0 ] && chown postgres "$cluster"
  as_database "$bin/initdb" --no-sync --username=postgres --auth=trust --encoding=UTF8 --locale=C -D "$cluster/data" >/dev/null
  as_database "$bin/pg_ctl" --silent --log="$cluster/log" -D "$cluster/data" \
    -o "-k $cluster -c listen_addresses= -c fsync=off" start
  local sql=("$bin/psql" --quiet --no-psqlrc --host="$cluster" -v ON_ERROR_STOP=1)
  "${sql[@]}" -U postgres -f src/server/embedded/roles.sql -c 'create database gantry owner gantry_owner' postgres >/dev/null
  # In the order of `server::db::schema`: the ground, functions before the tables that they read, tables, views.
  local tables=(migrations/*.sql)
  for file in "${tables[0]}" migrations/functions/*.sql "${tables[@]:1}" migrations/views/*.sql; do
    PGOPTIONS='-c check_function_bodies=off' "${sql[@]}" -U gantry_owner -1 -f "$file" gantry >/dev/null
  done
  DATABASE_URL="postgres://gantry_owner@localhost/gantry?host=$cluster"
}
[ -n "${DATABASE_URL:-}" ] || start_database

# The macros are run again only where the compiler is: cargo has to see these as changed.
touch src/lib.rs src/main.rs tests/*/main.rs tests/kit/src/lib.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$fresh DATABASE_URL=$DATABASE_URL cargo check --features ssr --all-targets

# Only a run without errors replaces what is there.
mkdir -p .sqlx
rm -f .sqlx/*.json
find "$fresh" -name '*.json' -exec cp -t .sqlx {} +
printf '.sqlx: %s queries\n' "$(find .sqlx -name '*.json' | wc -l)"
