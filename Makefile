# Two commands: `make run` starts the assistant, `make test` proves it. Both set up .venv on a bare machine.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BIN := .venv/bin

.PHONY: run test lint bench vectors lock clean
.DELETE_ON_ERROR:

.venv/runtime: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

.venv/dev: .venv/runtime requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

run: .venv/runtime  ## start the assistant and its demo page on HOST:PORT
	$(BIN)/liquidation-assistant serve --host $(HOST) --port $(PORT)

lint: .venv/dev  ## style, types, import rules, content
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/liquidation-assistant lint

test: lint  ## everything: lint, then every test, slow ones included
	$(BIN)/python -m pytest -n 2 --dist worksteal

bench: .venv/dev  ## bulk prices against a bare NumPy expression, a chat turn against an empty handler; one run
	$(BIN)/python -m bench

vectors: .venv/dev  ## write knowledge/vectors/ again: sourced ones from the cases, generated ones from the oracle
	$(BIN)/python -m tests.oracle

lock:  ## write both lock files again: names, versions and hashes only
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --group build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv dist build .mypy_cache .ruff_cache .hypothesis
