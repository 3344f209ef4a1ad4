# Every target sets up what it needs: a fresh machine wants only Python 3.11, git and make.
PYTHON ?= python3
STACK ?=
# Every stack that has a file, unless STACK names some.
STACKS = $(foreach stack,$(or $(STACK),$(patsubst Pulumi.%.yaml,%,$(wildcard Pulumi.*.yaml))),--stack $(stack))
# Parts that a preview shows in addition to its summary: --tree, --access, --costs, … or --all.
SHOW ?=
BIN = .venv/bin
# uv from PATH, or a copy of our own: the machine needs nothing but Python.
UV = $(shell command -v uv || echo .tools/bin/uv)
WORKFLOWS = .github/workflows/*.yml templates/notebooks-repository/.github/workflows/*.yml
PIPELINES = .azuredevops/*.yml templates/notebooks-repository/.azuredevops/*.yml
export UV_PYTHON_DOWNLOADS = never
# Without compiled files every import of the provider SDKs takes three times as long.
unexport PYTHONDONTWRITEBYTECODE
TRIGGERS = $(BIN)/python -m infra.data.data_factory.trigger_steps
# What `make check` does beside the exhaustive tests: one process each, so `.ci/run` has them beside tests, which are two.
CHECKS = check-format check-types check-pages check-pipelines
# Tests run make themselves, which would look for the job server of this one.
PYTEST = env -u MAKEFLAGS $(BIN)/python -m pytest -q

.PHONY: help new yours preview policies report check-report preflight azure-policies validate scan pull-request real-preview plan update-plan deploy provision-spark verify verify-deployment stop-triggers start-triggers drift azure-tokens sync-git-folders test test-exhaustive test-workload compatibility test-engine check $(CHECKS) format docs lock wheel benchmark clean

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

# Who does what in the stacks' lives, as their files say: each preview plays it.
ACTS = $(patsubst Pulumi.%.yaml,Acts.%.yaml,$(wildcard Pulumi.*.yaml))

Acts.%.yaml: Pulumi.%.yaml | .venv/.runtime
	@$(BIN)/python -m docs.generate_acts --stack $*
	@touch -c $@

new: .venv/.runtime ## Write a new environment's stack file (or ANSWERS=FILE)
	@$(BIN)/python -m infra.new $(if $(ANSWERS),--answers $(ANSWERS))

yours: .venv/.runtime ## List the steps until the project is yours (STACK=dev)
	@$(BIN)/python -m infra.adoption $(foreach stack,$(STACK),--stack $(stack))

preview: .venv/.runtime $(ACTS) ## Rehearse and judge the stacks (STACK=dev, SHOW=--all)
	$(BIN)/python -m rehearsal preview $(STACKS) $(SHOW) --policy-pack policies

policies: preview ## The same: policies are part of every preview

report: .venv/.runtime ## Write each stack as a page: .rehearsal/report/STACK.html
	@rm -f .rehearsal/report/*.html
	$(BIN)/python -m rehearsal preview $(STACKS) --policy-pack policies --page .rehearsal/report/{stack}.html

check-report: report ## Open the pages in headless Chromium, if installed
	$(BIN)/python -m tests.rehearsal.page.browser .rehearsal/report/*.html

# $(call export,STACK): ARM's templates of the stack in .rehearsal/export/STACK.
export = $(BIN)/python -m rehearsal export --stack $(1) --format arm --output .rehearsal/export/$(1)
EXPORTED = .rehearsal/export/$(or $(STACK),dev)

preflight: .venv/.preflight ## Check the real subscription (STACK=dev, FIX=--fix)
	$(if $(VALIDATE),$(call export,$(or $(STACK),dev)))
	$(BIN)/python -m infra.preflight --stack $(or $(STACK),dev) $(FIX) $(if $(VALIDATE),--export $(EXPORTED))

azure-policies: .venv/.preflight ## Write the assigned policies to a file (STACK=prod)
	$(BIN)/python -m infra.azure_judges policies --stack $(or $(STACK),dev)

validate: .venv/.preflight ## Let ARM validate the deployment (STACK=prod)
	$(call export,$(or $(STACK),dev))
	$(BIN)/python -m infra.azure_judges validate --stack $(or $(STACK),dev) --export $(EXPORTED) \
		$(if $(LEVEL),--level $(LEVEL)) $(if $(TIME_LIMIT),--time-limit $(TIME_LIMIT))

# Another tool's findings decide no exit code. checkov skips folders whose name begins with a dot, except the one it is given.
CHECKOV ?= checkov
SCANNED = $(or $(STACK),$(patsubst Pulumi.%.yaml,%,$(wildcard Pulumi.*.yaml)))

scan: .venv/.runtime ## Run checkov, where installed, on the export (docs/scan.md)
	@command -v $(CHECKOV) > /dev/null || { \
		echo "checkov is not installed: pipx install checkov, or give CHECKOV=PATH. KICS, PSRule and Trivy read the export, too: docs/scan.md" >&2; \
		exit 1; }
	@for stack in $(SCANNED); do \
		rm -rf .rehearsal/scan/$$stack .rehearsal/scan/$$stack.sarif && mkdir -p .rehearsal/scan/$$stack && \
		$(call export,$$stack) && \
		LOG_LEVEL=ERROR $(CHECKOV) --directory .rehearsal/export/$$stack --framework arm --output sarif \
			--output-file-path .rehearsal/scan/$$stack --soft-fail --quiet --skip-download > /dev/null && \
		$(BIN)/python -m rehearsal attribute .rehearsal/scan/$$stack/results_sarif.sarif \
			--export .rehearsal/export/$$stack --output .rehearsal/scan/$$stack.sarif || exit 1; \
	done

verify: .venv/.preflight ## Try the promises on the platform (STACK=prod, FROM=hub)
	$(BIN)/python -m infra.verify --stack $(or $(STACK),dev) $(if $(FROM),--from '$(FROM)') $(if $(ONLY),--only '$(ONLY)') $(RUN)

pull-request: .venv/.runtime ## Report the changes against BASE, as a pull request does
	@test -n "$(BASE)" || { echo "BASE is missing: make pull-request BASE=origin/main, or any other commit" >&2; exit 2; }
	@mkdir -p .rehearsal
	$(BIN)/python -m rehearsal diff --base $(BASE) --policy-pack policies --format markdown --output .rehearsal/pull-request.md

# The ten below need the Pulumi CLI, a login to Azure, PULUMI_BACKEND_URL and STACK: what pipelines run.

# $(call preview,NAME,OPTIONS): what the engine says, as .rehearsal/NAME-STACK.md, and the exit code it ended with. The event log
# carries the policies' findings, which `--json` does not; it may hold secrets, so it goes at once.
define preview
	@mkdir -p .rehearsal && rm -f .rehearsal/$(1)-$(STACK).*
	pulumi login && pulumi stack select $(STACK)
	@PULUMI_DEBUG_COMMANDS=true pulumi preview $(2) --event-log .rehearsal/$(1)-$(STACK).events; code=$$?; \
	echo $$code > .rehearsal/$(1)-$(STACK).code; \
	$(BIN)/python -m rehearsal diff --event-log .rehearsal/$(1)-$(STACK).events --stack $(STACK) --format markdown \
		--output .rehearsal/$(1)-$(STACK).md || code=1; \
	rm -f .rehearsal/$(1)-$(STACK).events; exit $$code
endef

real-preview: .venv/.runtime
	$(call preview,real-preview,--policy-pack policies --policy-pack-config $(POLICY_PACK_CONFIG))

# What people approve: the engine's plan, or, for a stack that was never deployed, the rehearsal's inventory; sealed with
# commit, state and digest. APPROVE=rehearsal where a plan cannot hold (docs/decisions/0014-what-approvers-approve.md).
PLAN = $(BIN)/python -m pipelines.plan
COMMIT = $$(git rev-parse HEAD)
REHEARSED = $(BIN)/python -m rehearsal preview --stack $(STACK) --json

plan: .venv/.runtime
	@mkdir -p .rehearsal && rm -f .rehearsal/plan-$(STACK).* .rehearsal/state-$(STACK).json
	pulumi login && pulumi stack select $(STACK)
	pulumi stack export --file .rehearsal/state-$(STACK).json
	@if [ "$$($(PLAN) kind --stack $(STACK) $(if $(APPROVE),--kind $(APPROVE)))" = update_plan ]; then \
		$(MAKE) --no-print-directory --file $(firstword $(MAKEFILE_LIST)) --old-file .venv/.runtime update-plan; \
	else $(REHEARSED) .rehearsal/plan-$(STACK).rehearsal > .rehearsal/plan-$(STACK).md; fi
	@$(PLAN) seal --stack $(STACK) --commit $(COMMIT) $(if $(APPROVE),--kind $(APPROVE)) > .rehearsal/plan-$(STACK).begin
	@cat .rehearsal/plan-$(STACK).md >> .rehearsal/plan-$(STACK).begin
	@mv .rehearsal/plan-$(STACK).begin .rehearsal/plan-$(STACK).md && rm .rehearsal/state-$(STACK).json

update-plan: .venv/.runtime
	@mkdir -p .rehearsal/saved
	$(call preview,plan,--policy-pack policies --policy-pack-config $(POLICY_PACK_CONFIG) --save-plan .rehearsal/saved/plan.json)
	@mv .rehearsal/saved/plan.json .rehearsal/plan-$(STACK).json && rmdir .rehearsal/saved

# Deploys what was approved and nothing else: the files of `make plan` must be in .rehearsal.
deploy: .venv/.runtime
	@mkdir -p .rehearsal
	pulumi login && pulumi stack select $(STACK)
	pulumi stack export --file .rehearsal/state-$(STACK).json
	@if [ -f .rehearsal/plan-$(STACK).rehearsal ]; then $(REHEARSED) .rehearsal/deploy-$(STACK).rehearsal > /dev/null; fi
	@$(PLAN) check --stack $(STACK) --commit $(COMMIT) > .rehearsal/up-$(STACK).options; code=$$?; rm .rehearsal/state-$(STACK).json; exit $$code
	# A first private deployment has two phases; the first never takes away what the second has made.
	$(BIN)/python -m infra.phases --stack $(STACK)
	# A release changes images and traffic behind the state's back, and an update would send the state's: read them first.
	pulumi refresh --yes --skip-preview --target '**azure-native:app:ContainerApp::*' --target '**azure-native:machinelearningservices:OnlineEndpoint::*'
	$(TRIGGERS) around --stack $(STACK) -- pulumi up --yes $$(cat .rehearsal/up-$(STACK).options) --policy-pack policies --policy-pack-config $(POLICY_PACK_CONFIG)
	$(BIN)/python -m infra.monitoring.spark_network --stack $(STACK)

# After every deployment, with a sign-in of its own: what the stack promises, asked of the platform as it was deployed. Grants of
# this deployment take minutes to spread, so what is broken is asked again.
verify-deployment: .venv/.preflight
	@mkdir -p .rehearsal && rm -f .rehearsal/verify-$(STACK).*
	pulumi login && pulumi stack select $(STACK)
	pulumi stack output --json > .rehearsal/outputs-$(STACK).json
	@$(BIN)/python -m infra.verify --stack $(STACK) $(if $(FROM),--from '$(FROM)') --outputs .rehearsal/outputs-$(STACK).json \
		--retry-for 600 --time-limit 1500 --format junit --output .rehearsal/verify-$(STACK).xml \
		> .rehearsal/verify-$(STACK).txt; code=$$?; cat .rehearsal/verify-$(STACK).txt; exit $$code

# What no resource does: provisions Azure ML's managed network with Spark, where model monitors run. Part of deploy.
provision-spark: .venv/.runtime
	$(BIN)/python -m infra.monitoring.spark_network --stack $(STACK)

# A running trigger of the data factory refuses its update: deploy stops them, and starts them whether it succeeds or not.
# By hand, and where a deployment was cut off: the halves.
stop-triggers: .venv/.runtime
	$(TRIGGERS) stop --stack $(STACK)

start-triggers: .venv/.runtime
	$(TRIGGERS) start --stack $(STACK)

drift: .venv/.runtime
	$(call preview,drift,--refresh --expect-no-changes --diff)

# AzureDatabricks' application id, the same in every tenant.
DATABRICKS = 2ff814a6-3304-4ab8-85cb-cd0e6f879c1d

# az can exchange a job's own token for five or ten minutes after the sign-in, and what it got then lasts an hour or more
# (github.com/Azure/azure-cli/issues/28708). A first deployment reaches Databricks later than that: so both tokens that its provider
# asks az for are fetched at once. A tenant without Databricks has no such application, and needs no token.
azure-tokens:
	@for resource in $(DATABRICKS) https://management.core.windows.net/; do \
		az account get-access-token --resource $$resource --output none || echo "no token for $$resource"; done

sync-git-folders:
	@mkdir -p .rehearsal
	pulumi login && pulumi stack select $(STACK) && pulumi stack output --json > .rehearsal/outputs.json
	@DATABRICKS_TOKEN=$$(az account get-access-token --resource $(DATABRICKS) --query accessToken --output tsv) \
	$(PYTHON) templates/notebooks-repository/sync_git_folder.py --outputs .rehearsal/outputs.json

test: .venv/.dev ## Run the tests, except the exhaustive ones
	$(PYTEST) -n 2 --dist loadscope -m "not exhaustive and not engine"

# Where both are asked for at once, after the others.
test-exhaustive: .venv/.dev .tools/oldest/.ready .tools/newest/.ready | $(filter test,$(MAKECMDGOALS)) ## Run the exhaustive tests (part of check)
	$(PYTEST) -n 2 --dist loadscope -m exhaustive

compatibility: .venv/.dev ## Compare every scenario with the last release
	$(PYTEST) -n 2 --dist loadscope tests/infra/test_compatibility.py tests/test_releases.py

test-engine: .venv/.dev ## Run the tests of the real engine (needs the Pulumi CLI)
	$(PYTEST) -m engine

# In environments of its own, with a Spark on this machine: Java 17 and Maven are needed beside Python.
WORKLOAD = templates/notebooks-repository

test-workload: .venv/.dev .tools/workload/.ready .tools/workload-newest/.ready ## Test the jobs' code on local Spark (needs Java 17, Maven)
	$(BIN)/basedpyright -p $(WORKLOAD)/pyproject.toml --pythonpath .tools/workload/bin/python
	cd $(WORKLOAD) && $(abspath .tools/workload)/bin/python -m pytest -q
	.tools/workload/bin/python -m pytest -q -s -c $(WORKLOAD)/pyproject.toml --confcutdir=tests/workload tests/workload/end_to_end.py
	cd $(WORKLOAD) && $(abspath .tools/workload-newest)/bin/python -m pytest -q tests/newest_line.py

check: test-exhaustive $(CHECKS) ## Exhaustive tests, format, lint, types, generated files

check-format: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

check-types: .venv/.dev
	$(BIN)/basedpyright

check-pages: .venv/.dev
	$(BIN)/python -m docs.generate_acts --check
	$(BIN)/python -m docs.generate --check

check-pipelines: .venv/.dev
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows $(WORKFLOWS)
	$(BIN)/check-jsonschema --builtin-schema vendor.azure-pipelines --data-transform azure-pipelines --regex-variant python $(PIPELINES)
	$(BIN)/zizmor --offline --quiet --no-progress $(WORKFLOWS)

format: .venv/.dev ## Format, and fix what can be fixed
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: .venv/.dev ## Write the generated pages and schemas
	$(BIN)/python -m docs.generate_acts
	$(BIN)/python -m docs.generate
	$(BIN)/python -m docs.generate_rehearsed

benchmark: .venv/.runtime ## Time the rehearsal against the bare SDK
	$(BIN)/python benchmarks/rehearsal.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/fresh_clone.py

# Each lock begins with this command: Renovate's pip-compile manager reads it, runs it again, and knows the options that are here
# and no others, each with `=` (docs.renovatebot.com modules/manager/pip-compile). What else uv is told lies in pyproject.toml.
LOCK = $(UV) pip compile --universal --python-version=3.11 --generate-hashes

NOTEBOOKS_LOCK = cd $(WORKLOAD) && $(abspath $(UV)) pip compile --universal --generate-hashes

lock: | $(UV) ## Write the lock files (needs the network)
	$(LOCK) --output-file=requirements.txt requirements.in pyproject.toml > /dev/null
	$(LOCK) --output-file=requirements-preflight.txt requirements-preflight.in pyproject.toml > /dev/null
	$(LOCK) --output-file=requirements-dev.txt requirements-dev.in pyproject.toml > /dev/null
	# The oldest packages that the rehearsal works with: the lower ends of its ranges.
	$(LOCK) --resolution=lowest-direct --extra=azure-native --extra=databricks --output-file=requirements-oldest.txt pyproject.toml > /dev/null
	# What a promotion in Unity Catalog runs beside the platform's own packages, in an environment of its own.
	$(LOCK) --output-file=requirements-mlflow.txt requirements-mlflow.in > /dev/null
	# What looks at a candidate's pickles before the gate, in an environment of its own.
	$(LOCK) --output-file=requirements-scan.txt requirements-scan.in > /dev/null
	# What the notebooks' own repository is tested with; Databricks Connect follows the runtime.
	$(NOTEBOOKS_LOCK) --python-version=3.11 --output-file=requirements-test.txt requirements-test.in > /dev/null
	$(NOTEBOOKS_LOCK) --python-version=3.11 --output-file=requirements-newest.txt requirements-newest.in > /dev/null
	$(NOTEBOOKS_LOCK) --python-version=3.12 --output-file=requirements-smoke.txt requirements-smoke.in > /dev/null

wheel: .venv/.runtime ## Build the rehearsal's wheel into dist/
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .

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

# Environments of other people's programs, at both ends of the rehearsal's ranges: its wheel is tested in them.
.tools/oldest/.ready: requirements-oldest.txt
.tools/newest/.ready: requirements.txt
.tools/workload/.ready: $(WORKLOAD)/requirements-test.txt
.tools/workload-newest/.ready: $(WORKLOAD)/requirements-newest.txt
.tools/%/.ready: | $(UV)
	$(UV) venv --quiet --allow-existing --python $(PYTHON) $(@D)
	$(UV) pip install --quiet --python $(@D)/bin/python --require-hashes -r $^
	@touch $@

.venv/.preflight: requirements-preflight.txt .venv/.runtime
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-preflight.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.runtime
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	@touch $@
