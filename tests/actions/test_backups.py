"""`store backup`: one file that holds the whole store, of a file and of a server alike."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from mailctl.store.engine import copying, digests
from mailctl.store.engine.digests import TableDigest
from mailctl.store.engine.stores import store_at
from tests import on_server
from tests.helpers import Cli
from tests.store.plain import force, held, opened, rows

MARK = ("moved",)


def digested(store: Path) -> dict[str, TableDigest]:
    """The digest of every table of a store, but for what its last backup was."""
    with store_at(store).read() as db:
        found = {one.name: one for one in copying.digested(db, lambda *_: None)}
    # A backup is noted after it was made, in a table whose seal follows it.
    return {name: one for name, one in found.items() if name not in ("backup", "seal")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for backups."""
    made = tmp_path / "backups"
    made.mkdir(mode=0o700)
    return made


def backed_up(cli: Cli, *words: str) -> Path:
    """A backup, and where it is."""
    return Path(cli.ok("store", "backup", *words)["path"])


def names(folder: Path) -> list[str]:
    """What is in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_holds_every_row_and_says_what_it_holds(busy: Cli, folder: Path) -> None:
    """In one file of mode 0600, which passes every check and whose digests are the store's."""
    before, head = digested(busy.store), busy.ok("journal", "head")
    made = busy.ok("store", "backup", str(folder))
    path = Path(made["path"])
    assert names(folder) == [path.name]
    assert path.stat().st_mode & 0o777 == 0o600
    assert (made["batch"], made["journal_head"]) == (head["batch"], head["digest"])
    assert made["clock_on"] == "2026-02-05"
    assert made["last_invoices"] == [busy.ok("invoice", "list")["items"][-1]["number"]]
    assert made["last_credit_notes"] == []
    assert made["bytes"] == path.stat().st_size
    there = Cli(path)
    assert digested(path) == before
    assert there("store", "check").status == 0
    assert there.ok("journal", "head") == head
    assert there.ok("account", "list") == busy.ok("account", "list")
    assert names(folder) == [path.name]
    assert busy("store", "check").status == 0
    assert busy.ok("status")["last_backup_at"] == made["made_at"]


