"""Files that are no store, or not one for this program: refused by name, and left as they are."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.helpers import Cli, Outcome
from tests.process.running import ended, started
from tests.store.plain import force, opened

pytestmark = pytest.mark.files_only("what is refused is a file")

READING = ("account", "list")
WRITING = ("prepaid", "credit", "acme", "10")
BOTH = pytest.mark.parametrize("argv", [READING, WRITING], ids=["reading", "writing"])


def answer(cli: Cli, *argv: str) -> tuple[int, str, str]:
    """Exit status, code and standard output of a command that is refused."""
    outcome = cli(*argv, "-o", "json")
    return outcome.status, outcome.error()["code"], outcome.out


def whole(store: Path) -> bytes:
    """A store as one file, with nothing left in its log."""
    with opened(store) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("-wal", "-shm"):
        store.with_name(store.name + end).unlink(missing_ok=True)
    return store.read_bytes()


@BOTH
def test_a_store_that_is_missing_is_not_made_by_accident(argv: tuple[str, ...], cli: Cli) -> None:
    """Only `init` makes a store; the refusal says so, and no file appears."""
    assert answer(cli, *argv) == (10, "store-missing", "")
    assert "mailctl init" in cli(*argv).err
    assert list(cli.store.parent.iterdir()) == []


@BOTH
def test_a_folder_that_is_missing_is_not_made_either(argv: tuple[str, ...], tmp_path: Path) -> None:
    """A wrong --store path is a missing store, not a new folder."""
    assert answer(Cli(tmp_path / "no" / "mailctl.db"), *argv) == (10, "store-missing", "")
    assert list(tmp_path.iterdir()) == []


@BOTH
@pytest.mark.parametrize("name", ["n" * 300, "n\0n"], ids=["too long", "with a NUL"])
def test_a_path_that_no_file_can_have_is_refused(
    name: str, argv: tuple[str, ...], tmp_path: Path
) -> None:
    """There is no store there, and there never can be; not a bug of the program."""
    refused = Cli(tmp_path / "mailctl.db")("--store", str(tmp_path / name), *argv, "-o", "json")
    assert (refused.status in (2, 10), refused.out) == (True, "")


@BOTH
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "store-foreign"),
        (b"Subject: hello\n\nThis is a letter.\n" * 500, "store-foreign"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "store-damaged"),
        (b"SQLite format 3\x00", "store-damaged"),
    ],
    ids=["empty", "a text", "a false database", "a database's first bytes"],
)
def test_a_file_of_another_kind_is_refused_and_kept(
    content: bytes, code: str, argv: tuple[str, ...], cli: Cli
) -> None:
    """Neither a reading nor a writing command touches what is no store."""
    cli.store.write_bytes(content)
    cli.store.chmod(0o600)
    assert answer(cli, *argv) == (10, code, "")
    assert cli.store.read_bytes() == content
    assert [path.name for path in cli.store.parent.iterdir()] == ["mailctl.db"]


@BOTH
def test_a_database_of_another_program_is_refused_and_kept(argv: tuple[str, ...], cli: Cli) -> None:
    """Whatever tables it has: it is not mailctl's by its application id."""
    with opened(cli.store) as base:
        base.execute("CREATE TABLE account (id INTEGER PRIMARY KEY)")
    cli.store.chmod(0o600)
    before = cli.store.read_bytes()
    assert answer(cli, *argv) == (10, "store-foreign", "")
    assert cli.store.read_bytes() == before


@BOTH
def test_a_pipe_in_the_stores_place_is_refused_at_once(argv: tuple[str, ...], cli: Cli) -> None:
    """Nobody waits for somebody to write into a named pipe."""
    os.mkfifo(cli.store, 0o600)
    outcome = ended(started(cli, *argv, "-o", "json"), longest=5)
    assert (outcome.status, outcome.error()["code"]) == (10, "store-foreign")


@BOTH
def test_a_folder_in_the_stores_place_is_refused(argv: tuple[str, ...], cli: Cli) -> None:
    """A directory is no store."""
    cli.store.mkdir()
    assert answer(cli, *argv) == (10, "store-foreign", "")


