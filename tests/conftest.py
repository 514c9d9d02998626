"""Fixtures for every test: a command line, a store on a manual clock, a busy store.

Libraries that are imported late would keep freezegun's false dates for the rest of the process when
their first import happens while the time is frozen: they are imported here, before anything is.
"""

from __future__ import annotations

import os
import shutil
import zoneinfo
from collections.abc import Iterator
from pathlib import Path
from shlex import split

import babel.dates
import dateutil.relativedelta
import email_validator
import fluent.runtime
import hypothesis
import phonenumbers
import psycopg
import pytest
import sqlite_utils
import stdnum.eu.vat
import typer.main

from mailctl.documents.validating import Validator
from tests import on_server, originals
from tests.helpers import Cli
from tests.modoboa import install as modoboa
from tests.postgresql import server

pytest_plugins = ["tests.postgresql.plugin"]

EAGERLY_IMPORTED = (
    babel.dates,
    dateutil.relativedelta,
    email_validator,
    fluent.runtime,
    hypothesis,
    phonenumbers,
    psycopg,
    sqlite_utils,
    stdnum.eu.vat,
    typer.main,
    zoneinfo,
)


HERE = Path(__file__).parent
# What a store does is the same on both databases: these say it of each.
ON_BOTH = (
    "actions",
    "bank_round/test_at_once.py",
    "lives/test_restored_lives.py",
    "store/engine/test_kept_open.py",
    "store/queries/test_kept_heads.py",
    "store/test_restorations.py",
)
MEMORY = Path("/dev/shm")
# Programs that a bare machine lacks, and the tests that are about nothing else.
NEEDED = {
    "strace": "faults",
    "hledger": "exports/test_books.py",
    "pdftotext": "documents",
    "zsh": "process/test_shells.py",
    "fish": "process/test_shells.py",
    "chromium": "insight/test_page_in_browser.py",
    "systemd": "process/test_services.py",
    "postgresql": "postgresql",
    "patroni": "cluster",
    "etcd": "cluster",
    "pgbackrest": "cluster",
    "modoboa": "modoboa",
    "dovecot-imapd": "dovecot",
    "dovecot-lmtpd": "dovecot",
    "dovecot-sqlite": "dovecot",
    "postfix-sqlite": "dovecot",
}

# Where Debian has what is no program to be called.
MAIL_SERVER = {
    "dovecot-imapd": "/usr/lib/dovecot/imap",
    "dovecot-lmtpd": "/usr/lib/dovecot/lmtp",
    "dovecot-sqlite": "/usr/lib/dovecot/modules/auth/libdriver_sqlite.so",
    "postfix-sqlite": "/usr/lib/postfix/postfix-sqlite.so",
}
HOW_TO_GET = {"modoboa": "just modoboa", "pdftotext": "apt install poppler-utils"}


def pytest_configure(config: pytest.Config) -> None:
    """Keep the stores of the tests in memory where there is room: a disk's fsyncs take a third.

    PYTEST_DEBUG_TEMPROOT puts them elsewhere.
    """
    config.addinivalue_line(
        "markers", "files_only(why): a test that makes a store and is about its file, or SQLite"
    )
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 * 1024**3:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: some tests wait for shells, servers and clocks."""
    return (os.cpu_count() or 1) + 1


def left_out() -> dict[str, Path]:
    """The tests that this machine cannot run; where the changes are checked, all must run.

    But those that need a Modoboa, which nobody has by chance.
    """
    if os.environ.get("CI"):
        return {} if modoboa.READY.exists() else {"modoboa": HERE / NEEDED["modoboa"]}
    there = {name for name in NEEDED if shutil.which(name)}
    if server.programs() is not None:
        there.add("postgresql")
    if shutil.which("systemd-analyze"):
        there.add("systemd")
    if modoboa.READY.exists():
        there.add("modoboa")
    there |= {name for name, part in MAIL_SERVER.items() if Path(part).exists()}
    return {name: HERE / place for name, place in NEEDED.items() if name not in there}


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what cannot run here; `None` lets pytest decide on the rest."""
    return any(collection_path.is_relative_to(place) for place in left_out().values()) or None


def pytest_report_header() -> list[str]:
    """Say what is left out, and what would change that."""
    return [
        f"left out: {place.relative_to(HERE.parent)}, which needs {name}: "
        + HOW_TO_GET.get(name, f"apt install {name}")
        for name, place in left_out().items()
    ]


@pytest.fixture(scope="session")
def validator() -> Iterator[Validator]:
    """The program that checks documents: reading its rules takes a second."""
    with Validator() as checking:
        yield checking


