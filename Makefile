# The commands. Needs python3.11, pip, git and make; uses uv when it is on the PATH.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:

PYTHON ?= python3.11
PORT ?= 8000
PYTEST_ARGS ?=
JOBS ?= auto
LOCK_ARGS ?=

BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
PLUGIN_FILES := $(wildcard plugins/*/pyproject.toml)
PLUGINS := $(patsubst %/pyproject.toml,./%,$(PLUGIN_FILES))

# Nothing is installed that the lock does not hash: the build backend is in the lock too, and builds without isolation.
ifdef UV
INSTALL := $(UV) pip install --quiet --python $(BIN)/python
UNINSTALL := $(UV) pip uninstall --quiet --python $(BIN)/python
else
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet --python $(BIN)/python
INSTALL := $(PIP) install
UNINSTALL := $(PIP) uninstall --yes
endif

# A copied checkout brings a .venv that still runs the original's code: it is made anew.
ifneq ($(shell cat .venv/made-in 2>/dev/null),$(CURDIR))
.PHONY: .venv/made-in
endif

# A plugin that was taken away stays installed until it is told otherwise.
ifneq ($(sort $(shell cat .venv/installed 2>/dev/null)),$(sort $(PLUGINS)))
.PHONY: .venv/installed
endif

.PHONY: help setup run test test-browser test-races test-crash test-conformance test-differential test-any-order test-mutation test-without lint schema matrix lock clean operations

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' Makefile

setup: .venv/installed  ## make .venv with the lock, the desk and every plugin, and no more
	@$(BIN)/python -m compileall -q backoffice $(wildcard plugins/*/src)  # as for every installed package: a start compiles nothing

.venv/made-in:
	@echo "Making .venv"
	@$(PYTHON) -m venv --clear --without-pip .venv
	@echo "$(CURDIR)" > $@

.venv/locked: .venv/made-in requirements.lock
	@echo "Installing requirements.lock"
	@$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

.venv/installed: .venv/locked pyproject.toml backoffice/__init__.py $(PLUGIN_FILES)
	@echo "Installing the desk and $(words $(PLUGINS)) plugins"
	@gone=$$($(BIN)/python scripts/gone_plugins.py); test -z "$$gone" || $(UNINSTALL) $$gone
	@$(INSTALL) --no-deps --no-build-isolation -e . $(addprefix -e ,$(PLUGINS))
	@echo "$(PLUGINS)" > $@

run: setup  ## start the desk on 127.0.0.1 (PORT=8000), its state under var/ or BACKOFFICE_VAR
	@exec $(BIN)/backoffice run --host 127.0.0.1 --port $(PORT)

test: setup  ## run the tests (PYTEST_ARGS="-x tests/domain")
	@$(BIN)/pytest -n $(JOBS) --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

test-browser: setup  ## open every screen in a real browser (installs Debian's chromium where it is missing)
	@command -v chromium >/dev/null || scripts/install_chromium
	@$(BIN)/pytest -m browser -n $(JOBS) tests/browser $(PYTEST_ARGS)

test-races: setup  ## race 24 clients against 4 server processes (BACKOFFICE_TEST_ROUNDS=200); takes long
	@$(BIN)/pytest -m races $(PYTEST_ARGS)

test-crash: setup  ## kill -9 the server while clients write (BACKOFFICE_TEST_KILLS=12); takes minutes
	@$(BIN)/pytest -m crash $(PYTEST_ARGS)

CONFORMANCE := tests/conformance

test-conformance: setup $(CONFORMANCE)/node_modules/made  ## what others' GraphQL tools say of the API (needs node and npm)
	@node $(CONFORMANCE)/run.mjs

$(CONFORMANCE)/node_modules/made: $(CONFORMANCE)/package-lock.json
	@echo "Installing $<"
	@cd $(CONFORMANCE) && npm ci --loglevel=error
	@touch $@

test-differential: setup  ## compare readings with naive ones for a long while (EXAMPLES=5000), other ones each time
	@BACKOFFICE_TEST_EXAMPLES=$(or $(EXAMPLES),5000) $(BIN)/pytest tests/differential $(PYTEST_ARGS)

test-any-order: setup  ## do everything in every order for a long while (EXAMPLES=300), other orders each time
	@BACKOFFICE_TEST_EXAMPLES=$(or $(EXAMPLES),300) $(BIN)/pytest tests/operations/test_any_order.py $(PYTEST_ARGS)

MUTATION := $(BIN)/python scripts/mutation.py

test-mutation: setup  ## which small wrong changes of domain/, operations/ and query/ the tests notice; takes hours
	@$(MUTATION) backoffice/domain --tests tests/domain --deselect=tests/domain/test_plan_changes.py $(MUTATION_ARGS)
	@$(MUTATION) backoffice/operations backoffice/query --draw 200 --tests tests/operations tests/query -k "not postgresql" $(MUTATION_ARGS)

test-without: setup  ## the tests in a copy of the tree without one plugin (PLUGIN=demo)
	@scripts/without_plugin $(PLUGIN) $(PYTEST_ARGS)

lint: setup  ## style, types and import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy backoffice scripts $(wildcard plugins/*/src)
	@$(BIN)/python scripts/import_contracts.py

operations: setup  ## write docs/operations.md anew, from the declarations of operations and events
	@$(BIN)/python scripts/operations_page.py > .venv/operations.md
	@cp .venv/operations.md docs/operations.md

schema: setup  ## write backoffice/schema/schema.graphql anew
	@$(BIN)/backoffice schema export > .venv/schema.graphql
	@cp .venv/schema.graphql backoffice/schema/schema.graphql

matrix: setup  ## write docs/authorization.md anew, by asking everything of everyone
	@BACKOFFICE_TEST_WRITE_MATRIX=1 $(BIN)/pytest -q tests/authorization

lock:  ## write requirements.lock anew from pyproject.toml (LOCK_ARGS=--upgrade for newer releases)
	@PYTHON="$(PYTHON)" scripts/lock $(LOCK_ARGS)

clean:  ## remove .venv, caches and builds; var/ stays
	rm -rf .venv $(addprefix $(CONFORMANCE)/,node_modules */generated */build) build dist htmlcov .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
