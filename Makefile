# Two commands on a fresh machine: `make run` and `make test`. `make` alone lists everything.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help run headless test check format schema bench wheel pictures clean

help: ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(STAMP): pyproject.toml .constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed (PYTHON=… make …)"; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint .constraints.txt --editable '.[dev]'
	@touch $@

run: $(STAMP) ## set everything up and open the window on an invented caseload
	@$(BIN)/python -m kkd_desktop.cli.first_look

headless: $(STAMP) ## the same job without a window: files in build/erster-blick
	@$(BIN)/python -m kkd_desktop.cli.first_look --headless

test: $(STAMP) ## lint, types and all tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist loadfile

check: $(STAMP) ## lint and types only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

format: $(STAMP) ## format and sort imports
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

schema: $(STAMP) ## JSON Schemas of policy files for editors, into policies/
	$(BIN)/python -m kkd_desktop.policyfiles.schema.editors policies

bench: $(STAMP) ## benchmarks as ratios to a floor measured in the same run
	$(BIN)/python -m tests.benchmarks

wheel: $(STAMP) ## build the wheel into dist/
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

pictures: $(STAMP) ## pictures of every screen into build/bilder, light and dark
	$(BIN)/python -m tests.pictures

clean: ## remove what was built, not the environment
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
