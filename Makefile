# Each target makes .venv if there is none and installs what it needs; nothing else has to be prepared.
# Without compiling what is never imported, the environment takes a sixth less room.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test bench clean

$(VENV)/.core: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --no-compile --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	touch $@

# Reads the sample corpus, answers three questions, draws graph.html.
demo: $(VENV)/.core
	$(BIN)/kg demo --output graph.html

# Format, lint, types, then every test and doctest; the browser tests need Debian's chromium.
test: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto

# Speed and memory, each figure beside a peer's in the same run.
bench: $(VENV)/.dev
	$(BIN)/python -m tests.bench

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis kg-store graph.html
