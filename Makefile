# `make help` lists the targets. Only Python 3.11+ and make are needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup scrape extract review report test test-browser browser lint format bench bench-peers evaluate docs sample lock clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.ok: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0] + "; say make PYTHON=python3.11") if sys.version_info < (3, 11) else None'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing pinned dependencies into $(VENV) (once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# More packages for the virtual environment, from the first of the target's prerequisites; $(1) says what they are.
define add
@echo "installing $(1) into $(VENV) (once)"
@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
@touch $@
endef

$(VENV)/dev.ok: requirements-dev.txt $(VENV)/run.ok
	$(call add,the development tools)

$(VENV)/scrape.ok: requirements-scrape.txt $(VENV)/run.ok
	$(call add,the scraper's packages)

$(VENV)/report.ok: requirements-report.txt $(VENV)/run.ok
	$(call add,the packages for reports and exports)

$(VENV)/review.ok: requirements-review.txt $(VENV)/run.ok
	$(call add,the review page's packages)

$(VENV)/browser.ok: requirements-browser.txt $(VENV)/dev.ok $(VENV)/review.ok
	$(call add,Playwright)

setup: $(VENV)/run.ok  ## create .venv with the pinned dependencies

scrape: $(VENV)/scrape.ok  ## a forum's threads → raw/ (URL='https://…', more with ARGS="--pages 3 …")
	@test -n "$$URL" || { echo "say make scrape URL='https://…' (a thread, or a list of threads)"; exit 2; }
	@$(BIN)/taojin scrape "$$URL" $(ARGS)

extract: $(VENV)/run.ok  ## raw/ → extracted/ (more with ARGS="--jobs 2 …")
	@$(BIN)/taojin extract $(ARGS)

review: $(VENV)/review.ok  ## look at extracted/ in the browser, decide, correct (more with ARGS="--port 8765 …")
	@$(BIN)/taojin review $(ARGS)

report: $(VENV)/report.ok  ## extracted/ → extracted/report/report.html and pictures (ARGS="--lang en …")
	@$(BIN)/taojin report $(ARGS)

test: $(VENV)/dev.ok $(VENV)/scrape.ok $(VENV)/report.ok $(VENV)/review.ok  ## run the tests
	@$(BIN)/python -m pytest $(ARGS)

browser:  ## install Chromium with Chinese fonts (Debian, as root)
	@test -n "$$TAOJIN_CHROMIUM" || command -v chromium >/dev/null || { \
		test "$$(id -u)" = 0 && command -v apt-get >/dev/null || { \
			echo "no Chromium here; only root can install it, with apt-get. Install it yourself, or name yours: TAOJIN_CHROMIUM=/path/to/chrome"; exit 2; }; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; }

test-browser: $(VENV)/browser.ok  ## run the tests that drive a real Chromium (make browser installs it)
	@$(BIN)/python -m pytest tests/browser $(ARGS)

lint: $(VENV)/dev.ok $(VENV)/scrape.ok $(VENV)/report.ok $(VENV)/review.ok  ## ruff and mypy, changing nothing
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy

format: $(VENV)/dev.ok  ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

docs: $(VENV)/run.ok  ## write docs/table.md from the schema
	@$(BIN)/python -m pipeline.table.document docs/table.md

bench: $(VENV)/dev.ok $(VENV)/review.ok  ## timings as ratios, into benchmarks/results/
	@$(BIN)/python -m benchmarks $(ARGS)

bench-peers:  ## the peers of `make bench`, in an environment of their own (downloads them)
	@test -x benchmarks/.venv-peers/bin/python || $(PYTHON) -m venv benchmarks/.venv-peers
	@benchmarks/.venv-peers/bin/python -m pip install --quiet --upgrade pip
	@benchmarks/.venv-peers/bin/python -m pip install --quiet trafilatura==2.3.1 resiliparse==2.0.1 readability-lxml==0.9
	@benchmarks/.venv-peers/bin/python -m pip install --quiet selectolax==1.0.2 rjieba==0.2.2 pyahocorasick==2.3.1 pyarrow==26.0.1
	@benchmarks/.venv-peers/bin/python -m pip install --quiet jieba==0.42.1 beautifulsoup4==4.15.0 spacy==3.8.18 pandas==3.1.1
	@benchmarks/.venv-peers/bin/python -m pip install --quiet jionlp==1.5.31 emoji==1.7.0 recognizers-text-number==1.0.2a2 recognizers-text-number-with-unit==1.0.2a2

evaluate: $(VENV)/run.ok  ## precision, recall, F1 on gold posts and your reviews (more with ARGS="--errors …")
	@$(BIN)/taojin evaluate $(ARGS)
	@$(BIN)/python -m benchmarks.scores

lock:  ## pin the dependencies anew (needs uv)
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade -q -o requirements.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.txt -q -o requirements-dev.txt
	uv pip compile pyproject.toml --extra scrape --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.txt -q -o requirements-scrape.txt
	uv pip compile pyproject.toml --extra report --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.txt -q -o requirements-report.txt
	uv pip compile pyproject.toml --extra review --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements.txt -q -o requirements-review.txt
	uv pip compile pyproject.toml --extra dev --extra browser --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate -c requirements-dev.txt -q -o requirements-browser.txt

clean:  ## remove the environment and caches, never raw/ or extracted/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache *.egg-info

sample: $(VENV)/run.ok  ## the sample table and picture of the READMEs, from extracted/ (needs Chromium)
	@$(BIN)/python docs/sample.py
