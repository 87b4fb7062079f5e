# Two commands do everything on a fresh machine with Python 3.11 or newer: make site, make test.

SHELL := /bin/sh
VENV := .venv
PY := $(VENV)/bin/python

# Passed through by hand:  make test ARGS="-k mentions -x"   make lock UPGRADE=1   make site PYTHON=/opt/py/bin/python3
ARGS ?=
UPGRADE ?=
PYTHON ?=
# The pages that make audit rates: one of each kind, the main explainer first.
RATED ?= russia-china/ "" glossary/ glossary/crimea/ tags/russia/
# Tests run in a process for each core; those of a file share what it sets up, so they stay together.
BESIDE ?= --numprocesses auto --dist loadfile
export PYTHON
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help site test test-long browser programs audit messages lock clean install install-dev

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

site: install ## set up .venv and build the sample site
	@$(PY) -m generator build
	@echo "Open $(CURDIR)/site/index.html in a browser."

test: install-dev browser programs ## everything: ruff, mypy, pytest (ARGS="..." goes to pytest)
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@CHROMIUM="$$(cat $(VENV)/browser)" $(PY) -m pytest $(BESIDE) $(ARGS)

test-long: install-dev browser ## kills, damage, random edits, growth: far more of each than make test tries (an hour)
	@CHROMIUM="$$(cat $(VENV)/browser)" TEST_LONG=1 $(PY) -m pytest -m long $(BESIDE) $(ARGS)

browser: install-dev ## find Chromium or install it; its path is then in .venv/browser
	@sh -c "$$FIND_BROWSER" browser

programs: ## find git, rsync and OpenSSH for the tests of publishing, or install them
	@sh -c "$$FIND_PROGRAMS" programs

audit: install browser ## build the sample site, check its HTML, rate it with Lighthouse (needs npm and Java 17)
	@for tool in npm java; do command -v $$tool > /dev/null \
	  || { echo "make audit needs $$tool (Debian: apt-get install npm default-jre-headless)." >&2; exit 1; }; done
	@mkdir -p .cache/audit && cp tests/audit/package.json .cache/audit/
	@cd .cache/audit && npm install --silent --no-package-lock --ignore-scripts --no-audit --no-fund
	@$(PY) -m generator build --output .cache/audit/site
	@$(PY) tests/audit/check.py .cache/audit/node_modules/vnu-jar/build/dist/vnu.jar .cache/audit/site
	@CHROME_PATH="$$(cat $(VENV)/browser)" $(PY) tests/audit/lighthouse.py \
	  .cache/audit/node_modules/lighthouse/cli/index.js .cache/audit/site $(RATED)

messages: install-dev ## bring the catalogues of templates/locale up to date with the templates
	@$(PY) -m tests.messages

lock: ## write the lock files anew after a change in pyproject.toml (UPGRADE=1: to the newest versions)
	@sh -c "$$LOCK" lock

clean: ## remove .venv, caches and everything built, all of site/ included
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis dist build *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find site -mindepth 1 ! -path site/.gitkeep -delete

install:
	@sh -c "$$INSTALL" install requirements.lock
install-dev:
	@sh -c "$$INSTALL" install requirements-dev.lock

# Sets $python to the first Python that is new enough.
define FIND_PYTHON
find_python() {
    for python in "$$PYTHON" python3 python3.14 python3.13 python3.12 python3.11 python; do
        [ -n "$$python" ] || continue
        if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then return; fi
        if [ "$$python" = "$$PYTHON" ]; then echo "PYTHON=$$PYTHON is no Python 3.11 or newer." >&2; exit 1; fi
    done
    echo "Python 3.11 or newer is needed; found: $$(python3 --version 2>&1 || echo none)." >&2
    echo "Install it, or name it: make site PYTHON=/path/to/python3" >&2
    exit 1
}
endef

