#!/usr/bin/env bash
# Builds, starts, and does both again when something under src, style, public or migrations changes.
set -uo pipefail
cd "$(dirname "$0")/.."
stage=target/stage-dev
server=

build() {
  cargo build --features ssr --bin gantry &&
    cargo build --lib --target wasm32-unknown-unknown --features hydrate &&
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
trap 'stop; exit 0' INT TERM

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
  mapfile -t watched < <(ls -d src style public migrations Cargo.toml 2>/dev/null)
  inotifywait -qq -r -e close_write,create,delete,move --exclude 'node_modules|\.swp$|~$' "${watched[@]}"
  # One save is often several events.
  sleep 0.2
done
