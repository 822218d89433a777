# One command for each chore. `make help` lists them.
PORT ?= 5000
HOST ?= 127.0.0.1
DEMO ?= 1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
FLASK := $(BIN)/python -m flask --app wsgi
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help run test test-postgresql journeys lint format translations bench audit audit-tools organiser sequences pictures clean

help: ## List the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

run: $(VENV)/ready ## Start web and worker with the demo series (DEMO=0: empty, PORT=8080: elsewhere)
	@$(FLASK) db upgrade
	@if [ "$(DEMO)" != 0 ]; then $(FLASK) demo --if-empty; fi
	@exec $(FLASK) start --host $(HOST) --port $(PORT)

organiser: $(VENV)/ready ## Make an account: make organiser EMAIL=you@example.org
	@$(FLASK) db upgrade
	@$(FLASK) create-organiser "$(EMAIL)"

test: $(VENV)/ready-dev ## Run every test: on SQLite, in a real browser, and on PostgreSQL where it is installed
	$(BIN)/python -m pytest -n auto -m "not journey"
	$(BIN)/python -m pytest -m journey
	@if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then $(MAKE) --no-print-directory test-postgresql; \
	else echo "PostgreSQL's server is not installed here: its tests were skipped."; fi

test-postgresql: $(VENV)/ready-dev ## Run the tests that touch the database on a PostgreSQL of their own
	TEST_DATABASE=postgresql $(BIN)/python -m pytest -n auto -m "not journey" --ignore tests/analysis

journeys: $(VENV)/ready-dev ## Run only the tests that drive a real browser
	$(BIN)/python -m pytest -m journey

lint: $(VENV)/ready-dev ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check webapp tests config.py wsgi.py
	$(BIN)/mypy

format: $(VENV)/ready-dev ## Set the code in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format webapp tests config.py wsgi.py

translations: $(VENV)/ready ## Bring the catalogues in webapp/translations up to date (NEW=fr begins a language)
	$(FLASK) translations $(if $(NEW),--new $(NEW))

bench: $(VENV)/ready-dev ## Print the speed and quality tables (DATASETS names the folder of labelled sets)
	@for file in $(filter-out benchmarks/pictures.py,$(wildcard benchmarks/*.py)); do echo; echo "== $$file"; PYTHONPATH=. $(BIN)/python $$file || exit 1; done

audit-tools:
	test -x $(VENV)-audit/bin/python || $(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet pip-audit==2.10.1 cyclonedx-bom==7.5.0

audit: $(VENV)/ready audit-tools ## Look up known weaknesses of what is installed, and write its bill of materials (bill-of-materials.json)
	$(VENV)-audit/bin/cyclonedx-py environment --output-file bill-of-materials.json $(BIN)/python
	@$(VENV)-audit/bin/pip-audit --disable-pip --no-deps --format json --progress-spinner off --timeout 10 \
	--requirement requirements.txt 2>/dev/null | $(PYTHON) .ci/audit.py

sequences: $(VENV)/ready-dev ## Check the curation log on 500 random sequences of 300 verbs (takes hours)
	CURATION_SEQUENCES=500 CURATION_VERBS=300 $(BIN)/python -m pytest tests/themes/test_curation_properties.py

pictures: $(VENV)/ready-dev ## Draw the documentation's picture anew from the demo
	PYTHONPATH=.:benchmarks $(BIN)/python benchmarks/pictures.py

clean: ## Remove the environment and caches, never the data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/ready: requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/ready-dev: requirements.txt requirements-dev.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $(VENV)/ready $@
