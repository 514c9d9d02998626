# What a developer runs; `just` alone lists it.
default:
    @just --list

# The tests, as the README runs them
test *arguments:
    .venv/bin/pytest {{arguments}}

# A thousand random lives of each sort and every crash point: hours
long *arguments:
    MAILCTL_LIVES=1000 .venv/bin/pytest tests {{arguments}}

# Every change killed, refused and cut off at every system call; a store harmed 2,000 times: an hour or two
faults *arguments:
    MAILCTL_LIVES=100000 .venv/bin/pytest -n auto tests/faults {{arguments}}

# Every test that makes a store, on a PostgreSQL of the tests' own: an hour
postgresql *arguments:
    .venv/bin/pytest --engine postgresql {{arguments}}

# The Modoboa driver against a real one, installed here: apt install librrd-dev gcc python3-dev redis-tools
modoboa *arguments:
    .venv/bin/python -m tests.modoboa.install
    .venv/bin/pytest tests/modoboa {{arguments}}

# Style, types, import rules, generated files
lint:
    .venv/bin/ruff check
    .venv/bin/ruff format --check
    .venv/bin/mypy
    .venv/bin/lint-imports
    .venv/bin/python scripts/generate.py --check

# Completion files and man pages, from the program
generate:
    .venv/bin/python scripts/generate.py

# The versions and hashes that a release installs, from pyproject.toml; --upgrade takes the newest
lock *arguments: _release-tools
    .release/bin/python scripts/lock.py {{arguments}}

# What a release publishes, into a new folder
release folder: _release-tools
    .release/bin/python scripts/release.py {{folder}}

# docs/licences.md, from the bill of materials of a release in that folder
licences folder: _release-tools
    .release/bin/python scripts/licences.py {{folder}}/*.cdx.json

_release-tools:
    test -d .release || python3 -m venv .release
    .release/bin/pip install --quiet --require-hashes --no-deps -r locks/release.txt

# Speed, as ratios to a floor measured in the same run
bench:
    .venv/bin/python benchmarks/renewals.py
    .venv/bin/python benchmarks/startup.py

# Seconds until work goes on after each loss of a machine: a quarter of an hour
losses:
    .venv/bin/python -m benchmarks.failover

# Everything that must hold before a change lands
ci:
    .ci/run
