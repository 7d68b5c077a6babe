# The same commands serve a person and CI. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SERVE ?= 1

.DEFAULT_GOAL := help
.PHONY: help env system demo test lint bench format lock clean

help: ## list what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 10

env: $(READY) ## make the environment .venv from requirements.lock

$(READY): requirements.lock setup.cfg
	.ci/venv $(PYTHON) $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

system: # the Debian packages that the tests need
	@.ci/packages

demo: env ## a fictional district of 300 firms end to end, then the service (SERVE=0: without)
	$(BIN)/diagnose demo $(if $(filter 0,$(SERVE)),--no-serve)

test: system env ## all tests, those in a real browser included
	$(BIN)/pytest -n auto --dist loadfile

lint: env ## style, types, import layers, our own content
	$(BIN)/ruff check --no-cache .
	$(BIN)/ruff format --no-cache --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/diagnose questionnaires check
	$(BIN)/diagnose standards check
	$(BIN)/diagnose catalogue check

bench: env ## speed and memory, each as a ratio against a named baseline
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[bench]'
	@for script in benchmarks/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

format: env ## format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

lock: env ## pin anew what setup.cfg allows
	$(BIN)/pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --strip-extras --allow-unsafe --no-header --no-annotate \
	  --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --extra dev --output-file requirements.lock setup.cfg

clean: ## remove what was built
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis htmlcov .coverage
