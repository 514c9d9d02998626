"""What a command loads: a start-up is short because most of the program stays on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import mailctl
from mailctl.cli.deferred import DEFERRED
from tests.helpers import Cli, environment

# Each costs more than a fifth of what a whole command may take, or belongs to later steps.
HEAVY = {
    "babel",
    "click",
    "dateutil.parser",
    "email_validator",
    "fluent",
    "jinja2",
    "phonenumbers",
    "pluggy",
    "pycountry",
    "pydantic",
    "rich",
    "sqlite_utils",
    "stdnum",
    "tzlocal",
}
ACTIONS = {"mailctl.actions", "mailctl.billing", "mailctl.tick"}
# What helps where something is asked for, mistyped, refused or searched for.
RARE = {
    "mailctl.cli.input.prompts",
    "mailctl.cli.render.help_page",
    "mailctl.cli.render.hint_lines",
    "mailctl.cli.synonyms",
    "mailctl.domain.search_words",
    "mailctl.domain.sheets",
    "mailctl.store.engine.word_rows",
    "mailctl.store.left_addresses",
    "mailctl.wrong_lines",
}
# What writes to a store, or checks all of it, apart from the connection that both use.
WRITING = {
    "hashlib",
    "json",
    "mailctl.domain.settings",
    "mailctl.store.engine.chain",
    "mailctl.store.engine.drafts",
    "mailctl.store.engine.journal",
    "mailctl.store.engine.moved",
    "mailctl.store.engine.seals",
    "mailctl.store.engine.signals",
    "mailctl.store.engine.sqlite.overwriting",
    "mailctl.store.engine.sqlite.upgrade",
    "mailctl.store.engine.sqlite.writer_lock",
    "mailctl.store.engine.verification",
}
# What only a tick that does something needs.
DUE = {
    "calendar",
    "hashlib",
    "mailctl.domain.lifecycle",
    "mailctl.effects.debit_announcements",
    "mailctl.effects.held_deletions",
    "mailctl.effects.money_reminders",
    "mailctl.effects.reminders",
    "mailctl.store.engine.verification",
    "mailctl.store.notice_queue",
    "mailctl.store.payments",
    "mailctl.tick.mass",
}
# What few commands that change something need.
ELSEWHERE = {
    "_hashlib",
    "dataclasses",
    "dateutil.easter",
    "getpass",
    "mailctl.domain.cards",
    "mailctl.domain.setting_values",
    "mailctl.domain.shipped_offers",
    "mailctl.store.engine.drafts",
    "mailctl.store.engine.moved",
    "mailctl.store.engine.sqlite.overwriting",
    "mailctl.store.engine.sqlite.upgrade",
    "mailctl.store.engine.verification",
}


def loaded(cli: Cli, *argv: str, variables: dict[str, str] | None = None) -> set[str]:
    """The modules that a command loads, in a process of its own."""
    home = str(Path(mailctl.__file__).parent.parent)
    code = (
        "import sys\nfrom mailctl.__main__ import main\nstatus = main(sys.argv[1:])\n"
        "real = [n for n, module in sys.modules.items() if type(module).__name__ != '_Deferred']\n"
        "sys.stderr.write('\\nLOADED ' + ' '.join(real))\nsys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv],
        env=environment(cli.store) | {"PYTHONPATH": home} | (variables or {}),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return set(done.stderr.decode().rpartition("LOADED ")[2].split())


@pytest.mark.parametrize(
    "command",
    [
        "account list --json",
        "account show 1 -o tsv",
        "customer list -o csv",
        "invoice show 2026-000001 -o jsonl",
        "status -o tsv",
        "journal verify --json",
        "account renew 1 --mode none -y --json",
        "account order acme-pro -y --json",
        "prepaid credit acme 10",
        "tick",
    ],
)
def test_a_command_in_a_pipe_loads_nothing_heavy(busy: Cli, command: str) -> None:
    """No renderer, no validators, no schema tools."""
    is_file = isinstance(busy.store, Path)
    driver = set() if is_file else {"ipaddress", "subprocess", "textwrap", "zlib"}  # psycopg's own
    assert loaded(busy, *command.split()) & ({*HEAVY, *DEFERRED} - driver) == set()


def test_what_was_deferred_is_there_when_it_is_used(cli: Cli) -> None:
    """Whoever imported it before, and whoever imports it then."""
    code = (
        "from mailctl.cli.deferred import defer\ndefer()\n"
        "import textwrap, zlib\nfrom textwrap import fill\n"
        "assert textwrap.fill is fill\n"
        "assert zlib.crc32(b'mail') == 1361488968\n"
        "import textwrap as again\nassert again.TextWrapper is textwrap.TextWrapper\n"
        "assert type(again).__name__ == 'module'"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=environment(cli.store))


@pytest.mark.parametrize("command", ["account list --json", "customer list", "status"])
def test_reading_loads_no_actions(busy: Cli, command: str) -> None:
    """What only looks needs nothing that changes."""
    assert loaded(busy, *command.split()) & ACTIONS == set()


@pytest.mark.files_only("a server's driver and its locks load more")
@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (
            "account list --json",
            {"mailctl.store.customers", "mailctl.store.own_prices", "mailctl.domain.payments"},
        ),
        ("account list --json", RARE | WRITING),
        ("platform list --json", RARE | WRITING - {"json"}),
        (
            "account list --json",
            {"mailctl.cli.commands.account_order", "mailctl.domain.lifecycle"},
        ),
        ("customer show acme --json", {"mailctl.cli.input.prompts", "mailctl.domain.cards"}),
        ("find acme --json", WRITING - {"json"} | {"mailctl.cli.render.document"}),
        ("account order acme-pro -y --json", RARE),
        ("tick", RARE),
        ("status", {"mailctl.store.queries.history", "mailctl.store.accounts"}),
        ("customer show acme", {"mailctl.actions", "mailctl.tick", "mailctl.insight.advice"}),
        ("advise", {"mailctl.actions", "mailctl.tick", "mailctl.store.engine.sqlite.memory_copy"}),
        ("account order acme-pro -y --json", ELSEWHERE | {"mailctl.cli.commands.account_renew"}),
        ("notice list", {"jinja2", "mailctl.billing", "mailctl.effects"}),
        ("notice list --fields id,kind,to", {"babel", "fluent"}),
        ("notice show 1", {"jinja2", "mailctl.billing.projection"}),
    ],
)
def test_a_command_loads_what_it_needs(busy: Cli, command: str, unneeded: set[str]) -> None:
    """What other commands need, or this one in rare cases alone, is not loaded."""
    assert loaded(busy, *command.split()) & unneeded == set()


def test_a_tick_with_nothing_due_loads_no_steps(store: Cli) -> None:
    """It is the most frequent one; the day of a renewal loads them."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("prepaid", "credit", "acme", "100")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("account", "order", "acme-pro", "-y")
    steps = {"mailctl.tick.steps", "mailctl.billing", "mailctl.store.checks"}

    driver = set() if isinstance(store.store, Path) else {"calendar"}  # psycopg's own
    unneeded = (steps | DUE | ACTIONS) - {"mailctl.tick"} - driver
    assert loaded(store, "tick") & unneeded == set()
    assert loaded(store, "tick", "--to", "2026-02-01") >= steps


