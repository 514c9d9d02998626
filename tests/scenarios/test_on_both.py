"""Every story is told the same in a file and on a server, and so is all that can be read then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import split

import pytest
from freezegun import freeze_time

from mailctl.store.engine.postgresql.connection import ServerConnection
from mailctl.store.engine.sqlite.connection import Connection
from tests import on_server
from tests.contract.commands import COMMANDS
from tests.scenarios.story import play
from tests.scenarios.test_scenarios import STORIES
from tests.statements.camt_files import SELLER_IBAN, camt053, entry
from tests.twins import Twins

# What is said of the store itself differs: its place, its size, what its database is. What a mail
# server says does not come from the store.
OF_THE_STORE = ("store info", "store check", "settings test-mail", "demo", "driver check")
# Words that a command asks for and that are the same in every store.
WORDS = {
    "find": ["acme"],
    "advise": [],
    "driver dovecot": ["--config"],
    "report calendar": ["read.ics", "--force"],
    "report page": ["read.html", "--force"],
    "export books": ["--format", "csv", "--from", "2026-01-01", "--to", "2026-12-31"],
}
FORMS = ("", "-o json", "-o table", "-o jsonl", "-o csv", "-o name")


def is_reading(command: str) -> bool:
    """Whether a command only shows what is in the store."""
    changes = any(part.name == "dry_run" for part in COMMANDS[command].params)
    return not (changes or command in OF_THE_STORE or command.startswith("help "))


def readings(both: Twins) -> Iterator[list[str]]:
    """Every reading command, of the last two things of its kind."""
    lasts = {
        noun: both(noun, "list", "-o", "name").out.split()[-2:]
        for noun in (
            "customer",
            "platform",
            "account",
            "order",
            "invoice",
            "notice",
            "offer",
            "bank",
        )
    }
    lasts["prepaid"] = lasts["customer"]
    for command in filter(is_reading, COMMANDS):
        words = command.split()
        if command in WORDS:
            yield [*words, *WORDS[command]]
        elif any(part.param_type_name == "argument" for part in COMMANDS[command].params):
            yield from ([*words, name] for name in lasts[words[0]])
        else:
            yield words


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Some stories in each run, all of them where the tests are run on a server."""
    if "path" not in metafunc.fixturenames:
        return
    is_whole = metafunc.config.getoption("--engine") == "postgresql"
    chosen = STORIES if is_whole else STORIES[::5]
    metafunc.parametrize("path", chosen, ids=[path.stem for path in chosen])


def test_a_story_is_told_the_same_in_a_file_and_on_a_server(
    path: Path, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every answer, every file, every row at the end, and every page that can be read then."""
    folder = tmp_path / "files"
    folder.mkdir()
    monkeypatch.chdir(folder)
    with (
        freeze_time("2026-03-01 10:00:00"),
        on_server.place(database, folder) as place,
    ):
        both = Twins(tmp_path / "mailctl.db", place, folder)
        play(path, both, folder)
        here, there = both.digests()
        assert here == there
        for connection in (Connection, ServerConnection):
            monkeypatch.setattr(connection, "size", lambda _: 1)
        for number, words in enumerate(readings(both), STORIES.index(path)):
            both(*words, *FORMS[number % len(FORMS)].split())


STATEMENT = camt053(
    entry(191, text="FACTURE 2026-000001", name="ACME", reference="R-1", day="2026-02-05"),
    entry(191, text="facture 000002", name="Late", reference="R-2", day="2026-02-05"),
    entry(900, text="merci", name="J. Dupont", reference="R-3", day="2026-02-05"),
    entry(-1250, text="FRAIS", reference="R-4", day="2026-02-05"),
    entry(1912, text="virement", name="Late", reference="R-5", day="2026-02-05"),
    opening_on="2026-02-05",
    closing_on="2026-02-05",
).decode()
BANK = """
init --clock 2026-02-05
settings set seller-iban {iban}
customer add acme --name Acme --email it@acme.example
customer add late --name Late --email it@late.example
platform add acme-pro --customer acme --offer email-pro
platform add late-pro --customer late --offer email-pro
account order acme-pro a@acme.example -y
account order late-pro a@late.example -y
bank import -
bank import - --dry-run
bank list
bank list --unmatched --proposed -o json
bank list --search dupont --sort amount_cents
bank match 3 --customer acme
bank accept 2
prepaid credit late 19.12
bank match 5 --customer late
bank ignore 4 --reason fees
bank undo 3 -y
bank undo 1 -y
bank match 9 --customer acme
"""


def test_a_bank_statement_is_taken_the_same_in_a_file_and_on_a_server(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is booked by itself and by hand, linked, ignored, taken back, and refused."""
    monkeypatch.chdir(tmp_path)
    with freeze_time("2026-02-05 10:00:00"), on_server.place(database, tmp_path) as place:
        both = Twins(tmp_path / "mailctl.db", place)
        for line in BANK.format(iban=SELLER_IBAN).strip().splitlines():
            both(*split(line), stdin=STATEMENT)
        here, there = both.digests()
        assert here == there
        for number in range(1, 6):
            both("bank", "show", str(number), "-o", "json")
            both("bank", "show", str(number))
        states = [one["state"] for one in both.ok("bank", "list")["items"]]
        assert states == ["unmatched", "booked", "unmatched", "ignored", "booked"]
