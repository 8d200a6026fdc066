#!/usr/bin/env bash
# Holds what no test of behaviour would notice: what reaches the browser, which versions there are, how many bytes a page costs.
set -euo pipefail
cd "$(dirname "$0")/.."
failed=0
fail() { printf 'guard: %s\n' "$*" >&2; failed=1; }

# The server stays out of the browser.
leaked=$(cargo tree --target wasm32-unknown-unknown --no-default-features --features hydrate -e normal --prefix none |
  awk '{ print $1 }' | grep -xE 'sqlx.*|axum.*|tokio|argon2|tower|tower-http|hyper' | sort -u || true)
[ -z "$leaked" ] || fail "these crates reach the browser: ${leaked//$'\n'/ }"

# Two versions of one of these do not understand each other's types.
for crate in axum sqlx leptos hyper tower-service; do
  count=$(grep -cx "name = \"$crate\"" Cargo.lock || true)
  [ "$count" = 1 ] || fail "Cargo.lock has $count versions of $crate; there has to be exactly one"
done

# TLS is rustls with ring: no system OpenSSL, no second C library that takes minutes to build.
for crate in openssl-sys aws-lc-sys; do
  if grep -qx "name = \"$crate\"" Cargo.lock; then fail "$crate is in Cargo.lock (cargo tree -i $crate --features ssr shows who wants it)"; fi
done

[ "$(wasm-bindgen --version)" = "wasm-bindgen $BINDGEN_VERSION" ] || fail "the wasm-bindgen program is not $BINDGEN_VERSION"

# Artefacts name no place on the machine that built them; the server's build looks at itself.
.ci/no-places.sh target/site/pkg/*.wasm || fail "what the browser gets names a place"

# The bundle's budget, compressed as it travels.
compressed() { wc -c <"target/site$(node -p "require('./target/site/manifest.json').$1").br"; }
code=$(($(compressed js) + $(compressed wasm)))
css=$(compressed css)
printf 'guard: script and WebAssembly %d bytes of 220000, style sheet %d bytes of 25000\n' "$code" "$css"
script=$(compressed in_place)
printf 'guard: the script of pages that change in place %d bytes of 5000\n' "$script"
[ "$script" -le 5000 ] || fail "the script of pages that change in place is over its budget"
[ "$code" -le 220000 ] || fail "script and WebAssembly are over their budget"
[ "$css" -le 25000 ] || fail "the style sheet is over its budget"
exit "$failed"