# $1: the lock file. A stamp in .venv holds what was installed, so a second run takes no time; the dev lock holds all of
# the other one, so its stamp serves both. Once a lock or pyproject.toml changes, .venv is made from nothing: what is no
# longer in the lock must not stay.
define INSTALL
set -eu
$(FIND_PYTHON)
lock=$$1
key=$$({ cat requirements.lock requirements-dev.lock pyproject.toml; pwd; echo "$$PYTHON"; } | cksum)
installed() { [ "$$(cat $(VENV)/stamp-$$1 2> /dev/null)" = "$$key" ]; }
works() { $(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; }
if works && { installed $$lock || installed requirements-dev.lock; }; then exit 0; fi

if ! works || ! installed requirements.lock; then
    find_python
    echo "Setting up $(VENV) with $$("$$python" --version) ..."
    "$$python" -m venv --clear $(VENV) || {
        echo "That Python cannot make a virtual environment (Debian, Ubuntu: apt-get install python3-venv)." >&2
        rm -rf $(VENV)
        exit 1
    }
fi
echo "Installing $$lock ..."
$(PY) -m pip install --quiet --require-hashes -r $$lock
$(PY) -m pip install --quiet --no-index --no-deps --no-build-isolation -e .
echo "$$key" > $(VENV)/stamp-$$lock
endef
export INSTALL

# The browser tests use: $CHROMIUM if set (a path or a command), else one on PATH, else one that is installed here: by
# apt-get where that needs no password, else by Playwright. None is a failure: a test that is skipped holds nothing.
define FIND_BROWSER
set -eu
found() {
    path=$$(command -v "$$1") && "$$path" --version > /dev/null 2>&1 || return 1
    echo "$$path" > $(VENV)/browser
    echo "Browser: $$path"
    exit 0
}
find_on_path() {
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"
    do found "$$name" || true; done
}
if [ -n "$${CHROMIUM:-}" ]; then
    found "$$CHROMIUM" || { echo "CHROMIUM=$$CHROMIUM does not run." >&2; exit 1; }
fi
if [ -s $(VENV)/browser ]; then found "$$(cat $(VENV)/browser)" || true; fi
find_on_path

as_root=none
if [ "$$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2> /dev/null; then as_root="sudo -n"; fi
with_deps=
if command -v apt-get > /dev/null && [ "$$as_root" != none ]; then
    with_deps=--with-deps
    echo "No Chromium here: installing it with apt-get ..."
    { $$as_root apt-get update -qq \
      && $$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
      > /dev/null || echo "apt-get could not install it." >&2
    find_on_path
fi
echo "Trying Playwright's own Chromium ..."
if $(PY) -m playwright install $$with_deps chromium; then
    found "$$($(PY) -c 'from playwright.sync_api import sync_playwright as start
with start() as p: print(p.chromium.executable_path)')" || true
fi
echo "The tests need Chromium or Chrome, and none could be installed. Install one" >&2
echo "(Debian: apt-get install chromium; macOS: brew install --cask chromium)," >&2
echo "or name it: make test CHROMIUM=/path/to/chrome" >&2
exit 1
endef
export FIND_BROWSER

# The tests of publishing use the real programs: installed by apt-get where that needs no password. None is a failure.
define FIND_PROGRAMS
set -eu
missing() {
    for program in git rsync ssh sshd; do
        command -v $$program > /dev/null || [ -x /usr/sbin/$$program ] || printf '%s ' $$program
    done
}
if [ -n "$$(missing)" ] && command -v apt-get > /dev/null; then
    as_root=none
    if [ "$$(id -u)" = 0 ]; then as_root=; elif sudo -n true 2> /dev/null; then as_root="sudo -n"; fi
    if [ "$$as_root" != none ]; then
        echo "Installing with apt-get: $$(missing)..."
        { $$as_root apt-get update -qq && $$as_root env DEBIAN_FRONTEND=noninteractive \
          apt-get install -y -qq --no-install-recommends git rsync openssh-server openssh-client; } > /dev/null || true
    fi
fi
if [ -n "$$(missing)" ]; then
    echo "The tests of publishing need $$(missing)(Debian: apt-get install git rsync openssh-server)." >&2
    exit 1
fi
endef
export FIND_PROGRAMS

# Resolved on one machine for all: what only Windows needs is resolved without its marker, and gets it back afterwards.
# editables is what hatchling needs for an installation with -e. Run it with the oldest Python supported.
PIP_TOOLS := pip-tools==7.6.2
ON_WINDOWS := tzdata colorama
define LOCK
set -eu
$(FIND_PYTHON)
tools=.cache/lock
if [ "$$(cat $$tools/stamp 2> /dev/null)" != '$(PIP_TOOLS)' ]; then
    find_python
    "$$python" -m venv --clear $$tools
    $$tools/bin/python -m pip install --quiet '$(PIP_TOOLS)'
    echo '$(PIP_TOOLS)' > $$tools/stamp
fi
$$tools/bin/python - <<'END'
import pathlib, tomllib
project = tomllib.loads(pathlib.Path("pyproject.toml").read_text(encoding="utf-8"))
project_extras = project["project"]["optional-dependencies"]
run = [*project["project"]["dependencies"], *project_extras["search"], *project["build-system"]["requires"], "editables>=0.5"]
dev = [*run, *project["dependency-groups"]["dev"], "colorama>=0.4.6"]
for name, lines in ("run", run), ("dev", dev):
    text = "".join(line.split(";")[0].strip() + "\n" for line in lines)
    pathlib.Path(f".cache/lock/{name}.in").write_text(text, encoding="utf-8")
END
compile() {
    $$tools/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --annotation-style line \
        --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
        $(if $(UPGRADE),--upgrade) --output-file "$$@"
}
cp requirements.lock $$tools/run.lock 2> /dev/null || true
cp requirements-dev.lock $$tools/dev.lock 2> /dev/null || true
compile $$tools/run.lock $$tools/run.in
compile $$tools/dev.lock --constraint $$tools/run.lock $$tools/dev.in
for name in run dev; do
    { echo "# Made by make lock from pyproject.toml; not to be edited by hand."
      sed -E -e 's|-c [^ ,]*/run\.lock, *||' -e 's|-[rc] [^ ,]*/[a-z]+\.in|pyproject.toml|' \
        $(foreach name,$(ON_WINDOWS),-e 's|^($(name)==[^ ]*) .*\\$$$$|\1 ; sys_platform == "win32" \\|') \
        $$tools/$$name.lock | grep -v '^# Made by make lock'
    } > $$tools/$$name.new
done
mv $$tools/run.new requirements.lock
mv $$tools/dev.new requirements-dev.lock
endef
export LOCK
