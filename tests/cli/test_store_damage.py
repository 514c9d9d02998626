"""`store check` on a damaged store: what is damaged, whose rows, what is whole, and what to do."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.sqlite.tables import tables
from tests.helpers import Cli, Outcome
from tests.lives.many import how_many
from tests.store.plain import opened, settle

pytestmark = pytest.mark.files_only("what is damaged is a file")

PAGE = 4096


def pages(store: Path) -> dict[str, tuple[str, int]]:
    """Where each table and index begins: its table, and the number of its first page."""
    with opened(store) as base:
        found = base.execute(
            "SELECT name, tbl_name, rootpage FROM sqlite_master WHERE rootpage > 0"
        ).fetchall()
    return {name: (table, page) for name, table, page in found}


def zeroed(store: Path, page: int) -> None:
    """Let the disk lose a page."""
    settle(store)
    content = bytearray(store.read_bytes())
    content[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    store.write_bytes(content)


def damaged_by(outcome: Outcome) -> dict[str, str]:
    """The tables that a check calls damaged, and what it says of each."""
    return {row["subject"]: row["message"] for row in outcome.json()["items"] if not row["ok"]}


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("customer", "cannot be read: acme, bolt, late and slow"),
        ("domain", "cannot be read: acme.example, bolt.example, slow.example and late.example"),
        ("ledger", "cannot be read: of the customers acme, bolt, late and slow"),
        ("setting", "nothing of it can be read"),
        ("account_address", "its rows can be read, but not by the index account_address"),
    ],
)  # fmt: skip
def test_a_lost_page_is_told_by_whose_rows_were_on_it(table: str, said: str, busy: Cli) -> None:
    """Their names are taken from an index, which lies elsewhere; the others can be read."""
    owner, page = pages(busy.store)[table]
    zeroed(busy.store, page)
    checked = busy("store", "check", "-o", "json")
    assert (checked.status, checked.error()["code"]) == (10, "store-damaged")
    assert damaged_by(checked) == {owner: said}
    rows = {row["subject"] for row in checked.json()["items"] if row["ok"]}
    assert {"customer", "account", "invoice", "batch"} - {owner} <= rows
    assert f"of its tables {owner} is damaged, and the other" in checked.error()["message"]
    assert "mailctl store restore BACKUP" in checked.error()["hint"]


def test_words_of_the_schema_that_are_no_text_are_damage_too(busy: Cli) -> None:
    """SQLite says of them what Python cannot decode: that is the store's damage, and no bug."""
    settle(busy.store)
    content = busy.store.read_bytes()
    words = b"CREATE TABLE invoice_line ("
    assert content.count(words) == 1
    busy.store.write_bytes(content.replace(words, b"CREATE TABLE inv\xcfice_lin ("))
    checked = busy("store", "check", "-o", "json")
    assert (checked.status, checked.error()["code"]) == (10, "store-damaged")
    assert "mailctl store restore BACKUP" in checked.error()["hint"]


def test_of_a_long_table_the_rows_around_the_damage_are_told(busy: Cli) -> None:
    """The journal has more than one page: it is read from both ends."""
    with opened(busy.store) as base:
        ((seqs,),) = base.execute("SELECT max(seq) FROM journal").fetchall()
    busy.ok("tick", "--days", "200")
    with opened(busy.store) as base:
        (leaf,) = base.execute(
            "SELECT pageno FROM dbstat WHERE name = 'journal' AND pagetype = 'leaf' "
            "ORDER BY path LIMIT 1 OFFSET 1"
        ).fetchone()
    zeroed(busy.store, leaf)
    said = damaged_by(busy("store", "check", "-o", "json"))
    assert set(said) == {"journal"}
    first, last = said["journal"].split(";")[0].split("seq ")[1].split(" and ")
    assert 1 < int(first) < int(last)
    assert int(first) < seqs
    assert said["journal"].endswith(" rows can")


