PYTHON ?= python3
# How many processes pytest uses.
JOBS ?= auto

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check install --progress-bar off
# What runs at GitHub: ours, the action that others use, and the workflow that a new guide gets.
WORKFLOWS := .github/workflows action.yml plugin/mkdocs_assessor/starter/github/workflows
MYPY_PATHS = $(wildcard assessor plugin/mkdocs_assessor tools tests benchmarks)

# A tag may be named v1.0.0$(…): make would run that when it expands the variable, and a shell when it reads the recipe.
# So these stay as they are, and recipes read them from the environment.
$(foreach name,TAG VERSION SKIPPING ACCOUNT ALIAS SITE_URL,$(if $(value $(name)),$(eval override export $(name) := $$(value $(name)))))

.DEFAULT_GOAL := help
.PHONY: help site site-zensical serve test quick test-lowest test-newest tested-versions lint format bench bench-page mutants \
  api case-study pictures sites dist release release-owner release-check site-branch release-dry-run pin clean node frameworks
# Two pip runs in one environment break each other.
.NOTPARALLEL:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# -q would hide the warnings that --strict turns into a failure.
site: $(VENV)/.installed-docs ## Build the published site into site/
	$(PY) -m mkdocs build --strict

# A cached page would keep what its diagnostics would say.
site-zensical: $(VENV)/.installed-zensical ## Build the same site by Zensical into site-zensical/
	$(PY) -m zensical build --strict --clean -f zensical.yml
	$(PY) -m assessor publish zensical.yml

serve: $(VENV)/.installed-docs ## Serve the site, rebuilt at each change
	$(PY) -m mkdocs serve

test: $(VENV)/.installed-test node_modules/.installed frameworks ## Run every test, after fetching a browser and Node.js where missing
	$(PY) tools/browser.py --ensure
	$(PY) -m pytest -n $(JOBS) --dist worksteal

# The ignored folders open browsers, compare both interpreters on thousands of answers, or build with every generator.
# Some of the others take seconds, and say so by a marker.
quick: $(VENV)/.installed-test node_modules/.installed ## Run the tests for daily work, without a browser
	$(PY) -m pytest -n $(JOBS) --dist worksteal -m "not slow" $(addprefix --ignore=tests/,browser conformance plugin/generators)

# The environments are beside $(VENV), one for each Python: PYTHON says which one, and PARTS what to test, such as tests/assessor.
test-lowest test-newest: test-%: node_modules/.installed
	$(PYTHON) tools/releasing/ranges.py $* -n $(JOBS) --dist worksteal $(PARTS)

test-lowest: ## Run the tests with the lowest releases that pyproject.toml allows
test-newest: ## Run the tests with the newest ones

tested-versions: $(VENV)/.installed-docs ## Publish the last results of these two in docs/tested-versions.md
	$(PY) -m tools.releasing.tested publish

lint: $(VENV)/.installed-lint node_modules/.installed ## Check style, types and layers
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy $(MYPY_PATHS)
	$(VENV)/bin/lint-imports
	$(VENV)/bin/zizmor --offline --quiet --no-progress $(WORKFLOWS)
	$(PY) tools/node.py npm run lint
	$(PY) -m tools.prose

format: $(VENV)/.installed-lint ## Rewrite the Python in the agreed style
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

bench: site $(VENV)/.installed-bench node_modules/.installed ## Measure deciding, compiling, start-up and builds beside the peers
	$(PY) tools/browser.py --ensure
	$(PY) -m benchmarks

bench-page: site $(VENV)/.installed-bench node_modules/.installed ## Measure what a tick costs in the browser, beside the peers
	$(PY) tools/browser.py --ensure
	$(PY) -m benchmarks page

mutants: $(VENV)/.installed-test node_modules/.installed ## Break the queries on purpose, and see whether a test notices
	$(PY) -m tools.mutants

api: $(VENV)/.installed-docs ## Write docs/api*.md, the Python API, from the docstrings
	$(PY) -m tools.api

case-study: $(VENV)/.installed-docs ## Write the table of docs/case-study.md, the words that each worked case reads
	$(PY) -m tools.case_study

pictures: site site-zensical $(VENV)/.installed-test ## Take the screenshots that the README and the docs show
	$(PY) tools/browser.py --ensure
	$(PY) -m tools.pictures

sites: $(VENV)/.installed-docs ## Build public sites with and without us: make sites CLONES=/folder/of/clones
	@test -n "$(CLONES)" || { echo "Name the folder of the clones: make sites CLONES=/folder (see tools/sites/sites.yml)" >&2; exit 2; }
	$(PY) -m tools.sites.build "$(CLONES)" $(addprefix --only ,$(ONLY))

dist: $(VENV)/.installed-dist ## Build the wheel and the sdist, check them, and follow the tutorial with the wheel alone
	$(PY) -m tools.releasing.dist

release: $(VENV)/.installed-dist ## Turn what is unreleased into VERSION, as CONTRIBUTING.md says
	$(PY) -m tools.releasing.release cut $${SKIPPING:+--skipping} -- "$$VERSION"

release-owner: $(VENV)/.installed-dist ## Write ACCOUNT wherever the repository is named
	$(PY) -m tools.releasing.release owner -- "$$ACCOUNT"

release-check: $(VENV)/.installed-dist ## Fail unless TAG stands here for what the files say
	$(PY) -m tools.releasing.release check -- "$$TAG"

site-branch: $(VENV)/.installed-dist ## Commit the site to the local branch gh-pages, as VERSION and as ALIAS
	$(PY) -m tools.releasing.site "$$VERSION" $${ALIAS:+"$$ALIAS"}

release-dry-run: $(VENV)/.installed-dist ## Release what is committed from a scratch clone, up to the uploads
	$(PY) -m tools.releasing.dry_run

pin: ## Write constraints.txt anew, with today's releases
	rm -rf $(VENV)-pin
	$(PYTHON) -m venv $(VENV)-pin
	$(VENV)-pin/bin/python -m pip --disable-pip-version-check install --progress-bar off --editable '.[lint,node,bench,dist]'
	$(VENV)-pin/bin/python tools/pin.py > $(VENV)-pin/constraints.txt
	mv $(VENV)-pin/constraints.txt constraints.txt
	rm -rf $(VENV)-pin

clean: ## Remove all that make has built and installed
	rm -rf $(VENV) $(VENV)-* node_modules tests/frameworks/node_modules site site-zensical dist \
	  .cache .hypothesis .mypy_cache .pytest_cache .ranges .ruff_cache .benchmarks

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "Python 3.10 or newer is needed: make PYTHON=/path/to/python3 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
	  { echo "Python's venv module is needed (Debian, Ubuntu: apt-get install python3-venv)." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed-%: pyproject.toml constraints.txt | $(PY)
	$(PIP) --constraint constraints.txt --editable '.[$*]'
	@touch $@

node: $(PY)
	@$(PY) tools/node.py --ensure

# The browser tests show our web component in them; 'make lint' and 'make quick' do without.
frameworks: tests/frameworks/node_modules/.installed

tests/frameworks/node_modules/.installed: $(addprefix tests/frameworks/,package.json package-lock.json .npmrc) | node
	cd tests/frameworks && $(abspath $(PY)) $(abspath tools/node.py) npm ci
	@touch $@

node_modules/.installed: package.json package-lock.json .npmrc | node
	$(PY) tools/node.py npm ci
	@touch $@
