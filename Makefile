# Two commands on a fresh machine: `make run` and `make test`. `make` alone lists everything.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed
BUNDLER := build/bundle-env

export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.PHONY: help run headless test check format schema languages bench wheel bundle bundle-test reader-test wheelhouse pictures help-pictures clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

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

languages: $(STAMP) ## take new texts into resources/languages/en.po and compile it
	$(BIN)/python -m tests.languages

bench: $(STAMP) ## benchmarks as ratios to a floor measured in the same run
	$(BIN)/python -m tests.benchmarks

wheel: $(STAMP) ## build the wheel into dist/
	@rm -f dist/*.whl
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

# An environment of its own, outside the checkout's, so that nothing of ours for tests gets inside.
$(BUNDLER)/.installed: pyproject.toml .constraints.txt
	$(PYTHON) -m venv --clear $(BUNDLER)
	$(BUNDLER)/bin/python -m pip install --quiet --constraint .constraints.txt '.[bundle]'
	@touch $@

bundle: wheel $(BUNDLER)/.installed ## one folder with everything inside: build/bundle/kkd-desktop
	$(BUNDLER)/bin/python -m pip install --quiet --no-deps --force-reinstall dist/*.whl
	@mkdir -p build/bundle-work
	cd build/bundle-work && ../bundle-env/bin/python -m PyInstaller --noconfirm --log-level WARN \
	  --distpath ../bundle --workpath . ../../resources/packaging/kkd-desktop.spec
	@du -sh build/bundle/kkd-desktop

bundle-test: bundle ## start the bundle on a screen of its own and work with it
	KKD_BUNDLE=build/bundle/kkd-desktop $(BIN)/pytest tests/packaging

reader-test: $(STAMP) ## walk the window from outside, as a screen reader does, on a screen of its own
	KKD_READER=1 $(BIN)/pytest tests/reader

wheelhouse: wheel ## every wheel that an office without a network needs: dist/wheelhouse
	@rm -rf dist/wheelhouse
	$(BIN)/python -m pip download --quiet --only-binary :all: --constraint .constraints.txt \
	  --dest dist/wheelhouse "$$(echo dist/*.whl)[caldav]"
	@cp .constraints.txt dist/wheelhouse/constraints.txt
	@du -sh dist/wheelhouse

pictures: $(STAMP) ## a gallery of all screens: build/bilder/index.html (light, dark, contrast, 200 %)
	$(BIN)/python -m tests.pictures

help-pictures: $(STAMP) ## the pictures inside the help, light and dark: resources/help/bilder
	$(BIN)/python -m tests.help_pictures

clean: ## remove what was built, not the environment
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
