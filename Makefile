# Every target sets up what it needs: a fresh machine wants only Python 3.11, git and make.
PYTHON ?= python3
STACK ?=
STACKS = $(if $(STACK),--stack $(STACK),--stack dev --stack prod)
BIN = .venv/bin
# uv from PATH, or a copy of our own: the machine needs nothing but Python.
UV = $(shell command -v uv || echo .tools/bin/uv)
export UV_PYTHON_DOWNLOADS = never

.PHONY: help preview policies report check-report test check format docs lock benchmark clean

help: ## Show what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

preview: .venv/.runtime ## Rehearse the stacks, judge them by the policy pack, show what they would be (STACK=dev for one)
	$(BIN)/python -m rehearsal preview $(STACKS) --policy-pack policies

policies: preview ## The same: the policies are part of every preview

report: .venv/.runtime ## Write each stack as a page: .rehearsal/report/STACK.html
	$(BIN)/python -m rehearsal preview $(STACKS) --policy-pack policies --json .rehearsal/report/{stack}.json > /dev/null
	$(BIN)/python -m rehearsal report .rehearsal/report/*.json --output .rehearsal/report

check-report: report ## Open the pages in headless Chromium, where it is installed
	$(BIN)/python -m tests.rehearsal.page.browser .rehearsal/report/*.html

test: .venv/.dev ## Run the tests
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup

check: .venv/.dev ## Format, lint, types, generated files fresh
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/python -m docs.generate --check

format: .venv/.dev ## Format and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.dev ## Write the generated schema and tables
	$(BIN)/python -m docs.generate

benchmark: .venv/.runtime ## Time the rehearsal against the bare SDK, and as programs grow
	$(BIN)/python benchmarks/rehearsal.py
	$(BIN)/python benchmarks/growth.py

lock: | $(UV) ## Write the lock files from pyproject.toml
	$(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements.txt
	$(UV) pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url -q -o requirements-dev.txt

clean: ## Remove the environments
	rm -rf .venv .tools

$(UV):
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.8

.venv/bin/python: | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv

.venv/.runtime: requirements.txt pyproject.toml .venv/bin/python
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@