@BOTH
def test_a_store_of_a_newer_mailctl_is_refused_and_kept(argv: tuple[str, ...], busy: Cli) -> None:
    """A schema that this program does not know is neither read nor written."""
    with opened(busy.store) as base:
        base.execute("PRAGMA user_version = 99")
    before = whole(busy.store)
    assert answer(busy, *argv) == (10, "store-newer", "")
    assert busy.store.read_bytes() == before


@BOTH
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o601])
def test_a_store_that_others_may_open_is_refused(
    mode: int, argv: tuple[str, ...], busy: Cli
) -> None:
    """As ssh does with its keys: the refusal says how to close it."""
    busy.store.chmod(mode)
    assert answer(busy, *argv) == (10, "store-exposed", "")
    assert f"chmod 600 {busy.store}" in busy(*argv).err
    busy.store.chmod(0o600)
    assert busy(*argv).status == 0


@BOTH
def test_a_store_that_lost_its_tables_is_damaged(argv: tuple[str, ...], busy: Cli) -> None:
    """A store without its clock is not read as if it were one."""
    with opened(busy.store) as base:
        base.execute("DROP TABLE clock")
    assert answer(busy, *argv) == (10, "store-damaged", "")


@BOTH
@pytest.mark.parametrize("table", ["account", "customer", "invoice_open"])
def test_a_store_that_lost_another_table_is_damaged(
    table: str, argv: tuple[str, ...], busy: Cli
) -> None:
    """Whichever table is gone, it is the store's fault, not a bug of the program."""
    with opened(busy.store) as base:
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute(f"DROP TABLE {table}")
    assert answer(busy, *argv) == (10, "store-damaged", "")


@pytest.mark.parametrize("kept", [100, 1024, 5000, 100_000])
def test_a_store_that_was_cut_off_is_damaged(kept: int, busy: Cli) -> None:
    """A copy that stopped half-way: no command answers as if all were well."""
    content = whole(busy.store)
    busy.store.write_bytes(content[:kept])
    got = {answer(busy, *argv)[:2] for argv in (("journal", "verify"), WRITING, ("tick",))}
    assert got == {(10, "store-damaged")}


def harmed(cli: Cli, content: bytes, change: Callable[[bytearray], None]) -> list[Outcome]:
    """What commands answer on a store in which bytes were changed."""
    bytes_ = bytearray(content)
    change(bytes_)
    answers = []
    for argv in (("journal", "verify"), ("journal", "list"), ("tick", "--dry-run")):
        for end in ("-wal", "-shm"):
            cli.store.with_name(cli.store.name + end).unlink(missing_ok=True)
        cli.store.write_bytes(bytes_)
        answers.append(cli(*argv, "-o", "json"))
    return answers


@pytest.mark.parametrize("byte", [0xFF, ord("X")], ids=["no text", "another letter"])
@pytest.mark.parametrize(
    "text",
    [
        b'"platform":"acme-hx"',
        b"debt-opened",
        b"it@slow.example",
        b"anna@acme.example",
        b"last_ledger_id INTEGER",
        b"seller_country TEXT",
    ],
    ids=["journal", "notice", "personal", "line", "schema of batches", "schema of the store"],
)
def test_text_that_was_spoilt_is_damage(text: bytes, byte: int, busy: Cli) -> None:
    """In a row or in the schema: no traceback, and `journal verify` does not call it well."""
    content = whole(busy.store)
    assert text in content

    def spoil(bytes_: bytearray) -> None:
        at = bytes_.find(text)
        while at >= 0:
            bytes_[at + 3] = byte
            at = bytes_.find(text)

    outcomes = harmed(busy, content, spoil)
    assert [outcome.status in (0, 1, 10) for outcome in outcomes] == [True, True, True]
    # A notice's text is no part of the books.
    assert outcomes[0].status in ((0, 1, 10) if text == b"debt-opened" else (1, 10))


