# `make demo` and `make test` set up the environment themselves, in this folder's own .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3 || echo python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help demo test check package pictures bench soak lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## show the main job in a minute, with no network
	@$(BIN)/fuhan demo --keep demo

# Hundreds of processes import fuhan anew: where the environment forbids bytecode to be kept, each
# would compile all of it.
test bench soak: export PYTHONDONTWRITEBYTECODE =
test: check ## run everything that must hold: the checks below, every test, those with a database again on PostgreSQL
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --store postgresql

check: $(READY) ## check style, lint, types and which room imports which
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

# From an empty folder, so that nothing of this one is found.
package: $(READY) ## build dist/, install the wheel in an environment of its own, run its demo there
	@rm -rf dist
	$(BIN)/python -m build --no-isolation --outdir dist .
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	$(PYTHON) -m venv $$new/venv; \
	install="$$new/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input"; \
	$$install --require-hashes --requirement requirements-server.lock; \
	$$install --no-deps dist/fuhan-*.whl; \
	cd $$new; venv/bin/fuhan --version; venv/bin/fuhan init --quiet; venv/bin/fuhan check; venv/bin/fuhan demo

pictures: $(READY) ## make the pictures of docs/pictures anew: charts, and pages in Chromium
	$(BIN)/python -m bench.charts
	$(BIN)/python -m bench.screenshots

bench: $(READY) ## measure speed and quality (docs/performance.md, docs/measurements.md)
	$(BIN)/python bench/startup.py
	$(BIN)/python -m bench.crawl
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.directories
	$(BIN)/python -m bench.reading_cost
	$(BIN)/python -m bench.many
	$(BIN)/python -m bench.size
	$(BIN)/python -m bench.scale
	$(BIN)/python -m bench.revisit
	$(BIN)/python -m bench.revisit --sizes
	$(BIN)/python -m bench.fair_turns
	$(BIN)/python -m bench.service_week
	$(BIN)/python -m bench.peers
	$(BIN)/python -m bench.growth --letters 2000 20000 --only '^/(?!metrics)' --most 3
	$(BIN)/python -m bench.growth --store postgresql --letters 2000 20000 --only '^/(?!metrics)' --most 3
	$(BIN)/python bench/differ/speed.py
	$(BIN)/python bench/differ/quality.py

soak: $(READY) ## try crashes and 300 nights of faults against the truth (half an hour)
	$(BIN)/python -m bench.trials
	$(BIN)/python -m bench.postgres_trials
	$(BIN)/python -m bench.soak
	$(BIN)/python -m bench.serving
	$(BIN)/python -m bench.workers
	$(BIN)/python -m bench.stores

COMPILE := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --allow-unsafe

lock: $(READY) ## write both locks anew from pyproject.toml: all of it, and what a server needs of it
	$(COMPILE) --extra dev --output-file requirements.lock pyproject.toml
	cp requirements.lock requirements-server.lock
	$(COMPILE) --extra postgres --extra queue --output-file requirements-server.lock pyproject.toml

clean: ## remove the environment and what the demo kept
	rm -rf $(VENV) demo dist

# What pip says is of use only where it fails, and some of its warnings are about the machine it runs
# on, not about fuhan: all of it goes to a file, which is printed without those when the set-up fails.
LOG := $(VENV)/setup.log
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
# Compiled once: where the environment forbids bytecode to be kept, each command would compile anew.
ROOMS := crawler differ fuhan letters replica review scheduler storage
TOO_OLD := fuhan needs Python 3.11 or newer: make PYTHON=/path/to/python3.11

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(TOO_OLD)" >&2; exit 1; }
	@echo "setting up the environment in $(VENV) (about a minute) ..."
	@mkdir -p $(VENV)
	@{ $(PYTHON) -m venv $(VENV) \
		&& $(INSTALL) --require-hashes --requirement requirements.lock \
		&& $(INSTALL) --no-deps --no-build-isolation --editable . \
		&& $(BIN)/python -m compileall -q $(ROOMS) ; } >$(LOG) 2>&1 \
		|| { grep -v '^WARNING: Location' $(LOG) >&2; echo "the set-up failed" >&2; exit 1; }
	@touch $@
