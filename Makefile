# Gantry's two commands are `make run` and `make test`; `make help` lists the rest.
SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# The program that binds WebAssembly to JavaScript has to be exactly the version in Cargo.lock, so it gets a place of its own.
export BINDGEN_VERSION := $(shell awk '/^name = "wasm-bindgen"$$/ { getline; gsub(/"/, "", $$3); print $$3 }' Cargo.lock)
export TOOLS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/gantry/wasm-bindgen-$(BINDGEN_VERSION)
export PATH := $(CURDIR)/style/node_modules/.bin:$(TOOLS)/bin:$(PATH)

# What is built for others names no place on this machine: a panic's message says where in the sources it is, by a path.
RUST_HOME := $(or $(CARGO_HOME),$(HOME)/.cargo)
REMAP   = --config 'build.rustflags=["--remap-path-prefix=$(RUST_HOME)=/cargo","--remap-path-prefix=$(CURDIR)=/gantry","--remap-path-prefix=$(shell rustc --print sysroot)=/rust"]'
SETUP  := .ci/setup.sh
STAGE  := target/stage
# The program that the journeys use: the one that the tests are compiled with. Also `make e2e PROGRAM=target/release/gantry`.
PROGRAM := target/debug/gantry
WASM   := target/wasm/wasm32-unknown-unknown/wasm-release/gantry.wasm
NODE   := style/node_modules/.package-lock.json
E2E    := end2end/node_modules/.package-lock.json
# Folders are listed too: removing a file changes only its folder.
STYLE  := $(shell find src style -path '*/node_modules' -prune -o \( -type d -o -name '*.rs' -o -path 'style/*' \) -print) $(wildcard tailwind.config.js)
PUBLIC := $(shell find public 2>/dev/null)

## Use it

.PHONY: run
run: build ## Build what is missing and start Gantry with its demo workshops
	target/release/gantry serve --demo

.PHONY: build
build: server site ## Build the optimised server and what the browser gets

.PHONY: bench
bench: build ## Measure pages and writes against the running product
	target/release/gantry bench

.PHONY: clean-data
clean-data: ## Throw away the local data: database, kept letters, key
	.ci/clean-data.sh

## Work on it

.PHONY: dev
dev: tools $(NODE) ## Rebuild and restart whenever a source file changes
	$(SETUP) watch
	.ci/dev.sh

.PHONY: check
check: ## The fast inner loop: format, lints of the server, types of the browser's part
	cargo fmt --all --check
	cargo clippy --features ssr
	cargo check --lib --target wasm32-unknown-unknown --features hydrate

.PHONY: sqlx
sqlx: ## Write .sqlx/ anew after a query or a migration changed
	.ci/sqlx.sh

# What has to hold, in this order; .ci/run says how long each took.
STEPS := test-tools fmt compile site clippy-browser unit guards e2e

# Clippy's driver is the compiler, which also lints: the sources are read once for both.
LINTED := RUSTC_WORKSPACE_WRAPPER="$$(rustc --print sysroot)/bin/clippy-driver" CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__

.PHONY: test
test: $(STEPS) ## Everything that has to hold before a change goes in

.PHONY: steps
steps:
	@echo $(STEPS)

.PHONY: fmt
fmt:
	cargo fmt --all --check

.PHONY: compile
compile: # The server, its tests and what is wrong with them by clippy
	$(LINTED) cargo test --features ssr --no-run

.PHONY: clippy-browser
clippy-browser: tools # The browser's part, by the same compilation that makes it: what does not pass is made without
	$(LINTED) $(BROWSER)

# Half of the time a test waits for its database, so two of them share a core. What does not pass the lints is tested all the same.
.PHONY: unit
unit: ## The tests of the rules and of the server: behaviour, laws, and the storms at a tenth
	if $(LINTED) cargo test --features ssr --no-run --quiet; then export $(LINTED); fi; \
	  cargo test --features ssr --no-fail-fast -- --test-threads=$$((2 * $$(nproc)))

.PHONY: storms
storms: ## The storms in their full size
	STORMS=full cargo test --features ssr --test storms -- --nocapture

.PHONY: guards
guards: site ## What may reach the browser, which versions, how many bytes
	.ci/guards.sh

.PHONY: e2e
e2e: $(if $(findstring release,$(PROGRAM)),server,program) site $(E2E) ## The journeys in a browser, with and without JavaScript
	cd end2end && PROGRAM=$(PROGRAM) npx playwright test

.PHONY: program
program: tools # The program as the tests use it: built beside one of them, because alone it would get libraries with other features
	if ! $(LINTED) cargo test --features ssr --no-run --quiet --test storms; then cargo test --features ssr --no-run --test storms; fi

.PHONY: help
help: ## This list
	@awk -F ':.*## ' '/^## / { printf "\n%s\n", substr($$0, 4) } /^[a-z0-9-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

# --- how the pieces are made ---

.PHONY: tools
tools:
	@$(SETUP) rust bindgen postgres

.PHONY: test-tools
test-tools: tools
	@$(SETUP) lints browser

# Cargo knows best what a binary depends on, so it is always asked; with nothing to do it answers at once.
.PHONY: server
server: tools
	@[ -x target/release/gantry ] || echo "Building the optimised server; from nothing this takes five to twenty minutes ..."
	cargo build --release --features ssr --bin gantry $(REMAP)
	@.ci/no-places.sh target/release/gantry

# What the browser gets.
.PHONY: site
site: tools $(STAGE)/site.stamp

.PHONY: FORCE
BROWSER = cargo rustc --lib --crate-type cdylib --profile wasm-release --target wasm32-unknown-unknown --features hydrate --target-dir target/wasm $(REMAP)
$(WASM): FORCE
	$(if $(CI),if ! $(LINTED) $(BROWSER) --quiet; then $(BROWSER); fi,$(BROWSER))

$(STAGE)/bound/gantry.js: $(WASM)
	wasm-bindgen --target web --no-typescript --out-dir $(STAGE)/bound --out-name gantry $(WASM)
	@touch $@

$(STAGE)/gantry_bg.wasm: $(STAGE)/bound/gantry.js $(NODE)
	wasm-opt -Oz $(STAGE)/bound/gantry_bg.wasm --output $@

$(STAGE)/gantry.js: $(STAGE)/bound/gantry.js $(NODE)
	esbuild $< --bundle --minify --format=esm --log-level=warning --outfile=$@

# Names between the script's own parts, of which no browser knows.
SHORT := refused|posted|folds|keeps|anew|moved|native|live|filters|begun|anyway|sending|hadFocus|guess|busy|answer|until|got|stop|back|ours
$(STAGE)/in_place.js: $(wildcard src/in_place/*.js) $(NODE)
	esbuild src/in_place/main.js --bundle --minify --format=esm --target=es2022 '--mangle-props=^($(SHORT))$$' --log-level=warning --outfile=$@

$(STAGE)/gantry.css: $(STYLE) $(NODE)
	tailwindcss --input style/main.css --output $@ --minify
	@touch $@

$(STAGE)/site.stamp: $(STAGE)/gantry_bg.wasm $(STAGE)/gantry.js $(STAGE)/in_place.js $(STAGE)/gantry.css $(PUBLIC) .ci/site.mjs
	node .ci/site.mjs $(STAGE) target/site
	@touch $@

$(NODE): style/package-lock.json
	@echo "Installing the style sheet compiler and the WebAssembly optimiser (npm, into style/node_modules) ..."
	cd style && npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

$(E2E): end2end/package-lock.json
	@echo "Installing Playwright, which drives the browser (npm, into end2end/node_modules) ..."
	cd end2end && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund
	@touch $@
