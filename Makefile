# The commands of the project; `make help` lists them. They need git, make and Python 3.11 with its venv module.
PYTHON ?= python3
RUN := @$(PYTHON) bin/start.py
PREPARE := $(PYTHON) bin/start.py prepare
DEVELOP := DJANGO_SETTINGS_MODULE=portal.settings.demo .venv/bin/python
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset test test-fast lint types format messages screenshot bench pins wheel clean
export PORT DATA_DIR

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Start the demonstration (PORT=8000, DATA_DIR=var); Ctrl-C stops it
	$(RUN) demo

demo-reset: ## Throw the demonstration's data away and start it anew
	$(RUN) demo --reset

test: ## Everything that has to pass: lint, types, contracts, SQLite, PostgreSQL, browser
	$(RUN) run_tests

test-fast: ## The inner loop: lint and the tests that need neither browser nor PostgreSQL
	$(RUN) run_tests --fast

lint: ## Style, contracts between packages, templates, catalogues, migrations
	$(RUN) run_tests --lint

types: ## Type checks alone
	@$(PREPARE) dev
	@.venv/bin/mypy

format: ## Bring Python files into shape
	@$(PREPARE) dev
	@.venv/bin/ruff check --fix --quiet . ; .venv/bin/ruff format .

messages: ## Bring the French and Russian catalogues up to date, and say what is missing
	@$(PREPARE) dev
	@$(DEVELOP) manage.py messages update
	@$(DEVELOP) manage.py messages compile
	@$(DEVELOP) manage.py messages check

screenshot: ## Make the picture in the README anew
	@$(PREPARE) dev
	@.venv/bin/python bin/screenshot.py

bench: ## Measure, print a table, write var/bench.json; never fails
	@$(PREPARE) dev
	@.venv/bin/python bench/run.py

pins: ## Compile requirements/*.txt from pyproject.toml, within the ranges that stand there
	@$(PREPARE) dev
	@.venv/bin/python bin/pins.py

wheel: ## Build the wheel into dist/, with compiled catalogues
	@$(PREPARE) dev
	@$(DEVELOP) manage.py messages compile
	@.venv/bin/python -m hatchling build -t wheel

clean: ## Remove what checks and builds have left (not the data in var/)
	@rm -rf dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
