# Every target is a script, so that each can be read, and run, on its own.
.PHONY: help run stop dev build worker test browser lint fmt sqlx fuzz bench

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: ## Install what is missing, build, load the demo shop, and serve http://127.0.0.1:3000
	@scripts/run

stop: ## Stop the private PostgreSQL (its data stays)
	@scripts/postgres stop

dev: ## Serve, and rebuild on every change
	@scripts/dev

build: ## Release build, in target/dist
	@scripts/tools rust node leptos && scripts/build

worker: ## The spreadsheet worker alone, in public/worker
	@scripts/tools rust node leptos && scripts/build-worker

test: ## Everything that must hold: lints, tests on PostgreSQL, licences, release build, browser tests
	@scripts/test

browser: ## The release build and the browser tests alone
	@scripts/tools rust node leptos postgres chromium libreoffice openpyxl && scripts/build && scripts/end2end

lint: ## Clippy for the server, the page and the worker
	@scripts/lint

fmt: ## Format the Rust code
	@cargo fmt --all

sqlx: ## Renew the checked queries in .sqlx
	@scripts/tools rust postgres && scripts/sqlx-prepare

fuzz: ## Feed every spreadsheet reader with broken files (SECONDS_EACH=120)
	@scripts/fuzz

bench: ## Measure against other libraries and a bare insert (BENCH=sheets, app, export or db for one part)
	@scripts/bench