def test_nobody_changes_a_backup_by_mistake_until_it_is_taken_up(busy: Cli, folder: Path) -> None:
    """A copy of it is a store again when that is asked for, with a log like any store."""
    path = backed_up(busy, str(folder))
    image = path.read_bytes()
    refused = Cli(path)("prepaid", "credit", "acme", "10", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-moved")
    assert str(busy.store) in refused.error()["message"]
    assert path.read_bytes() == image
    taken = Cli(path.with_name("taken.db"))
    shutil.copy2(path, taken.store)
    taken.ok("store", "reopen", "--confirm", str(taken.store))
    taken.ok("prepaid", "credit", "acme", "10")
    assert rows(taken.store, "PRAGMA journal_mode") == [("wal",)]
    assert taken("store", "check").status == 0


def test_what_stands_at_the_name_is_never_replaced(
    busy: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a file, nor a link, a pipe, a backup, the store, nor what belongs beside a store."""
    monkeypatch.chdir(folder)
    Path("file").write_text("x", encoding="utf-8")
    Path("link").symlink_to("nowhere")
    Path("log.db-wal").write_text("x", encoding="utf-8")
    os.mkfifo("pipe")
    backed_up(busy, "one.db")
    there = names(folder)
    for name in ("file", "link", "pipe", "one.db", "log.db"):
        refused = busy("store", "backup", name, "-o", "json")
        assert (name, refused.status, refused.error()["code"]) == (name, 1, "already-exists")
    beside = ("x.db-wal", "x.db-journal", "erased", "restored")
    for name in (*beside, "no/x.db", "no/", "file/x", "s3://x/y", "n" * 300, ""):
        refused = busy("store", "backup", name, "-o", "json")
        assert (name, refused.status, refused.error()["code"]) == (name, 2, "usage")
    if isinstance(busy.store, Path) and busy.store.exists():
        refused = busy("store", "backup", str(busy.store), "-o", "json")
        assert "is the store itself" in refused.error()["message"]
    assert names(folder) == there
    assert Path("file").read_text(encoding="utf-8") == "x"


def test_where_there_is_no_store_the_refusal_says_so(cli: Cli, folder: Path) -> None:
    """And does not blame the folder or the disk."""
    for words in ([str(folder)], [f"{folder}/x.db"], [str(folder), "--dry-run"]):
        refused = cli("store", "backup", *words, "-o", "json")
        assert (refused.status, refused.error()["code"]) == (10, "store-missing")
    assert names(folder) == []


def test_a_folder_of_others_gets_no_backup(busy: Cli, folder: Path) -> None:
    """Whoever may write there could put another store in its place."""
    folder.chmod(0o770 | 0o007)
    for to in (folder, folder / "x.db"):
        refused = busy("store", "backup", str(to), "-o", "json")
        assert (refused.status, refused.error()["code"]) == (10, "store-exposed")
    assert names(folder) == []


def test_a_trial_makes_and_checks_it_and_leaves_nothing(busy: Cli, folder: Path) -> None:
    """It says what would be there, and what would be removed."""
    first = backed_up(busy, str(folder))
    tried = busy.ok("store", "backup", str(folder), "--keep", "1", "--dry-run")
    assert (tried["dry_run"], tried["removed"]) == (True, [str(first)])
    assert names(folder) == [first.name]
    said = busy("store", "backup", f"{folder}/x.db", "--dry-run", "-o", "table")
    assert said.status == 0
    assert names(folder) == [first.name]


def test_only_so_many_are_kept_and_nothing_else_is_ever_removed(busy: Cli, folder: Path) -> None:
    """Not what is named alike, another store's backup, one that was changed, or the newest."""
    stem = busy.ok("store", "backup", str(folder))["path"].rpartition("/")[2].partition("-2")[0]
    (first,) = folder.iterdir()
    stranger = Cli(folder.parent / "stranger.db")
    stranger.ok("init", "--clock", "2026-01-01")
    other = backed_up(stranger, f"{folder}/{stem}-2026-01-01T000000Z.db")
    left = {
        other.name,
        f"{stem}-2026-01-02T000000Z.db",
        f"{stem}-2026-01-03T000000Z.db",
        f"{stem}-2026-01-04T000000Z.db",
        "notes.txt",
        f"{stem}.db",
    }
    # Named by another time than its own; no store at all; a link to one; what a person made.
    shutil.copy2(first, folder / f"{stem}-2026-01-02T000000Z.db")
    (folder / f"{stem}-2026-01-03T000000Z.db").write_bytes(first.read_bytes()[:5000])
    (folder / f"{stem}-2026-01-04T000000Z.db").symlink_to(first)
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    shutil.copy2(first, folder / f"{stem}.db")
    for count, left_over in ((2, 2), (2, 2), (1, 1), (3, 2)):
        made = busy.ok("store", "backup", str(folder), "--keep", str(count))
        there = set(names(folder)) - left
        assert Path(made["path"]).name in there
        assert len(there) == left_over
    assert left <= set(names(folder))
    refused = busy("store", "backup", f"{folder}/x.db", "--keep", "2")
    # It may be the folder of a disk that is not mounted.
    assert f"there is none at {folder}/x.db" in refused.err
    assert refused.status == 2


def test_a_damaged_store_is_named_and_not_backed_up(busy: Cli, folder: Path) -> None:
    """A row that another program changed: the last backup is to be kept."""
    last = backed_up(busy, str(folder))
    force(busy.store, "UPDATE customer SET name = 'Another' WHERE slug = 'acme'")
    refused = busy("store", "backup", str(folder), "--keep", "1", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-damaged")
    assert "is damaged (" in refused.error()["message"]
    assert "keep the last backup" in refused.error()["hint"]
    assert names(folder) == [last.name]


@pytest.mark.files_only("a server's pages are its own")
def test_damaged_pages_are_said_to_be_the_stores(busy: Cli, folder: Path) -> None:
    """Wherever they are met first, and never to be those of the folder with the backups."""
    with closing(sqlite3.connect(busy.store)) as connection:
        size, pages = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "page_count")
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = busy.store.read_bytes()
    met = 0
    for page in range(2, pages, 11):
        before = names(folder)
        busy.store.write_bytes(whole[: page * size] + b"\xff" * size + whole[(page + 1) * size :])
        refused = busy("store", "backup", str(folder), "-o", "json")
        if refused.status:
            met += 1
            assert (refused.status, refused.error()["code"]) == (10, "store-damaged")
            assert f"the store {busy.store} is damaged" in refused.error()["message"]
            assert names(folder) == before
    assert met > 5


def test_a_column_that_no_seal_covers_is_compared_too(
    busy: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is not as it was read from the store is not kept: the disk of the backup is bad."""
    real = digests.rows_of

    def flipped(connection: object, table: object) -> object:
        for some in real(connection, table):  # type: ignore[arg-type]
            is_copy = getattr(table, "name", "") == "account" and _is_copy(connection)
            yield [(*row[:1], None, *row[2:]) for row in some] if is_copy else some

    def _is_copy(connection: object) -> bool:
        return type(connection).__name__ == "Connection" and "draft" in str(
            connection.execute("SELECT file FROM pragma_database_list").fetchone()  # type: ignore[attr-defined]
        )

    monkeypatch.setattr(digests, "rows_of", flipped)
    refused = busy("store", "backup", str(folder), "-o", "json")
    assert (refused.status, refused.error()["code"]) == (74, "disk-failed")
    assert "account" in refused.error()["message"]
    assert names(folder) == []


def test_a_store_that_takes_no_changes_is_backed_up_and_not_told(busy: Cli, folder: Path) -> None:
    """A backup of a backup, or of a store that has moved, is one all the same."""
    first = backed_up(busy, f"{folder}/first.db")
    made = Cli(first)("store", "backup", f"{folder}/second.db", "-o", "json")
    assert (made.status, "could not" in made.err) == (0, False)
    assert digested(folder / "second.db") == digested(first)
    assert rows(first, "SELECT count(*) FROM backup") == [(0,)]


def test_a_backup_does_not_move_the_journal_or_the_day(busy: Cli, folder: Path) -> None:
    """The note of it is no change of the books: the head that was printed stays the head."""
    head = busy.ok("journal", "head")
    backed_up(busy, str(folder))
    backed_up(busy, str(folder))
    assert busy.ok("journal", "head") == head
    with opened(busy.store) as there:
        found = there.execute("SELECT folder, batch_id, head FROM backup").fetchall()
    assert [tuple(row) for row in found] == [(str(folder), head["batch"], head["digest"])]


def test_a_backup_that_the_store_cannot_note_is_made_all_the_same(busy: Cli, folder: Path) -> None:
    """Somebody else holds the store: the file is there, and that is said."""
    with held(busy.store):
        made = busy("store", "backup", str(folder), "--wait", "0", "-o", "json")
    assert made.status == 0
    assert "the backup is made, but the store could not take note of it" in made.err
    assert len(names(folder)) == 1
    assert busy.ok("status")["last_backup_at"] is None


def test_a_backup_that_does_not_fit_is_refused_before_it_begins(
    busy: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How much is needed, and how much is free."""
    if not isinstance(busy.store, on_server.Place):
        real = os.statvfs(folder)
        small = os.statvfs_result((*real[:4], 1, *real[5:]))
        monkeypatch.setattr(os, "statvfs", lambda _: small)
        refused = busy("store", "backup", str(folder), "-o", "json")
        assert (refused.status, refused.error()["code"]) == (74, "disk-failed")
        assert f"{real.f_frsize:,} bytes are free" in refused.error()["message"]
        assert names(folder) == []


def test_the_folders_with_backups_say_who_was_erased(busy: Cli, folder: Path) -> None:
    """A server's store has nothing beside it: where no backup was made either, that is said."""
    for id in ("anna", "ben"):
        busy.ok("customer", "add", id, "--name", "X", "--email", f"{id}@x.example")
        busy.ok("customer", "close", id, "-y")
    first = busy("customer", "erase", "anna", "--confirm", "anna")
    is_there = isinstance(busy.store, on_server.Place)
    assert ("no folder with a backup is known" in first.err) is is_there
    busy.ok("store", "backup", str(folder))
    second = busy("customer", "erase", "ben", "--confirm", "ben")
    assert "no folder with a backup is known" not in second.err
    lines = (folder / "erased").read_text(encoding="utf-8").splitlines()
    assert [line.split()[-1] for line in lines] == ["anna", "ben"]
