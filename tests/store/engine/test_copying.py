"""A store moves to another place whole, or not at all; exactly one of the two takes changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from mailctl.errors import MailctlError, StoreDamagedError
from mailctl.store.engine import copying, digests, moved
from mailctl.store.engine.copying import Copied
from mailctl.store.engine.sqlite import draft_file
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli, contents
from tests.store.plain import force, opened, remove, rows, twin


class Killed(BaseException):
    """The process ended here."""


def move(source: Path, target: Path) -> Copied:
    """What `store copy` does."""
    return copying.move(store_at(source), target, dry_run=False, told=lambda *_: None)


def takes_changes(store: Path) -> bool:
    """Whether a command may change a store."""
    try:
        with store_at(store).write("test"):
            return True
    except MailctlError:
        return False


def without_mark(store: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a store but those that say where it is."""
    found = contents(store)
    found.pop("moved", None)
    if found:
        found["seal"] = [row for row in found["seal"] if row[0] != "moved"]
    return found


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A place where no store is."""
    folder = tmp_path / "new"
    folder.mkdir(mode=0o700)
    return folder / "mailctl.db"


def test_every_row_of_every_table_is_at_the_new_place(busy: Cli, target: Path) -> None:
    """The store's head, its seals and its key too; the checks find nothing to say against it."""
    before, head = without_mark(busy.store), busy.ok("journal", "head")
    done = move(busy.store, target)
    assert without_mark(target) == before
    there = Cli(target)
    assert there.ok("journal", "head") == head
    assert done.head == head["digest"]
    assert there("store", "check").status == 0
    assert there("journal", "verify").status == 0
    assert {table.name: table.rows for table in done.tables} == {
        name: len(held) for name, held in before.items()
    }


def test_a_digest_is_that_of_the_rows_as_json(busy: Cli) -> None:
    """Anybody can compute it again: in order of the key, without spaces, ASCII alone."""
    import hashlib
    import json

    done = copying.keep(
        store_at(busy.store), busy.store.with_name("kept.db"), dry_run=False, told=lambda *_: None
    )
    found = {table.name: table.digest for table in done.tables}
    for table, key in (
        ("customer", "id"),
        ("price", "offer_id, period, from_on"),
        ("tax_rate", "1, 2"),
    ):
        held = rows(busy.store, f"SELECT * FROM {table} ORDER BY {key}")
        text = json.dumps(held, separators=(",", ":"))
        assert found[table] == hashlib.sha256(text.encode()).hexdigest()