@pytest.mark.parametrize("command", ["--help", "account --help", "account order --help"])
def test_help_loads_no_store_and_no_rules(busy: Cli, command: str) -> None:
    """And of the nouns only the one that is asked about."""
    found = loaded(busy, *command.split())

    assert found & (HEAVY | ACTIONS | {"sqlite3", "mailctl.store", "dateutil"}) == set()
    assert "mailctl.cli.commands.customer" not in found
    assert ("mailctl.cli.commands.account" in found) == (command != "--help")


def test_version_loads_no_command_line_at_all(busy: Cli) -> None:
    """It is answered even where half of the program is broken."""
    found = loaded(busy, "--version")

    assert found & {"typer", "mailctl.cli", "mailctl.store", "sqlite3"} == set()


@pytest.mark.parametrize(
    "line", ["mailctl acc", "mailctl account show an", "mailctl account list --st"]
)
def test_completion_loads_nothing_heavy(busy: Cli, line: str) -> None:
    """A key is pressed: the answer must come at once."""
    found = loaded(busy, variables={"_MAILCTL_COMPLETE": "complete_fish", "_MAILCTL_LINE": line})

    assert (
        found & (HEAVY | ACTIONS | {"mailctl.store.engine.sqlite.file_store", "dateutil"}) == set()
    )


def test_only_wide_letters_in_a_table_load_rich(busy: Cli) -> None:
    """It costs more than most commands, and knows how wide they are."""
    busy.ok("customer", "edit", "acme", "--name", "Étoile 日本")

    assert "rich" in loaded(busy, "customer", "list", "-o", "table")
    assert "rich" not in loaded(busy, "account", "list", "-o", "table")
    assert "rich" not in loaded(busy, "customer", "list", "-o", "tsv")
