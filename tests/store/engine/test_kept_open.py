"""A store that stays open for a run of short changes: as safe as one that is opened for each."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from pathlib import Path
from threading import Event, Thread
from unittest.mock import patch

import pytest
from freezegun import freeze_time

from mailctl.errors import (
    AlreadyExistsError,
    StoreBusyError,
    StoreMissingError,
    StoreMovedError,
    StoreNewerError,
)
from mailctl.store.engine.stores import Store, store_at
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet
from tests.helpers import Cli, contents
from tests.on_server import Place
from tests.process.running import LONGEST
from tests.store.plain import opened, rows, twin

GAP = "gap-days"


def set_gap(days: int, transaction: Transaction) -> None:
    """Change a row and record it: the least that a change does."""
    transaction.execute(
        """
        INSERT INTO setting (name, value)
        VALUES (:name, :days)
        ON CONFLICT (name) DO UPDATE SET value = excluded.value
        """,
        {"name": GAP, "days": str(days)},
    )
    transaction.record("tried", "store", {"days": days}, {"name": f"canary {days}"})


def change(store: Store, days: int) -> None:
    """One short change."""
    store.change("test", lambda transaction: set_gap(days, transaction))


def gap(store: Store) -> str:
    """What the store says now."""
    with store.read() as reader:
        return reader.setting(GAP)


def recorded(cli: Cli) -> list[str]:
    """What the journal's rows of this test say."""
    found = rows(cli.store, "SELECT details FROM journal WHERE kind = 'tried' ORDER BY seq")
    return [str(details) for (details,) in found]


@contextmanager
def held_for_a_moment(path: Path, statement: str) -> Iterator[None]:
    """Another program holds the file for some tenths of a second, and does something there."""
    is_held = Event()

    def hold() -> None:
        with opened(path) as other:
            other.execute("BEGIN IMMEDIATE")
            is_held.set()
            time.sleep(0.3)
            other.execute(statement)
            other.execute("COMMIT")

    thread = Thread(target=hold)
    thread.start()
    assert is_held.wait(LONGEST)
    yield
    thread.join()


def assert_whole(cli: Cli) -> None:
    """The chain, the seals and all checks hold."""
    assert cli("journal", "verify").status == 0
    assert cli("store", "check").status == 0


def test_a_run_of_changes_leaves_what_the_same_changes_leave_each_by_itself(store: Cli) -> None:
    """The same rows, seals and digests; each change is a batch of its own."""
    other = twin(store, "other")
    with (
        patch("os.urandom", lambda size: b"0" * size),
        freeze_time("2026-03-01 10:00:00"),
    ):
        with store_at(store.store).kept_open() as kept:
            for days in range(20, 30):
                change(kept, days)
                assert gap(kept) == str(days)
        for days in range(20, 30):
            change(store_at(other.store), days)
    assert contents(store.store) == contents(other.store)
    assert len(recorded(store)) == 10
    assert_whole(store)


def test_each_use_sees_what_others_have_changed_meanwhile(store: Cli) -> None:
    """Two processes write in turns: no change is lost, and a read is of this moment."""
    with store_at(store.store).kept_open() as kept:
        for days in range(20, 26, 2):
            change(kept, days)
            assert store.process("settings", "set", GAP, str(days + 1)).status == 0
            assert gap(kept) == str(days + 1)
        assert store.process("tick", "--to", "2026-01-09").status == 0
        with kept.read() as reader:
            assert reader.today == date(2026, 1, 9)
        change(kept, 30)
    assert rows(store.store, "SELECT max(happened_on) FROM journal") == [("2026-01-09",)]
    assert_whole(store)


def test_who_reads_sees_one_moment(store: Cli) -> None:
    """What others write during a read is seen by the next."""
    with store_at(store.store).kept_open() as kept:
        with kept.read() as reader:
            before = reader.setting(GAP)
            assert store.process("settings", "set", GAP, "99").status == 0
            reader.forget_settings()
            assert reader.setting(GAP) == before
        assert gap(kept) == "99"


