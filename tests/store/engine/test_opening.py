"""How mailctl opens a store: what SQLite is told, and who may read the files."""

from __future__ import annotations

import io
import os
import stat
import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from mailctl.__main__ import main
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli, environment
from tests.store.plain import opened

PRAGMAS = {
    "journal_mode": "wal",
    # FULL: a commit that was acknowledged survives a power cut.
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "trusted_schema": 0,
    "recursive_triggers": 1,
    "application_id": 0x4D43544C,
    "user_version": 4,
}


@pytest.mark.files_only("what is asked is SQLite")
@pytest.mark.parametrize("writing", [False, True], ids=["read", "write"])
def test_every_connection_is_safe_against_power_cuts_and_dangling_rows(
    store: Cli, *, writing: bool
) -> None:
    """What SQLite says of itself on a connection that a command works on."""
    kept = store_at(store.store)
    with kept.write("test") if writing else kept.read() as db:
        got = {name: db.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}
    assert got == PRAGMAS


def test_a_reading_command_cannot_write(store: Cli) -> None:
    """A connection for reading is read-only in the database itself."""
    with store_at(store.store).read() as db, pytest.raises(Exception, match=r"read-?only"):
        db.execute("DELETE FROM setting")


@pytest.mark.files_only("what is asked is SQLite")
def test_a_store_uses_the_write_ahead_log_for_every_program(store: Cli) -> None:
    """The journal mode is kept in the file: another program that opens it uses it too."""
    with opened(store.store) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def modes(folder: Path) -> dict[str, str]:
    """The permissions of every file in a folder."""
    return {path.name: f"{stat.S_IMODE(path.stat().st_mode):o}" for path in folder.iterdir()}


def test_no_file_of_a_store_is_open_to_others(tmp_path: Path) -> None:
    """Under a umask of 0 the store, its log, its index and the writer's note are still 0600."""
    path = tmp_path / "mailctl.db"
    os.umask(0)
    with (
        patch.dict(os.environ, environment(path), clear=True),
        patch.object(sys, "stdin", io.StringIO()),
    ):
        assert main(["init", "--clock", "2026-01-01", "-q"]) == 0
    os.umask(0)
    with store_at(path).write("test") as transaction:
        transaction.record("tried", "store")
        during = modes(tmp_path)
    assert during == {
        "mailctl.db": "600",
        "mailctl.db-wal": "600",
        "mailctl.db-shm": "600",
        "mailctl.db-writer": "600",
    }


def test_the_folder_that_init_makes_is_its_owners_alone(tmp_path: Path) -> None:
    """A store's folder that did not exist is made 0700, whatever the umask."""
    cli = Cli(tmp_path / "new" / "mailctl.db")
    cli.ok("init", "--clock", "2026-01-01")
    assert f"{stat.S_IMODE(cli.store.parent.stat().st_mode):o}" == "700"


def test_the_writers_note_goes_with_the_writer(store: Cli) -> None:
    """After a command no note says that somebody writes."""
    store.ok("settings", "set", "retention-days", "10")
    assert [name for name in modes(store.store.parent) if "writer" in name] == []


@pytest.mark.files_only("on a server no note is written")
def test_a_writers_note_is_never_written_through_a_symbolic_link(
    store: Cli, tmp_path: Path
) -> None:
    """A link planted where the note goes is refused by name, and not followed."""
    victim = tmp_path / "victim"
    victim.write_text("precious", encoding="utf-8")
    store.store.with_name("mailctl.db-writer").symlink_to(victim)
    refused = store("settings", "set", "retention-days", "10", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-exposed")
    assert "mailctl.db-writer" in refused.error()["message"]
    assert victim.read_text(encoding="utf-8") == "precious"


def test_a_change_that_fails_half_way_leaves_nothing(store: Cli) -> None:
    """Whatever goes wrong inside a transaction undoes all of it."""

    def fail() -> None:
        with store_at(store.store).write("test") as transaction:
            transaction.execute("INSERT INTO setting (name, value) VALUES ('gap-days', '9')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with opened(store.store) as other:
        assert other.execute("SELECT count(*) FROM setting").fetchone() == (0,)


@pytest.mark.files_only("the bytes are the file's")
def test_what_is_deleted_is_in_no_byte_of_the_file(store: Cli) -> None:
    """What is deleted is overwritten: an old e-mail address is in none of the store's bytes."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "canary@acme.example")
    with store_at(store.store).write("test") as transaction:
        transaction.execute("DELETE FROM journal_personal")
        transaction.execute("DELETE FROM word")
        transaction.execute("UPDATE customer SET email = 'new@acme.example'")
    with opened(store.store) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"canary" not in store.store.read_bytes()
