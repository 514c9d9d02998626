"""A store that rotted: the right answer, or a refusal, or a check that names the damage."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.faulty import spread
from tests.helpers import Cli
from tests.lives.many import how_many
from tests.store.plain import settle
from tests.tick.dumps import dump

pytestmark = pytest.mark.files_only("what is harmed is a file")

PAGE = 4096
READS = (
    ("account", "list", "--state", "all"),
    ("invoice", "show", "2026-000001"),
    ("status",),
    ("customer", "show", "acme"),
)
CHECKS = (("store", "check"), ("journal", "verify"))
REFUSED = 10
Record = Callable[[str, object], None]


class Harmed:
    """A store, put back and harmed again and again, and what is right."""

    def __init__(self, original: Path, folder: Path) -> None:
        self.cli = Cli(folder / "mailctl.db")
        settle(original)
        self.content = original.read_bytes()
        self.put(self.content)
        self.rows = dump(self.cli.store)
        self.answers = [self.cli(*argv, "-o", "json") for argv in READS]
        assert {answer.status for answer in self.answers} == {0}

    def put(self, content: bytes, log: bytes | None = None) -> None:
        """Have these bytes as the store, and as the log beside it."""
        for path in self.cli.store.parent.iterdir():
            path.unlink()
        for name, data in (("mailctl.db", content), ("mailctl.db-wal", log)):
            if data is not None:
                self.cli.store.with_name(name).write_bytes(data)
                self.cli.store.with_name(name).chmod(0o600)

    def wrong(self, content: bytes, log: bytes | None = None) -> list[str]:
        """What goes wrong without being named."""
        found, is_other = [], False
        for argv, right in zip(READS, self.answers, strict=True):
            self.put(content, log)
            answer = self.cli(*argv, "-o", "json")
            if answer.status not in (0, 1, 4, REFUSED):
                found.append(f"{argv} ended with {answer.status}: {answer.err}")
            is_other = is_other or (answer.status, answer.out) not in (
                (0, right.out),
                (REFUSED, ""),
            )
        self.put(content, log)
        checks = [self.cli(*argv, "-o", "json") for argv in CHECKS]
        found += [
            f"{argv} ended with {check.status}: {check.err}"
            for argv, check in zip(CHECKS, checks, strict=True)
            if check.status not in (0, 1, REFUSED)
        ]
        if all(check.status == 0 for check in checks) and (is_other or self._differs(content, log)):
            found.append("other rows, and no check names them")
        return found

    def _differs(self, content: bytes, log: bytes | None) -> bool:
        self.put(content, log)
        try:
            return dump(self.cli.store) != self.rows
        except (sqlite3.Error, ValueError):
            return True


@pytest.fixture
def harmed(prepared: Path, tmp_path: Path) -> Harmed:
    """The prepared store, to be harmed."""
    folder = tmp_path / "harmed"
    folder.mkdir()
    return Harmed(prepared, folder)


def pages(content: bytes) -> list[int]:
    """Where the pages begin."""
    return list(range(0, len(content), PAGE))


def flipped(content: bytes, at: int, bit: int) -> bytes:
    """A content with one bit changed."""
    found = bytearray(content)
    found[at] ^= 1 << bit
    return bytes(found)


def test_a_bit_that_flips_anywhere_is_harmless_or_named(
    harmed: Harmed, record_property: Record
) -> None:
    """In every page, and as often in the file's header."""
    dice = random.Random(20_260_101)
    wanted = min(how_many(24), 1_500)
    places = pages(harmed.content)
    for number in range(wanted):
        page = places[number % len(places)] if wanted > 200 else dice.choice(places)
        at = dice.randrange(100) if number % 15 == 0 else page + dice.randrange(PAGE)
        bit = dice.randrange(8)
        assert (at, bit, harmed.wrong(flipped(harmed.content, at, bit))) == (at, bit, [])
    record_property("bits flipped", wanted)


@pytest.mark.parametrize("filler", [b"\x00", b"\xff"], ids=["zeros", "ones"])
def test_a_page_that_was_lost_is_named(
    filler: bytes, harmed: Harmed, record_property: Record
) -> None:
    """A bad block that reads as nothing: each page of the store."""
    places = pages(harmed.content)
    points = spread(len(places), how_many(4))
    for number in points:
        at = places[number - 1]
        content = harmed.content[:at] + filler * PAGE + harmed.content[at + PAGE :]
        assert (at, harmed.wrong(content)) == (at, [])
    record_property("pages lost", len(points))


def test_a_store_that_was_cut_off_is_refused(harmed: Harmed, record_property: Record) -> None:
    """At the ends of pages, in their middle, in the header, before the first byte."""
    whole = len(harmed.content)
    lengths = [
        0,
        1,
        15,
        16,
        99,
        100,
        512,
        *(at - off for at in pages(harmed.content)[1:] for off in (1, 0, -512)),
        whole - 1,
    ]
    points = spread(len(lengths), how_many(6))
    for number in points:
        length = lengths[number - 1]
        harmed.put(harmed.content[:length])
        got = {harmed.cli(*argv, "-o", "json").status for argv in CHECKS}
        # A last page that is not whole is found, the rest of the store can be read.
        assert (length, got <= {1, REFUSED}) == (length, True)
        assert (length, harmed.wrong(harmed.content[:length])) == (length, [])
    record_property("files cut off", len(points))


def logged(cli: Cli, *lines: str) -> bytes:
    """The log of a store when commands have just changed it, and somebody reads it."""
    with closing(sqlite3.connect(cli.store)) as reader:
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
        for line in lines:
            cli.ok(*line.split())
        return cli.store.with_name(f"{cli.store.name}-wal").read_bytes()


def logs(harmed: Harmed, busy: Cli, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Logs that do not belong beside the store."""
    yield "of another store", logged(busy, "prepaid credit acme 10", "tick --days 20")
    later = Cli(folder / "later.db")
    shutil.copy2(harmed.cli.store, later.store)
    later.ok("prepaid", "credit", "bolt", "70")
    later.ok("tick", "--days", "30")
    yield "of the same store, later", logged(later, "prepaid credit acme 10")
    yield (
        "of the same store, much later",
        logged(later, "tick --days 60", "customer add x --name X --email x@x.example"),
    )
    with closing(sqlite3.connect(folder / "other.db", isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE foreign_table (x)")
        other.execute("INSERT INTO foreign_table VALUES (1)")
        yield "of another program", (folder / "other.db-wal").read_bytes()


def test_a_log_of_another_store_is_harmless_or_named(
    harmed: Harmed, busy: Cli, tmp_path: Path, record_property: Record
) -> None:
    """Whole, cut off, or with a bit flipped, beside a store that it is not of."""
    tried = 0
    for name, log in logs(harmed, busy, tmp_path):
        for part in (
            log,
            log[: len(log) // 2],
            log[:-100],
            log[:40],
            flipped(log, len(log) // 2, 3),
        ):
            assert (name, len(part), harmed.wrong(harmed.content, part)) == (name, len(part), [])
            tried += 1
    record_property("logs of others", tried)
