#!/usr/bin/env bash
# Writes .sqlx/ anew: every checked query is described by a live, migrated database while the compiler runs.
set -euo pipefail
cd "$(dirname "$0")/.."
DATABASE_URL=${DATABASE_URL:-$(cargo run --quiet --features ssr --bin gantry -- db-url)}

mkdir -p target
fresh=$(mktemp -d "$PWD/target/sqlx.XXXXXX")
trap 'rm -rf "$fresh"' EXIT
# The macros are run again only where the compiler is: cargo has to see these three as changed.
touch src/lib.rs src/main.rs tests/it/main.rs
SQLX_OFFLINE=false SQLX_OFFLINE_DIR=$fresh DATABASE_URL=$DATABASE_URL cargo check --features ssr --all-targets

# Only a run without errors replaces what is there.
mkdir -p .sqlx
rm -f .sqlx/*.json
find "$fresh" -name '*.json' -exec cp -t .sqlx {} +
printf '.sqlx: %s queries\n' "$(find .sqlx -name '*.json' | wc -l)"
