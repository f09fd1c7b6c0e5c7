# Every target only calls commands that the README prints.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
CASE   := cases/sjia-tocilizumab-tofacitinib.yaml

.PHONY: demo test check servers bench terms schema docs golden clean

demo: $(VENV)/.user
	$(BIN)/casefhir check $(CASE)
	$(BIN)/casefhir export $(CASE) -o build/demo/
	$(BIN)/python tools/show_bundle.py build/demo/sjia-tocilizumab-tofacitinib.fhir-r4.json

test: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --dist loadgroup

check: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n auto --hypothesis-profile quick -m "not java and not node and not long"

servers: $(VENV)/.dev
	$(BIN)/pytest --servers tests/push

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

terms: $(VENV)/.dev
	$(BIN)/python tools/make_index.py
	$(BIN)/python tools/make_schema.py

schema: $(VENV)/.dev
	$(BIN)/python tools/make_schema.py

docs: $(VENV)/.dev
	$(BIN)/python -m tools.make_docs

golden: $(VENV)/.dev
	$(BIN)/pytest tests/test_cases.py --update-golden

clean:
	rm -rf $(VENV) build dist

$(VENV)/.user: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -e .
	touch $@

$(VENV)/.dev: pyproject.toml requirements-dev.lock
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps -e .
	touch $@ $(VENV)/.user
