# `make demo` and `make test` need git, make, any Python 3 and the network; the rest they fetch.
# Paths are relative, because make cannot handle a space in a target, and what runs long begins
# with `exec`, because a shell in between would keep signals from it.

PORT = 8000
# All tests are shared out to the cores; a few are sooner done by one process.
ARGS = -n auto --maxprocesses 4 --dist worksteal
BIN = .venv/bin
UV_VERSION = 0.13.9

# uv from the PATH if it works there (a shim may not), else one of our own.
UV := $(shell unset PYENV_VERSION; uv --version >/dev/null 2>&1 && echo uv || echo .tools/bin/uv)
OWN_UV := $(filter .tools/%,$(UV))
SYNC = $(UV) sync --locked

# Certificates of the system, since uv does not read pip's settings. What else a shell may have
# exported for another project does not concern this one.
export UV_SYSTEM_CERTS := 1
unexport DJANGO_SETTINGS_MODULE PYENV_VERSION PYTHONPATH
unexport UV_PROJECT_ENVIRONMENT UV_PYTHON VIRTUAL_ENV

.PHONY: help demo sample test test-browser screenshots install lint shell clean

help: ## List what make can do here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

demo: .venv/.demo ## Show Azm with the real record on 127.0.0.1:8000 (other port: PORT=9000)
	@exec $(BIN)/python manage.py demo --port $(PORT)

sample: .venv/.demo ## Show an invented, fully reported policy on 127.0.0.1:8001 (other port: PORT=9001)
	@exec $(BIN)/python manage.py sample$(if $(filter command line,$(origin PORT)), --port $(PORT))

test: .venv/.dev ## Run the tests (some of them: ARGS="-k edition")
	@exec $(BIN)/python -m pytest $(ARGS)

test-browser: .venv/.browser ## Look at every page in Chromium, which is installed on Debian
	@AZM_BROWSER=required exec $(BIN)/python -m pytest azm/tests/browser $(if $(filter command line,$(origin ARGS)),$(ARGS),-n 2 --dist loadgroup)

screenshots: .venv/.browser ## Take the pictures of the README anew, from the demo and the sample
	@exec $(BIN)/python -m azm.tests.browser.screenshots

install: .venv/.dev ## Install all that developing needs

lint: .venv/.dev ## Check style, types, layers, templates, migrations and settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	SECRET_KEY=unused $(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo
	find templates -name '*.html' -exec $(BIN)/djade --check --target-version 6.1 {} +
	$(BIN)/python manage.py makemigrations --check
	AZM_HTTPS=True $(BIN)/python manage.py check --deploy --fail-level WARNING

shell: .venv/.dev ## Open Django's shell on the demo's database
	@exec $(BIN)/python manage.py shell

clean: ## Remove all that was installed or made here, entered data included
	rm -rf .tools .venv .postgres .postgres-sample .postgres-test .secret-key .demo-passwords staticfiles
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf .coverage htmlcov
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: done again only when what is to be installed has changed.

.venv/.demo: pyproject.toml uv.lock .python-version | $(OWN_UV)
	@echo "Installing what the demo needs"
	$(SYNC) --inexact --no-dev --extra demo
	@touch $@

.venv/.dev: pyproject.toml uv.lock .python-version | $(OWN_UV)
	@echo "Installing what developing needs"
	$(SYNC) --extra demo
	@touch $@

# Chromium, and the fonts that a reader's machine has: widths depend on them.
BROWSER = chromium fonts-liberation2 fonts-noto-core fonts-roboto-unhinted
.venv/.browser: .venv/.dev
	@dpkg --status $(BROWSER) >/dev/null 2>&1 || { command -v apt-get >/dev/null && echo "Installing $(BROWSER)" && \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends $(BROWSER); } || \
	    command -v chromium chromium-browser google-chrome $(AZM_CHROMIUM) >/dev/null || \
	    { echo "Install Chromium, or name one in AZM_CHROMIUM." >&2; exit 1; }
	$(SYNC) --inexact --extra demo --group browser
	@touch $@

# From / because a pyenv shim fails in a folder whose .python-version it does not have.
.tools/bin/uv:
	@echo "Fetching uv $(UV_VERSION) into .tools"
	@rm -rf .tools; tools="$$PWD/.tools"; cd /; \
	export PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 PIP_ROOT_USER_ACTION=ignore; \
	install="install --quiet --disable-pip-version-check --only-binary :all: uv==$(UV_VERSION)"; \
	for python in python3 python; do \
	    if $$python -m pip --version >/dev/null 2>&1; then \
	        $$python -m pip $$install --target "$$tools" && exit; \
	    elif $$python -m venv "$$tools"; then \
	        "$$tools/bin/python" -m pip $$install && exit; \
	    fi; \
	done; \
	echo "uv could not be fetched. It takes a Python 3 with pip or venv, and the network;" \
	    "or install uv yourself." >&2; exit 1