@pytest.fixture(scope="session", autouse=True)
def _sharing(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Let the processes of a run share what is slow to make."""
    originals.shares(tmp_path_factory)


@pytest.fixture(autouse=True)
def ordinary_umask() -> Iterator[None]:
    """Most machines' umask: a store that is private must be so by mailctl's own doing."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say on which databases the tests of stores run."""
    parser.addoption(
        "--engine",
        choices=["sqlite", "postgresql"],
        help="have every test that makes a store through its fixtures make it there; unless "
        "given, all run on SQLite and those of ON_BOTH once more on PostgreSQL",
    )


def engines_of(test: pytest.Metafunc) -> list[str]:
    """The databases on which a test runs."""
    if test.definition.get_closest_marker("files_only"):
        return ["sqlite"]
    given = test.config.getoption("--engine")
    if given:
        return [given]
    is_chosen = any(test.definition.path.is_relative_to(HERE / place) for place in ON_BOTH)
    # Where the changes are checked, a machine without PostgreSQL is a failure.
    is_possible = server.programs() is not None or bool(os.environ.get("CI"))
    return ["sqlite", "postgresql"] if is_chosen and is_possible else ["sqlite"]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is chosen on both databases; what runs on SQLite alone keeps its name."""
    if "engine" in metafunc.fixturenames:
        engines = engines_of(metafunc)
        if engines != ["sqlite"]:
            metafunc.parametrize("engine", engines, indirect=True, scope="function")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a run on PostgreSQL only what makes a store there is wanted."""
    if config.getoption("--engine") != "postgresql":
        return
    wanted = [
        item
        for item in items
        if "database" in item.fixturenames  # type: ignore[attr-defined]
        or (getattr(item, "callspec", None) and "engine" in item.callspec.params)  # type: ignore[attr-defined]
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in wanted])
    items[:] = wanted


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """The database of this test's store."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The URL of a database whose server is this process's own, started when it is first used."""
    with server.running() as running:
        yield f"postgresql://{running.owner}@/postgres?host={running.folder}"


@pytest.fixture
def server_url(engine: str, request: pytest.FixtureRequest) -> str | None:
    """The URL of the database in which this test's stores are; None where they are files."""
    return None if engine == "sqlite" else str(request.getfixturevalue("database"))


@pytest.fixture
def cli(tmp_path: Path, server_url: str | None) -> Iterator[Cli]:
    """The command line where no store exists yet."""
    if server_url is None:
        yield Cli(tmp_path / "mailctl.db")
        return
    with on_server.place(server_url, tmp_path) as place:
        yield Cli(place)


@pytest.fixture(scope="session")
def empty_original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The empty store, made once; tests get copies of it."""
    path = tmp_path_factory.mktemp("empty") / "mailctl.db"
    Cli(path).ok("init", "--clock", "2026-01-01")
    return path


@pytest.fixture
def store(empty_original: Path, cli: Cli) -> Cli:
    """The command line on an empty store whose manual clock shows 2026-01-01."""
    return copied(empty_original, cli)


def copied(original: Path, cli: Cli) -> Cli:
    """The command line on a copy of a store, with all that lies beside it."""
    if isinstance(cli.store, on_server.Place):
        on_server.fill(cli.store, original)
        return cli
    originals.copy_all(original, cli.store.parent)
    return cli


# A host in the middle of its life, on 2026-02-05. Each line is a command; the accounts get their
# ids in this order: 1 anna, 2 blank, 3 hugo, 4 pia, 5 otto, 6 ben, 7 susi, 8 dora, 9 sam, 10 lea.
BUSY = """
init --clock 2026-01-01
customer add acme --name "Acme SARL" --email it@acme.example
customer add bolt --name "Bolt GmbH" --email it@bolt.example --country DE
customer add late --name "Late and Sons" --email it@late.example
customer add slow --name "Slow Office" --email it@slow.example --payment-days 30
prepaid credit acme 500 --key first
prepaid credit bolt 100
platform add acme-pro --customer acme --offer email-pro
platform add acme-hx --customer acme --offer hosted-exchange
platform add acme-priv --customer acme --offer private-exchange
platform add acme-old --customer acme --offer hosted-exchange
platform add acme-gone --customer acme --offer email-pro
platform add bolt-hx --customer bolt --offer hosted-exchange
platform add late-pro --customer late --offer email-pro
platform add slow-pro --customer slow --offer email-pro
offer add retired --like email-pro
offer close retired -y
account order acme-pro anna@acme.example --count 2 --key first -y
account order acme-hx hugo@acme.example -y
account order acme-priv pia@acme.example -y
account order acme-old otto@acme.example -y
account order bolt-hx ben@bolt.example -y
account order acme-hx susi@acme.example -y
account order acme-priv dora@acme.example -y
account delete 8 -y
account renew 7 --mode none -y
platform cancel acme-old -y
platform cancel acme-gone -y
tick --to 2026-01-04
account order slow-pro sam@slow.example -y
tick --to 2026-01-25
account order late-pro lea@late.example -y
tick --to 2026-02-05
prepaid credit slow 10
"""


@pytest.fixture(scope="session")
def busy_original() -> Path:
    """The busy store, made once; tests get copies of it."""

    def make(folder: Path) -> None:
        cli = Cli(folder / "mailctl.db")
        for line in BUSY.strip().splitlines():
            cli.ok(*split(line))

    return originals.made_once("busy", make) / "mailctl.db"


@pytest.fixture
def busy(busy_original: Path, cli: Cli) -> Cli:
    """A host in the middle of its life, on 2026-02-05.

    acme owns accounts 1 anna and 2 (blank) on acme-pro; 3 hugo and 7 susi (suspended on 2026-02-01
    for its expiry) on acme-hx; 4 pia and 8 dora (deleted) on acme-priv; 5 otto (suspended) on the
    cancelled acme-old; acme-gone is closed. bolt owns 6 ben on bolt-hx. late is overdue since
    2026-02-02, its account 10 lea is suspended for it. slow has paid late: its account 9 sam is
    active again, one day past its expiry of 2026-02-04, until the next tick.
    """
    return copied(busy_original, cli)