def test_the_newest_backup_that_is_there_is_named(busy: Cli, tmp_path: Path) -> None:
    """The command can be run as printed."""
    for folder, day in (("old", 1), ("new", 2), ("gone", 3)):
        (tmp_path / folder).mkdir()
        if folder != "gone":
            (tmp_path / folder / "b 1.db").touch()
        with opened(busy.store) as base:
            base.execute(
                "INSERT INTO backup VALUES (?, 'b 1.db', ?, 1, '')",
                (str(tmp_path / folder), f"2026-02-0{day}T00:00:00Z"),
            )
    zeroed(busy.store, pages(busy.store)["customer"][1])
    error = busy("store", "check", "-o", "json").error()
    assert f"mailctl store restore '{tmp_path / 'new' / 'b 1.db'}'" in error["hint"]


def test_any_damage_is_told_with_what_helps(busy: Cli) -> None:
    """A page of any table or index: found, named, and never called a bug."""
    there = sorted(pages(busy.store).items())
    content = busy.store.read_bytes()
    chosen = random.Random(13).sample(there, min(how_many(12), len(there)))
    for name, (table, page) in chosen:
        zeroed(busy.store, page)
        checked = busy("store", "check", "-o", "json")
        assert (name, checked.status) in ((name, 10), (name, 1)), checked.err
        if checked.status == 10:
            assert (name, table in damaged_by(checked)) == (name, True)
            assert "mailctl store restore" in checked.error()["hint"]
        for argv in (("status",), ("customer", "list"), ("account", "show", "3")):
            answer = busy(*argv, "-o", "json")
            assert (name, argv, answer.status in (0, 10)) == (name, argv, True), answer.err
            if answer.status:
                assert "mailctl store check names what is damaged" in answer.error()["hint"]
        for end in ("-wal", "-shm"):
            busy.store.with_name(busy.store.name + end).unlink(missing_ok=True)
        busy.store.write_bytes(content)


@pytest.mark.parametrize("left", [100, 5000, 200_000])
def test_a_file_that_was_cut_off_says_so(left: int, busy: Cli) -> None:
    """Whatever is left of it, the way out is named."""
    settle(busy.store)
    busy.store.write_bytes(busy.store.read_bytes()[:left])
    checked = busy("store", "check", "-o", "json")
    assert (checked.status, checked.error()["code"]) == (10, "store-damaged")
    assert "mailctl store restore BACKUP" in checked.error()["hint"]


def test_a_table_that_was_lost_is_named(busy: Cli) -> None:
    """Dropped by another program."""
    with closing(sqlite3.connect(busy.store)) as base:
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("DROP TABLE payment_export")
    checked = busy("store", "check", "-o", "json")
    assert (checked.status, damaged_by(checked)) == (10, {"payment_export": "it is missing"})


def test_the_schema_has_as_many_tables_as_are_counted() -> None:
    """A store that has fewer is damaged; it is counted at each opening."""
    assert len(tables()) == migrations.TABLES


def test_on_a_terminal_what_is_whole_is_a_sentence(busy: Cli) -> None:
    """Damaged tables alone are listed; a healthy store says nothing of all this."""
    assert "restore" not in busy("store", "check").err
    zeroed(busy.store, pages(busy.store)["customer"][1])
    checked = busy("store", "check", "-o", "table")
    assert "cannot be read: acme" in checked.out
    assert "invoice_open" not in checked.out


def test_damage_that_leaves_every_check_possible_has_the_way_out_too(busy: Cli) -> None:
    """An index without one of its rows: exit status 1, and what helps below the faults."""
    with opened(busy.store) as base:
        base.execute("PRAGMA writable_schema = ON")
        base.execute(
            "UPDATE sqlite_master SET rootpage = "
            "(SELECT rootpage FROM sqlite_master WHERE name = 'account_stopped') "
            "WHERE name = 'account_next'"
        )
    checked = busy("store", "check")
    assert checked.status in (1, 10)
    assert "mailctl store restore BACKUP" in " ".join(checked.err.split())
