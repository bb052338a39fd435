# Two commands do all the set-up: `make demo` and `make test`. The environment is this folder's own.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: demo test check bench soak lock clean

demo: $(READY)
	@$(BIN)/fuhan demo --keep demo

test: check
	$(BIN)/pytest -n auto --dist loadfile

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python bench/crawl.py
	$(BIN)/python bench/differ/speed.py
	$(BIN)/python bench/differ/quality.py

soak: $(READY)
	$(BIN)/python -m bench.trials
	$(BIN)/python -m bench.soak
	$(BIN)/python -m bench.serving

lock: $(READY)
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url \
		--no-emit-find-links --no-emit-trusted-host --allow-unsafe --extra dev --output-file requirements.lock pyproject.toml

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf $(VENV) demo dist