def test_one_of_the_two_takes_changes(busy: Cli, target: Path) -> None:
    """The new one; the old one can be read, and tells where the store is."""
    move(busy.store, target)
    refused = busy("prepaid", "credit", "acme", "10", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-moved")
    assert str(target) in refused.error()["message"]
    assert busy("account", "list").status == 0
    Cli(target).ok("prepaid", "credit", "acme", "10")
    Cli(target).ok("tick", "--days", "3")


def test_with_keep_the_source_stays_the_store(busy: Cli, target: Path) -> None:
    """Not a byte of it changes, and the copy takes no changes."""
    before = contents(busy.store)
    copying.keep(store_at(busy.store), target, dry_run=False, told=lambda *_: None)
    assert contents(busy.store) == before
    busy.ok("prepaid", "credit", "acme", "10")
    refused = Cli(target)("prepaid", "credit", "acme", "10", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-moved")
    assert f"copy of {busy.store}" in refused.error()["message"]


@pytest.mark.parametrize("work", [copying.move, copying.keep])
def test_a_dry_run_changes_neither_place(busy: Cli, target: Path, work: object) -> None:
    """It copies, compares, and throws the copy away."""
    assert callable(work)
    before = contents(busy.store)
    done = work(store_at(busy.store), target, dry_run=True, told=lambda *_: None)
    assert sum(table.rows for table in done.tables) > 100
    assert contents(busy.store) == before
    assert list(target.parent.iterdir()) == []


def test_what_is_at_the_new_place_is_never_written_over(busy: Cli, target: Path) -> None:
    """Another store, or any file."""
    target.write_text("precious")
    before = contents(busy.store)
    for work in (copying.move, copying.keep):
        with pytest.raises(MailctlError) as refused:
            work(store_at(busy.store), target, dry_run=False, told=lambda *_: None)
        assert refused.value.code == "already-exists"
    with pytest.raises(MailctlError) as refused:
        move(busy.store, busy.store)
    assert refused.value.code == "already-exists"
    assert (target.read_text(), contents(busy.store)) == ("precious", before)


@contextmanager
def killed_at(monkeypatch: pytest.MonkeyPatch, step: int) -> Iterator[None]:
    """The process ends before the `step`th thing that a move does for others to see."""
    count = itertools.count(1)

    def counted(owner: object, name: str) -> None:
        real = getattr(owner, name)

        def instead(*args: object, **keywords: object) -> object:
            if next(count) == step:
                raise Killed
            return real(*args, **keywords)

        monkeypatch.setattr(owner, name, instead)

    with monkeypatch.context():
        for owner, name in STEPS:
            counted(owner, name)
        with suppress(Killed):
            yield
    monkeypatch.undo()


STEPS = (
    (draft_file.DraftFile, "put"),
    (draft_file.DraftFile, "complete"),
    (draft_file.DraftFile, "publish"),
    (moved, "mark"),
    (moved, "clear"),
    (copying, "check_here"),
)


@pytest.mark.parametrize("step", [1, 20, 36, 37, 38, 39, 40, 41, 42, 43])
def test_wherever_a_move_is_killed_one_of_the_two_takes_changes(
    busy: Cli, target: Path, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And it holds everything; done again, the move succeeds."""
    before = without_mark(busy.store)
    with killed_at(monkeypatch, step):
        move(busy.store, target)
    of_target = target.exists() and takes_changes(target)
    assert takes_changes(busy.store) != of_target
    assert without_mark(target if of_target else busy.store) == before

    move(busy.store, target)

    assert (takes_changes(busy.store), takes_changes(target)) == (False, True)
    assert without_mark(target) == before


def test_a_move_killed_between_its_last_commits_is_completed_by_the_first_change(
    busy: Cli, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to repeat it: the copy finds that its source has moved to it."""

    def killed(_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(moved, "clear", killed)
        with pytest.raises(Killed):
            move(busy.store, target)
    assert rows(target, "SELECT is_copy FROM moved") == [(1,)]
    assert not takes_changes(busy.store)
    Cli(target).ok("prepaid", "credit", "acme", "10")
    assert rows(target, "SELECT * FROM moved") == []


def test_a_copy_of_a_store_that_moved_to_a_third_place_stays_a_copy(
    busy: Cli, target: Path
) -> None:
    """Only the place that the source names goes on."""
    copy = target.with_name("copy.db")
    copying.keep(store_at(busy.store), copy, dry_run=False, told=lambda *_: None)
    move(busy.store, target)
    assert (takes_changes(copy), takes_changes(target)) == (False, True)
    remove(busy.store)
    assert not takes_changes(copy)


def test_the_way_back_is_the_same_command_while_nothing_has_changed(
    busy: Cli, target: Path
) -> None:
    """The old store is let go on; once the new one has changed, its old rows are not taken."""
    move(busy.store, target)
    move(target, busy.store)
    assert (takes_changes(busy.store), takes_changes(target)) == (True, False)
    busy.ok("prepaid", "credit", "acme", "10")
    with pytest.raises(MailctlError) as refused:
        move(busy.store, target)
    assert refused.value.code == "already-exists"
    target.rename(target.with_name("old.db"))
    move(busy.store, target)
    assert Cli(target).ok("journal", "verify")["ok"] is True


def test_a_move_that_was_done_is_done(busy: Cli, target: Path) -> None:
    """The same command again says so; to another place the closed store does not move."""
    move(busy.store, target)
    Cli(target).ok("prepaid", "credit", "acme", "10")
    assert move(busy.store, target).changed is False
    assert takes_changes(target)
    with pytest.raises(MailctlError) as refused:
        move(busy.store, target.with_name("third.db"))
    assert refused.value.code == "store-moved"


def test_a_copy_that_is_not_equal_is_thrown_away(
    busy: Cli, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One row that did not arrive as it was read is enough."""
    real = draft_file.DraftFile.complete

    def harmed(draft: draft_file.DraftFile) -> None:
        draft.connection.execute("UPDATE customer SET city = 'Lyon' WHERE slug = 'acme'")
        real(draft)

    monkeypatch.setattr(draft_file.DraftFile, "complete", harmed)
    with pytest.raises(StoreDamagedError, match="the table customer"):
        move(busy.store, target)
    assert takes_changes(busy.store)
    assert list(target.parent.iterdir()) == []


UNFIT = {
    "a row that is not there": "UPDATE account SET platform_id = 999 WHERE id = 1",
    "a value that no version allows": "UPDATE account SET address = 'A@acme.example' WHERE id = 1",
}


@pytest.mark.parametrize("harm", UNFIT.values(), ids=UNFIT)
def test_a_store_whose_rows_do_not_fit_is_not_copied(busy: Cli, target: Path, harm: str) -> None:
    """They came from another program."""
    force(busy.store, harm)
    with pytest.raises(StoreDamagedError):
        move(busy.store, target)
    assert takes_changes(busy.store)
    assert list(target.parent.iterdir()) == []


def test_nothing_changes_in_the_source_while_it_moves(
    busy: Cli, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Others wait for its lock; with --keep they do not."""
    seen: list[int] = []
    real = draft_file.DraftFile.complete

    def complete(draft: draft_file.DraftFile) -> None:
        seen.append(busy.process("prepaid", "credit", "acme", "10", "--wait", "0").status)
        real(draft)

    monkeypatch.setattr(draft_file.DraftFile, "complete", complete)
    copying.keep(
        store_at(busy.store), target.with_name("kept.db"), dry_run=False, told=lambda *_: None
    )
    move(busy.store, target)
    assert seen == [0, 75]


def test_an_older_store_is_upgraded_before_it_moves(busy: Cli, target: Path) -> None:
    """As by every command that changes something; a copy beside it stays."""
    older = busy.store.with_name("older.db")
    with opened(older) as base:
        schema = Path(__file__).with_name("schema-3.sql").read_text("utf-8")
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript(schema)
        base.executescript(
            "INSERT INTO store VALUES (1, '2026-01-01T00:00:00Z', 'manual', 'UTC', 'FR', 'EUR');"
            "INSERT INTO clock (id, reached_on) VALUES (1, '2026-01-05');"
        )
    older.chmod(0o600)
    move(older, target)
    assert takes_changes(target)
    assert older.with_name("older.db.before-schema-4").exists()


def test_rows_are_read_in_batches(busy: Cli, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are in memory at a time, the digests are the same."""
    source = store_at(busy.store)
    whole = copying.keep(source, target, dry_run=True, told=lambda *_: None)
    monkeypatch.setattr(digests, "BATCH", 3)
    assert copying.keep(source, target, dry_run=True, told=lambda *_: None) == whole


def test_a_copy_that_was_copied_by_hand_is_no_store(busy: Cli, target: Path) -> None:
    """A file of a store that moved on, put at another place, still says where the store is."""
    move(busy.store, target)
    by_hand = twin(busy, "hand")
    assert not takes_changes(by_hand.store)


@pytest.mark.files_only("what is written in two ways is a path")
@pytest.mark.parametrize("keep", [(), ("--keep",)])
def test_a_store_is_not_copied_onto_itself(cli: Cli, keep: tuple[str, ...]) -> None:
    """However its path is written; nothing is done to it."""
    again = cli.store.parent / "." / cli.store.name
    refused = cli("store", "copy", str(cli.store), str(again), *keep)
    assert (refused.status, "FROM and TO are the same store" in refused.err) == (1, True)
