# What people and CI call. The work is done by the scripts in scripts/, each of which runs alone too.

# `make run PROFILE=dev` compiles in a fraction of the time and answers more slowly.
PROFILE = release
HUIYIN = target/$(if $(filter dev,$(PROFILE)),debug,$(PROFILE))/huiyin

.DEFAULT_GOAL = help
.PHONY: help run build test check bench clean

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

run: build ## Build, fill a demo database when there is none, serve on 127.0.0.1:3000
	@scripts/run $(HUIYIN)

build: ## Leave the server in target/release/huiyin and what the browser loads in target/site
	@scripts/setup front
	@scripts/front
	cargo build --profile $(PROFILE)

test: ## Install what is missing and run every test
	@scripts/stage --start
	@scripts/stage setup scripts/setup all
	@scripts/stage fmt cargo fmt --all --check
	@scripts/stage clippy cargo clippy --quiet --all-targets -- -D warnings
	@scripts/stage clippy-front scripts/clippy-front
	@scripts/stage front scripts/front
	@scripts/stage tests scripts/postgres cargo test
	@scripts/stage end2end scripts/end2end
	@scripts/stage --report

check: ## What to run before a commit: formatting, Clippy, unit tests
	@cargo fmt --all --check
	@cargo clippy --quiet --all-targets -- -D warnings
	@cargo test --quiet --lib

bench: ## Measure
	@scripts/bench-wasm
	cargo bench --quiet --bench bench

clean: ## Remove what was built; data/ and the installed tools stay
	rm -rf target end2end/results end2end/.demo.json
