# The commands of a working day.  Nothing but Python 3.11+, make and git is needed beforehand.
.DELETE_ON_ERROR:
.PHONY: demo test long check seeds sites scores bench diff-citations soak compat lock clean help

PYTHON ?= python3
BIN := .venv/bin

help:            ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

demo: .venv/ready    ## crawl the practice site on loopback, build, publish, report
	$(BIN)/python -m tests.practice.demo demo

test: .venv/ready    ## all tests
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

long: .venv/ready    ## the long tests: hostile servers, forget, retain, backup
	$(BIN)/python -m pytest --long --numprocesses 2 --dist loadfile tests

check: .venv/ready   ## style, types, import directions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

seeds: .venv/ready   ## the five seed pages: what was found against what is expected
	$(BIN)/python -m tests.shared.seeds

sites: .venv/ready   ## two recorded sites, crawled from their start URL, against the gold
	$(BIN)/python -m tests.shared.sites

scores: .venv/ready  ## extraction, citation and dedup scores on the development sets
	$(BIN)/python -m tests.shared.scores

bench: .venv/ready   ## CPU and memory: crawl, a whole run, frontier, dedup and warehouse, beside peers in one run
	$(BIN)/python -m tests.bench.crawl
	$(BIN)/python -m tests.bench.run
	$(BIN)/python -m tests.bench.frontier
	$(BIN)/python -m tests.bench.extract
	$(BIN)/python -m tests.bench.dedup
	$(BIN)/python -m tests.bench.dedup --stored 10000 100000 1000000
	$(BIN)/python -m tests.bench.dedup_rarity
	$(BIN)/python -m tests.bench.cite $(PEER)
	$(BIN)/python -m tests.bench.warehouse

BASE ?= HEAD
diff-citations: .venv/ready  ## citations gained and lost since a git revision: make diff-citations BASE=main~3
	$(BIN)/python -m tests.shared.diff_citations $(BASE)

soak: .venv/ready    ## runs killed a thousand times, and what each kill cost (hours)
	$(BIN)/python -m tests.crash.soak 1000

compat: .venv/ready  ## the published file in every DuckDB it promises, 1.2 to 2.0 (downloads them)
	$(BIN)/python -m tests.compat

lock:            ## resolve requirements.lock anew (needs uv)
	echo 'duckdb==1.5.5' | uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --constraints - --output-file requirements.lock

# pip 23.2, which comes with Python 3.11.7, can install this lock only with --no-deps.
.venv/ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --editable .
	touch $@

clean:           ## remove what the commands made
	rm -rf .venv demo dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
