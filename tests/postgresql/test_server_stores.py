"""A store on a server does what a file does: the same answers, rows and digests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shlex import split
from unittest.mock import patch

import pytest
from freezegun import freeze_time

from tests.conftest import BUSY
from tests.helpers import Cli, Outcome, contents
from tests.postgresql.on_server import command_line, contents_on, schema_of
from tests.postgresql.server import Server

READING = """
status
customer list
customer show acme
platform list
account list -o jsonl
account list --sort expires_on
account show hugo@acme.example
account explain 3
invoice list
invoice show 2026-000001
ledger list acme
order list
notice list
task list
journal list -o jsonl
journal verify
find acme
find hugo
advise -o jsonl
forecast --months 2
report debts
report revenue
report coming
tick --to 2026-03-05 --dry-run
"""


def lived(cli: Cli, lines: str) -> Iterator[Outcome]:
    """What commands answer, with the same chance and at the same instant each time."""
    with (
        patch("os.urandom", lambda size: b"0123456789abcdef"[:1] * size),
        freeze_time("2026-03-01 10:00:00"),
    ):
        for line in lines.strip().splitlines():
            yield cli(*split(line))


def same(outcome: Outcome, cli: Cli) -> Outcome:
    """An outcome without what differs by nature: where the store is, and its size."""
    said = [
        "\n".join(line for line in text.splitlines() if "store bytes" not in line)
        for text in (outcome.out.replace(str(cli.store), "STORE"), outcome.err)
    ]
    return Outcome(status=outcome.status, out=said[0], err=said[1].replace(str(cli.store), "STORE"))


@pytest.fixture
def on_server(postgresql: Server) -> Cli:
    """The command line where no store exists yet, on a server."""
    return command_line(postgresql)


def test_a_life_is_the_same_on_both(postgresql: Server, on_server: Cli, tmp_path: Path) -> None:
    """Every answer of a host's life, every row of every table, and the head of the journal."""
    file = Cli(tmp_path / "mailctl.db")
    lines = f"{BUSY}{READING}tick --to 2026-04-20\ncustomer close bolt\nstore check\njournal verify"
    answers = zip(*(list(lived(cli, lines)) for cli in (file, on_server)), strict=True)
    for line, (here, there) in zip(lines.strip().splitlines(), answers, strict=True):
        assert (line, same(there, on_server)) == (line, same(here, file))
    assert contents_on(postgresql, schema_of(on_server)) == contents(file.store)
