# Thin names over real commands. `make demo` is the service where stdin is a pipe, so that nothing but its replies
# may go to stdout and nobody else may read stdin.

PREFIX ?= /usr/local
binary := .build/release/deskpipe
swift_files := Package.swift Plugins Sources Tests
share := $(DESTDIR)$(PREFIX)/share

.PHONY: demo build test test-clients test-long schema protocol bench lint format install clean setup setup-tests

demo: $(binary)
	@$(binary) demo

build: $(binary)

# `swift build` takes a second to find nothing to do; make takes none. The order: setup may install a header.
$(binary): $(shell find Package.swift Plugins Sources migrations) | setup
	@swift build -c release --static-swift-stdlib --product deskpipe </dev/null >&2
	@touch $@

setup:
	@scripts/setup

setup-tests:
	@scripts/setup tests

test: setup-tests lint
	swift build --build-tests
	swift test --skip-build --disable-xctest
	scripts/test-clients .build/debug/deskpipe

# The clients alone.
test-clients: setup-tests
	swift build --product deskpipe
	scripts/test-clients .build/debug/deskpipe

# Adds a million rows, fuzzing and long property runs.
test-long: setup-tests
	swift build --build-tests
	DESKPIPE_LONG=1 swift test --skip-build --disable-xctest

# Writes migrations/schema.sql, which a test compares, from a database that was just migrated by PostgreSQL 15.
schema: setup
	WRITE_SCHEMA=1 swift test --disable-xctest --filter PostgresTests.SchemaTests

# Writes what is made from the table of methods: openrpc.json, the reference, the clients' types; tests compare them.
protocol: setup
	WRITE_PROTOCOL=1 swift test --disable-xctest --filter DeskTests.DiscoverTests

# Measures deskpipe beside pgbench and the same desk in Python and Node; prints a table and writes bench-results.json.
# QUICK=1 ends within three minutes, BIG=1 goes up to ten million tickets, ROWS=throughput,memory runs only these.
bench: $(binary)
	swift build -c release --static-swift-stdlib --product bench
	swift build -c release --static-swift-stdlib --product bench-token
	BENCH_PEERS=$$(scripts/setup-bench) && export BENCH_PEERS && .build/release/bench $(binary)
	.build/release/bench-token
	@openssl speed -seconds 3 rsa2048 2>/dev/null | awk 'END { print "openssl speed rsa2048: " $$NF " verifications a second" }'

lint:
	swift format lint --strict --recursive $(swift_files)

format:
	swift format format --in-place --recursive $(swift_files)

install: $(binary)
	install -d $(DESTDIR)$(PREFIX)/bin $(share)/bash-completion/completions $(share)/zsh/site-functions \
	  $(share)/fish/vendor_completions.d $(share)/man/man1
	install -m 755 -s $(binary) $(DESTDIR)$(PREFIX)/bin/deskpipe
	$(binary) completion bash >$(share)/bash-completion/completions/deskpipe
	$(binary) completion zsh >$(share)/zsh/site-functions/_deskpipe
	$(binary) completion fish >$(share)/fish/vendor_completions.d/deskpipe.fish
	install -m 644 share/deskpipe.1 $(share)/man/man1/deskpipe.1

clean:
	rm -rf .build