def test_a_change_that_is_refused_leaves_nothing_and_the_next_goes_through(store: Cli) -> None:
    """Neither rows nor seals, whatever had been written."""

    def refused(transaction: Transaction) -> None:
        set_gap(77, transaction)
        raise AlreadyExistsError("on purpose")

    with store_at(store.store).kept_open() as kept:
        for days in (20, 21):
            change(kept, days)
            kept.change("test", lambda transaction: set_gap(88, transaction), dry_run=True)
            change(kept, days)
            with pytest.raises(AlreadyExistsError):
                kept.change("test", refused)
            assert gap(kept) == str(days)
    assert recorded(store) == [f'{{"days":{days}}}' for days in (20, 20, 21, 21)]
    assert_whole(store)


def test_nothing_of_a_change_is_left_for_the_next_one(store: Cli) -> None:
    """What it had put into temporary tables for itself is gone."""

    def leave(transaction: Transaction) -> None:
        set_gap(20, transaction)
        transaction.execute("CREATE TEMP TABLE IF NOT EXISTS left_over (id INTEGER)")
        transaction.execute("INSERT INTO left_over (id) VALUES (1)")
        with CustomerSet(transaction, "some_customer", [1, 2]) as customers:
            assert len(customers) == 2

    def look(transaction: Transaction) -> int:
        transaction.execute("CREATE TEMP TABLE IF NOT EXISTS left_over (id INTEGER)")
        return transaction.number("SELECT count(*) FROM left_over")

    with store_at(store.store).kept_open() as kept:
        for _ in range(10):
            kept.change("test", leave)
            assert kept.change("test", look) == 0


def test_a_store_that_has_moved_meanwhile_takes_no_changes(store: Cli) -> None:
    """It is refused at the next change, as elsewhere."""
    copy = store.store.with_name("copy.db")
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        assert store.process("store", "copy", str(store.store), str(copy)).status == 0
        with pytest.raises(StoreMovedError):
            change(kept, 21)
        assert gap(kept) == "20"


def test_a_store_that_was_upgraded_meanwhile_is_refused(store: Cli) -> None:
    """A newer mailctl's store is neither read nor changed by this one."""
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        before = contents(store.store)
        with opened(store.store) as other:
            if isinstance(store.store, Place):
                store.store.kept.is_whole = False
                other.execute(
                    f"COMMENT ON SCHEMA {store.store.schema} IS 'a store of mailctl, schema 99'"
                )
            else:
                other.execute("PRAGMA user_version = 99")
        for use in (gap, lambda kept: change(kept, 21)):
            with pytest.raises(StoreNewerError):
                use(kept)
    assert contents(store.store) == before


@pytest.mark.files_only("it waits for the lock of the file")
@pytest.mark.parametrize("is_kept", [False, True], ids=["opened", "kept open"])
def test_a_store_that_is_upgraded_while_a_change_waits_is_refused(
    store: Cli, *, is_kept: bool
) -> None:
    """The lock was waited for, and then the store is another program's."""
    at = store_at(store.store)
    with at.kept_open() if is_kept else nullcontext(at) as used:
        change(used, 20)
        upgraded = held_for_a_moment(store.store, "PRAGMA user_version = 99")
        with upgraded, pytest.raises(StoreNewerError):
            change(used, 21)
    assert recorded(store) == ['{"days":20}']


@pytest.mark.files_only("a file is replaced by another")
def test_a_copy_that_is_put_in_its_place_is_what_the_next_change_changes(store: Cli) -> None:
    """Nothing is written to the file that was there before, wherever that is now."""
    copy = twin(store, "copy")
    broken = store.store.parent / "broken"
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        broken.mkdir()
        for part in store.store.parent.glob("mailctl.db*"):
            part.rename(broken / part.name)
        shutil.copy2(copy.store, store.store)
        change(kept, 21)
        assert gap(kept) == "21"
    assert recorded(store) == ['{"days":21}']
    assert_whole(store)
    replaced = Cli(broken / "mailctl.db")
    assert recorded(replaced) == ['{"days":20}']
    assert_whole(replaced)


@pytest.mark.files_only("a file is replaced by another")
@pytest.mark.parametrize("is_used", [True, False], ids=["used again", "not used again"])
def test_a_copy_moved_over_it_is_not_mixed_with_what_the_other_one_logged(
    store: Cli, *, is_used: bool
) -> None:
    """A log that is left beside a file would be taken for that file's own."""
    copy = twin(store, "copy")
    old = store.store.with_name("old.db")
    with store_at(store.store).kept_open() as kept:
        for days in range(20, 30):
            change(kept, days)
        store.store.rename(old)
        copy.store.rename(store.store)
        if is_used:
            change(kept, 77)
    assert recorded(store) == ['{"days":77}'] * is_used
    assert_whole(store)
    assert len(recorded(Cli(old))) == 10
    assert_whole(Cli(old))


