#!/usr/bin/env bash
# Installs what the machine lacks and says what it does; silent where everything is there.
# usage: .ci/setup.sh [rust] [bindgen] [postgres] [lints] [browser] [watch] ...
set -euo pipefail
cd "$(dirname "$0")/.."
export DEBIAN_FRONTEND=noninteractive

say() { printf '\n==> %s\n' "$*"; }
die() { printf '\nStopped: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif has sudo; then sudo env DEBIAN_FRONTEND="$DEBIAN_FRONTEND" "$@"
  else die "this needs the administrator's rights, and there is no sudo. As root, run:  ${wanted:-$*}"; fi
}

updated=
apt_install() {
  has apt-get || die "this is not Debian or Ubuntu; please install by hand: $*"
  local wanted="apt-get update && apt-get install -y $*"
  if [ -z "$updated" ]; then as_root apt-get update -qq; updated=yes; fi
  as_root apt-get install -y -qq --no-install-recommends "$@" </dev/null >/dev/null
}

setup_rust() {
  has cargo || die "Rust is missing. Install it from https://rustup.rs and try again."
  has npm || die "Node.js 20 or newer is missing. Install it from https://nodejs.org and try again."
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || die "Node.js 20 or newer is needed; this is $(node --version)."
  if ! has cc; then
    say "Installing a C compiler and linker (two of the libraries have a part in C)"
    apt_install build-essential
  fi
  if [ ! -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown" ]; then
    say "Adding WebAssembly to the Rust compiler, for the part that runs in the browser"
    rustup target add wasm32-unknown-unknown
  fi
}

setup_lints() {
  if ! cargo clippy --version >/dev/null 2>&1 || ! cargo fmt --version >/dev/null 2>&1; then
    say "Adding Rust's formatter and linter"
    rustup component add rustfmt clippy
  fi
}

setup_bindgen() {
  [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $BINDGEN_VERSION" ] && return
  say "Building wasm-bindgen $BINDGEN_VERSION, which connects the browser part to the page (once; about three minutes on two cores)"
  # Its own release profile is made for shipping; a build step is better off finished sooner.
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install wasm-bindgen-cli --version "$BINDGEN_VERSION" --root "$TOOLS"
}

# The minor release of 12 November 2026 of each branch: older ones leak rows past row level security (CVE-2026-120154).
minimum_minor() {
  case $1 in 14) echo 25 ;; 15) echo 20 ;; 16) echo 16 ;; 17) echo 12 ;; 18) echo 6 ;; *) echo 0 ;; esac
}

newest_postgres() {
  local bin
  for bin in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr); do
    [ -x "$bin/initdb" ] && "$bin/postgres" --version | sed -E 's/.* ([0-9]+)\.([0-9]+).*/\1 \2/' && return
  done
}

setup_postgres() {
  local major minor
  read -r major minor <<<"$(newest_postgres)"
  if [ -z "$major" ]; then
    say "Installing the PostgreSQL server programs (Gantry starts its own database with them; no system service is set up)"
    apt_install postgresql-common
    # Without this line the package would create and start a cluster of its own.
    as_root sed -i -E 's/^#?create_main_cluster = .*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf
    apt_install postgresql
  elif [ "$minor" -lt "$(minimum_minor "$major")" ]; then
    say "Updating PostgreSQL $major.$minor to a release without the known holes ($major.$(minimum_minor "$major") or newer)"
    apt_install --only-upgrade "postgresql-$major" "postgresql-client-$major"
  else
    return 0
  fi
  read -r major minor <<<"$(newest_postgres)"
  [ -n "$major" ] || die "PostgreSQL could not be installed."
  [ "$minor" -ge "$(minimum_minor "$major")" ] ||
    say "Note: this distribution offers PostgreSQL $major.$minor; for real data use $major.$(minimum_minor "$major") or newer."
}

setup_browser() {
  if [ ! -x /usr/bin/chromium ] || [ ! -d /usr/share/fonts/truetype/liberation ] || ! has fc-list || ! fc-list | grep -qi inter; then
    say "Installing the Chromium browser and fonts for the tests that click through the pages"
    apt_install chromium fontconfig fonts-liberation fonts-inter
  fi
}

setup_watch() {
  has inotifywait && return
  say "Installing inotify-tools, which notices changed files"
  apt_install inotify-tools
}

for step in "$@"; do "setup_$step"; done
