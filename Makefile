# What a fresh machine needs: Python 3.11 or later with venv, and make. Nothing else.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
CATALOGUES := $(wildcard assets/languages/*/LC_MESSAGES/kiosk.po)

.PHONY: help run demo test lint random bench pictures answers messages lock clean

help: ## Say what can be done here
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 20

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	touch $(READY)

# Without bytecode the first paint takes four times as long.
$(VENV)/compiled: $(READY) $(CATALOGUES) $(shell find kiosk screens models assets -name '*.py')
	$(BIN)/pybabel --quiet compile --domain kiosk --directory assets/languages
	$(BIN)/python -m compileall -q kiosk screens models assets
	touch $(VENV)/compiled

run: $(VENV)/compiled ## Start the kiosk; the first time it asks what it needs to know
	@$(BIN)/python -m kiosk

demo: $(VENV)/compiled ## Start the kiosk on an invented day
	@$(BIN)/python -m kiosk demo

# These search everything that their process holds: apart, that is not what all the other tests brought in.
MEMORY = $(shell grep -l '^from memory import' tests/kiosk/test_*.py)

# Those of the terminal wait for their programs half of the time: one more at once.
test: $(VENV)/compiled lint ## The whole suite: linters, types, directions, tests
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup --ignore tests/terminal $(MEMORY:%=--ignore=%)
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup $(MEMORY)
	$(BIN)/python -m pytest -q -n 3 --dist loadgroup tests/terminal

lint: $(VENV)/compiled ## Style, types, directions of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

random: $(VENV)/compiled ## Five minutes of random input with a fixed seed, or ARGS="--seed 7 --seconds 60"
	$(BIN)/python tests/terminal/random_input.py $(ARGS)

bench: $(VENV)/compiled ## Measure against a bare Textual program and raw SQLite
	$(BIN)/python -m bench

pictures: $(VENV)/compiled ## Draw the screens into docs/pictures/
	$(BIN)/python docs/pictures.py
	$(BIN)/python docs/terminal_pictures.py

answers: $(VENV)/compiled ## Write docs/answers.md: what each answer says, in every language
	$(BIN)/python docs/make_answers.py

messages: $(READY) ## Collect the texts for the translators
	$(BIN)/pybabel --quiet extract --no-location --sort-output --keywords translate --keywords N_ --keywords Counted:1,2 --no-default-keywords \
		--project smartcorner-kiosk --output assets/languages/kiosk.pot assets kiosk screens models
	for language in nl de en; do \
		$(BIN)/pybabel --quiet update --no-fuzzy-matching --no-wrap --domain kiosk --locale $$language \
			--input-file assets/languages/kiosk.pot --output-dir assets/languages --ignore-pot-creation-date; \
	done

lock: ## Choose versions anew and lock them with hashes (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra dev --quiet --output-file requirements.lock pyproject.toml

clean: ## Remove everything that was made
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +
	find assets/languages -name '*.mo' -delete