EVERYWHERE = (
    "status", "advise", "forecast --months 2", "customer show acme", "account list --state all",
    "account explain 3", "order list", "invoice show 2026-000001", "invoice explain 2026-000001",
    "prepaid statement acme", "report revenue", "report debts", "report vat", "report page -",
    "export books --format hledger", "notice list", "journal verify", "store check", "store info",
    "tick -n", "tick --days 40 -n", "account order acme-pro -n", "account renew 3 --mode none -n",
    "platform resume acme-old -n", "prepaid credit acme 10 -n", "customer edit acme --name Y -n",
    "customer erase acme -n", "invoice credit 2026-000001 --reason x -n", "task done 1 -n",
    "payment export --kind card --format csv -n",
)  # fmt: skip


def overwritten(content: bytes, dice: random.Random) -> bytes:
    """A store one of whose pages holds noise, nothing, another page, or noise in its middle."""
    pages = len(content) // 4096
    bytes_, start, kind = bytearray(content), dice.randrange(pages) * 4096, dice.randrange(4)
    if kind == 0:
        bytes_[start : start + 4096] = dice.randbytes(4096)
    elif kind == 1:
        bytes_[start : start + 4096] = bytes(4096)
    elif kind == 2:
        other = dice.randrange(pages) * 4096
        bytes_[start : start + 4096] = content[other : other + 4096]
    else:
        at, length = start + dice.randrange(3900), dice.randrange(1, 196)
        bytes_[at : at + length] = dice.randbytes(length)
    return bytes(bytes_)


@pytest.mark.parametrize("argv", EVERYWHERE)
def test_a_page_that_was_overwritten_is_never_called_a_bug(argv: str, busy: Cli) -> None:
    """Any command on any harm: it works, is refused (1, 4), or says that the store is damaged."""
    content = whole(busy.store)
    dice = random.Random(argv)
    for _ in range(7):
        for end in ("-wal", "-shm"):
            busy.store.with_name(busy.store.name + end).unlink(missing_ok=True)
        busy.store.write_bytes(overwritten(content, dice))
        outcome = busy(*argv.split())
        assert outcome.status in (0, 1, 2, 4, 10), outcome.err


def test_offers_that_are_like_each_other_in_a_circle_are_damage(busy: Cli) -> None:
    """Somebody's UPDATE: whoever follows them to a price comes to an end, and says so."""
    force(busy.store, "DELETE FROM price", "UPDATE offer SET like_id = id")
    for argv in (("advise",), ("tick", "--days", "40"), ("account", "order", "acme-pro", "-y")):
        assert answer(busy, *argv)[:2] == (10, "store-damaged")


@BOTH
def test_a_time_zone_that_nobody_knows_is_the_stores_fault(argv: tuple[str, ...], cli: Cli) -> None:
    """On a wall clock no today can be told from it: refused by name, not called a bug."""
    cli.ok("init", "--timezone", "Europe/Paris")
    for zone in ("Mars/Base", "Europe", "../../etc/passwd", ""):
        force(cli.store, f"UPDATE store SET timezone = '{zone}'")
        assert answer(cli, *argv) == (10, "store-damaged", "")


def test_a_setting_that_somebody_wrote_by_sql_is_the_stores_fault(busy: Cli) -> None:
    """The database forbids it by nothing: no command can read it, and none has a bug."""
    with opened(busy.store) as base:
        base.execute("INSERT INTO setting (name, value) VALUES ('expiry-reminder-days', 'soon')")
    refused = busy("forecast", "--months", "2")
    assert (refused.status, refused.out) == (10, "")
    assert "its table setting was changed by another program" in refused.err
    assert answer(busy, "tick", "--days", "3") == (10, "store-damaged", "")


@pytest.mark.parametrize("day", ["", "2026-02-30", "soon"])
def test_an_expiry_that_is_no_day_is_the_stores_fault(day: str, busy: Cli) -> None:
    """No seal covers what renewals move, and the tables take any text: no command has a bug."""
    with opened(busy.store) as base:
        base.execute("UPDATE account SET expires_on = ? WHERE id = 1", (day,))
    for argv in (("account", "show", "1"), ("account", "extend", "1", "-y")):
        refused = busy(*argv)
        assert (refused.status, refused.out) == (10, ""), argv
        assert f"its table account has {day!r} where a day should be" in refused.err