@pytest.mark.files_only("a file is removed")
def test_a_store_that_was_removed_is_missing(store: Cli) -> None:
    """It is neither read nor written, and no new one is made."""
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        for part in store.store.parent.glob("mailctl.db*"):
            part.unlink()
        with pytest.raises(StoreMissingError):
            gap(kept)
        with pytest.raises(StoreMissingError):
            change(kept, 21)
    assert list(store.store.parent.glob("mailctl.db*")) == []


@pytest.mark.files_only("a server's own triggers see what is written")
def test_a_column_that_another_program_made_meanwhile_is_sealed_as_it_is(store: Cli) -> None:
    """The tables are looked at anew where their shape has changed; what it wrote is found."""
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        with opened(store.store) as other:
            other.execute("ALTER TABLE setting ADD COLUMN note TEXT")
            other.execute("UPDATE setting SET note = 'mine'")
        change(kept, 21)
    (row,) = rows(store.store, f"SELECT value, note FROM setting WHERE name = '{GAP}'")
    assert row == ("21", "mine")
    assert "setting" in store("store", "check").out


@pytest.mark.files_only("of a file, this process would lose its locks (POSIX)")
def test_this_process_opens_it_in_no_other_way_meanwhile(store: Cli) -> None:
    """Closing a look at the file would let another process remove the log under it."""
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        with pytest.raises(RuntimeError, match="kept open"), store_at(store.store).read():
            pass
        # Whoever closes the store last merges its log: another process is not the last one.
        assert store.process("settings", "set", GAP, "21").status == 0
        assert store.store.with_name("mailctl.db-wal").stat().st_size > 0
        change(kept, 22)
    assert not store.store.with_name("mailctl.db-wal").exists()
    assert gap(store_at(store.store)) == "22"
    assert_whole(store)


@pytest.mark.files_only("it is killed in its log")
def test_a_run_that_is_killed_loses_nothing_that_was_committed(store: Cli) -> None:
    """What was committed is in the log; the next to open the store finds it there."""
    child = os.fork()
    if child == 0:
        with store_at(store.store).kept_open() as kept:
            for days in range(20, 30):
                change(kept, days)
            with kept.write("test") as transaction:
                set_gap(77, transaction)
                os.kill(os.getpid(), 9)
    assert os.waitpid(child, 0)[1] == 9
    assert recorded(store) == [f'{{"days":{days}}}' for days in range(20, 30)]
    assert_whole(store)


@pytest.mark.files_only("readers of a file can keep what was erased in it")
def test_who_keeps_it_open_does_not_keep_what_others_erase(store: Cli) -> None:
    """Between two uses nothing is read: the erasure is done, and no byte is left."""
    store.ok("customer", "add", "leaver", "--name", "Canary", "--email", "canary@leaver.example")
    store.ok("customer", "close", "leaver", "-y")
    with store_at(store.store).kept_open() as kept:
        change(kept, 20)
        with kept.read() as reader:
            assert reader.number("SELECT count(*) FROM customer") == 1
        done = store.process("customer", "erase", "leaver", "--confirm", "leaver")
        assert (done.status, done.err) == (0, "")
        parts = [part.read_bytes() for part in store.store.parent.iterdir()]
        assert not any(b"Canary" in part or b"canary@" in part for part in parts)
        change(kept, 21)
    assert_whole(store)


@pytest.mark.files_only("another program holds the file")
def test_a_patient_one_waits_for_the_lock_and_shares_what_is_open(store: Cli) -> None:
    """One that may not wait is refused, and can go on afterwards."""
    with store_at(store.store, wait=0).kept_open() as kept:
        change(kept, 20)
        with held_for_a_moment(store.store, "SELECT 1"):
            with pytest.raises(StoreBusyError, match="another program is writing"):
                change(kept, 21)
            change(kept.patient(30), 22)
        change(kept, 23)
        assert gap(kept) == "23"
    assert recorded(store) == [f'{{"days":{days}}}' for days in (20, 22, 23)]
    assert_whole(store)
