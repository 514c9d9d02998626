"""Whoever could put files beside a store, or another store in its place: refused, and told.

The folders of somebody else are made by root; where the tests run as another user, who runs them is
taken to be somebody else.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mailctl import write_access
from mailctl.store.engine.sqlite import exposure
from tests.helpers import Cli, contents
from tests.process.running import ended, started
from tests.store.plain import opened

pytestmark = pytest.mark.files_only("a file and its folder have modes and owners")

READING = ("account", "list")
WRITING = ("prepaid", "credit", "acme", "10")
DRY = ("tick", "-n")
UPGRADE = ("store", "upgrade")
ALL = pytest.mark.parametrize("argv", [READING, WRITING, DRY, UPGRADE], ids=" ".join)
STRANGER = 4321


def refusal(cli: Cli, argv: tuple[str, ...]) -> str:
    """The sentence and the hint of a command that is refused for the store's place."""
    refused = cli(*argv, "-o", "json")
    assert (refused.status, refused.out) == (10, ""), refused.err
    assert refused.error()["code"] == "store-exposed"
    return f"{refused.error()['message']}\n{refused.error()['hint']}"


def given_away(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a folder or a file belong to somebody else than who runs mailctl."""
    if os.geteuid() == 0:
        os.chown(path, STRANGER, -1, follow_symlinks=False)
        return
    looked = Path.lstat

    def lstat(self: Path) -> os.stat_result:
        found = looked(self)
        if self != path:
            return found
        return os.stat_result((*found[:4], STRANGER, *found[5:10]))

    monkeypatch.setattr(Path, "lstat", lstat)


@pytest.fixture
def deep(busy: Cli, tmp_path: Path) -> Cli:
    """The busy store, three folders below the test's own."""
    folder = tmp_path / "a" / "b" / "c"
    folder.mkdir(parents=True)
    for part in list(busy.store.parent.iterdir()):
        if part.is_file():
            shutil.move(part, folder / part.name)
    return Cli(folder / busy.store.name)


@ALL
@pytest.mark.parametrize("mode", [0o777, 0o707, 0o1777, 0o703])
def test_a_store_in_a_folder_that_everybody_may_write_is_refused(
    mode: int, argv: tuple[str, ...], deep: Cli
) -> None:
    """Sticky too: somebody plants a log beside it, and root's next command reads his balance."""
    before = contents(deep.store)
    deep.store.parent.chmod(mode)
    assert "can be written by everybody" in refusal(deep, argv)
    deep.store.parent.chmod(0o755)
    assert contents(deep.store) == before
    assert deep(*argv).status == 0


@ALL
@pytest.mark.parametrize("up", [1, 2])
def test_a_folder_above_that_everybody_may_write_is_refused_unless_it_is_sticky(
    up: int, argv: tuple[str, ...], deep: Cli
) -> None:
    """Whoever may rename the store's folder may put another in its place; in /tmp he may not."""
    above = deep.store.parents[up]
    above.chmod(0o777)
    said = refusal(deep, argv)
    assert f"chmod go-w {above}" in said
    above.chmod(0o1777)
    assert deep(*argv).status == 0


@ALL
def test_a_folder_of_somebody_else_is_refused(
    argv: tuple[str, ...], deep: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner may do with it what he likes, whatever its mode is."""
    given_away(deep.store.parents[1], monkeypatch)
    assert "belongs to another user" in refusal(deep, argv)


def test_a_folder_that_a_group_may_write_is_refused_unless_the_group_is_the_owners_alone(
    deep: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As systems make one for each user: umask 002 is safe there, and nowhere else."""
    deep.store.parent.chmod(0o770)
    monkeypatch.setattr(write_access, "_is_private", lambda _group, _owner: False)
    assert "can be written by its group" in refusal(deep, READING)
    monkeypatch.undo()
    if os.geteuid() == 0:
        assert deep(*READING).status == 0
        os.chown(deep.store.parent, 0, STRANGER)
        assert "can be written by its group" in refusal(deep, READING)


def test_a_hint_makes_a_place_that_is_safe(deep: Cli) -> None:
    """What is advised, done: the store works again."""
    folder = deep.store.parent
    folder.chmod(0o1777)
    assert f"mkdir -m 700 {folder}/mailctl" in refusal(deep, READING)
    (folder / "mailctl").mkdir(mode=0o700)
    moved = Cli(folder / "mailctl" / deep.store.name)
    shutil.move(deep.store, moved.store)
    assert moved(*READING).status == 0


@pytest.mark.parametrize("dry", [(), ("-n",)], ids=["real", "dry"])
@pytest.mark.parametrize("mode", [0o777, 0o1777])
def test_no_store_is_made_where_every_command_would_refuse_it(
    mode: int, dry: tuple[str, ...], tmp_path: Path
) -> None:
    """`init` says it first, and makes nothing; in a folder of its own it makes one."""
    tmp_path.chmod(mode)
    cli = Cli(tmp_path / "mailctl.db")
    assert "can be written by everybody" in refusal(cli, ("init", "--clock", "2026-01-12", *dry))
    assert list(tmp_path.iterdir()) == []
    if mode == 0o1777:
        Cli(tmp_path / "own" / "mailctl.db").ok("init", "--clock", "2026-01-12")


def test_the_folder_of_a_link_counts_as_that_of_the_store(deep: Cli, tmp_path: Path) -> None:
    """Where a link leads is looked at, and where it stands: its owner leads elsewhere."""
    way = tmp_path / "way"
    way.mkdir()
    (way / "link.db").symlink_to(deep.store)
    (way / "round").symlink_to("../a/b")
    linked, around = Cli(way / "link.db"), Cli(way / "round" / "c" / deep.store.name)
    for cli in (linked, around):
        assert cli(*WRITING).status == 0
        way.chmod(0o777)
        assert str(way) in refusal(cli, READING)
        way.chmod(0o755)
        deep.store.parent.chmod(0o777)
        assert str(deep.store.parent) in refusal(cli, READING)
        deep.store.parent.chmod(0o755)


def pipe(path: Path) -> None:
    """A named pipe that nobody writes to."""
    os.mkfifo(path, 0o600)


def endless(path: Path) -> None:
    """A link to a file without an end."""
    path.symlink_to("/dev/zero")


def open_to_all(path: Path) -> None:
    """A file that others could have opened, and still read and write."""
    path.touch()
    path.chmod(0o666)


def folder(path: Path) -> None:
    """A folder in a file's place."""
    path.mkdir()


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal", "-writer"])
@pytest.mark.parametrize("plant", [pipe, endless, open_to_all, folder])
def test_what_was_planted_beside_a_store_is_refused_before_it_is_opened(
    plant: Callable[[Path], None], end: str, busy: Cli
) -> None:
    """A pipe hangs no command, a link exhausts no memory, an opened log is given to nobody."""
    place = busy.store.with_name(f"{busy.store.name}{end}")
    place.unlink(missing_ok=True)
    plant(place)
    for argv in (READING, WRITING, DRY):
        outcome = ended(started(busy, *argv, "-o", "json"), longest=10)
        assert (outcome.status, outcome.error()["code"]) == (10, "store-exposed")
        assert str(place) in outcome.error()["message"]


def test_a_log_of_somebody_else_is_not_played_in(
    busy: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A whole log, of a copy of the store with another balance: nobody reads it."""
    copy = tmp_path / "copy" / "mailctl.db"
    copy.parent.mkdir(mode=0o700)
    shutil.copy2(busy.store, copy)
    log = busy.store.with_name(busy.store.name + "-wal")
    with opened(copy) as base:
        base.execute("UPDATE customer SET balance_cents = 99999 WHERE slug = 'acme'")
        log.write_bytes(copy.with_name("mailctl.db-wal").read_bytes())
    log.chmod(0o600)
    given_away(log, monkeypatch)
    assert "belongs to another user" in refusal(busy, READING)


def test_a_busy_command_reads_no_endless_note(busy: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes the note's place after the look is not followed or waited for."""
    note = busy.store.with_name(busy.store.name + "-writer")
    for plant in (pipe, endless, folder):
        with opened(busy.store) as holder:
            holder.execute("BEGIN IMMEDIATE")
            monkeypatch.setattr(exposure, "BESIDE", ())
            plant(note)
            with pytest.MonkeyPatch.context() as context:
                context.setattr(
                    "mailctl.store.engine.sqlite.store_file.check_beside", lambda *_: None
                )
                refused = busy(*WRITING, "-o", "json", "--wait", "0")
            assert (refused.status, refused.error()["code"]) == (75, "store-busy")
            holder.execute("ROLLBACK")
        note.rmdir() if plant is folder else note.unlink()


def test_sqlite_keeps_its_log_beside_the_store_to_which_a_link_leads(
    busy: Cli, tmp_path: Path
) -> None:
    """What is checked is what is opened."""
    (tmp_path / "way").mkdir(mode=0o700)
    link = tmp_path / "way" / "link.db"
    link.symlink_to(busy.store)
    base = sqlite3.connect(link, isolation_level=None)
    base.execute("UPDATE customer SET phone = NULL")
    assert [path.name for path in link.parent.iterdir()] == ["link.db"]
    assert busy.store.with_name("mailctl.db-wal").exists()
    base.close()
