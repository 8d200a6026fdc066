#!/usr/bin/env bash
# Builds, starts, and does both again when something under src, style, public or migrations changes.
set -uo pipefail
cd "$(dirname "$0")/.."
stage=target/stage-dev
server=

build() {
  cargo build --features ssr --bin gantry &&
    cargo rustc --lib --crate-type cdylib --target wasm32-unknown-unknown --features hydrate &&
    wasm-bindgen --target web --no-typescript --debug --out-dir "$stage" --out-name gantry target/wasm32-unknown-unknown/debug/gantry.wasm &&
    tailwindcss --input style/main.css --output "$stage/gantry.css" &&
    node .ci/site.mjs "$stage" target/site --dev
}
stop() {
  [ -n "$server" ] || return 0
  kill -TERM "$server" 2>/dev/null
  wait "$server" 2>/dev/null
  server=
}

# Watching starts before the first build, so that what is saved during a build is not missed.
mapfile -t watched < <(ls -d src style public migrations Cargo.toml 2>/dev/null)
exec 3< <(exec inotifywait -q -m -r -e close_write,create,delete,move --exclude 'node_modules|\.swp$|~$' "${watched[@]}")
watcher=$!
trap 'stop; kill "$watcher"; exit 0' INT TERM

# The site now holds the unoptimised bundle: the next `make build` has to put it together again.
rm -f target/stage/site.stamp
while true; do
  if build; then
    stop
    GANTRY_DEV=1 target/debug/gantry serve --demo &
    server=$!
  else
    printf '\n==> That did not build; the last good version keeps running.\n'
  fi
  read -r _ <&3
  # One save is often several events.
  while read -r -t 0.3 _ <&3; do :; done
  printf '\n==> Something changed: building again.\n'
done
