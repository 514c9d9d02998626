"""The file `erased`: who was erased, beside the store and wherever its backups are."""

from __future__ import annotations

import os
import resource
import shlex
from datetime import date
from pathlib import Path

import pytest

from mailctl.errors import DiskFailedError, StoreExposedError
from mailctl.store import erasures
from mailctl.store.engine.backups import mark_of
from mailctl.store.engine.stores import store_at
from mailctl.store.erasures import Erasure
from tests.helpers import Cli

LEAVING = """
customer add {0} --name Leaver --email a@{0}.example
customer close {0} -y
"""
MARK, OTHER = "0" * 32, "1" * 32
ANNA = Erasure(erased_on=date(2026, 1, 5), customer_id=4, slug="anna")
BEN = Erasure(erased_on=date(2026, 1, 6), customer_id=5, slug="ben")


def erase(cli: Cli, id: str) -> str:
    """Erase a customer who is made for it; what is said on stderr."""
    for line in LEAVING.format(id).strip().splitlines():
        cli.ok(*shlex.split(line))
    got = cli("customer", "erase", id, "--confirm", id)
    assert got.status == 0, got.err
    return got.err


def told(cli: Cli, folder: Path) -> list[str] | None:
    """Who was erased, by the file of a folder."""
    with store_at(cli.store).read() as db:
        found = erasures.read(folder, cli.store, mark_of(db))
    return None if found is None else [one.slug for one in found]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder for backups."""
    made = tmp_path / "backups"
    made.mkdir(mode=0o700)
    return made


@pytest.mark.files_only("a server has nothing beside it")
def test_an_erasure_is_told_beside_the_store_and_in_each_folder_with_a_backup(
    store: Cli, folder: Path
) -> None:
    """And a folder that is not there is named; the next backup there catches up."""
    erase(store, "before")
    home = store.store.parent
    assert told(store, home) == ["before"]
    assert told(store, folder) is None
    store.ok("store", "backup", str(folder))
    assert told(store, folder) == ["before"]
    said = erase(store, "anna")
    assert f"backups in {folder} that are older still have their data" in said
    assert (told(store, home), told(store, folder)) == (["before", "anna"],) * 2
    folder.rename(folder.with_name("away"))
    assert f"mailctl store backup {folder}" in erase(store, "ben")
    folder.with_name("away").rename(folder)
    assert told(store, folder) == ["before", "anna"]
    store.ok("store", "backup", str(folder))
    assert told(store, folder) == ["before", "anna", "ben"]
    for place in (home, folder):
        assert (place / "erased").stat().st_mode & 0o777 == 0o600


@pytest.mark.files_only("it is about the file beside the store")
def test_a_backup_that_is_older_says_whom_to_erase_again(store: Cli, folder: Path) -> None:
    """Those who are in it and not erased; by number and id, so that no namesake is meant."""
    for line in LEAVING.format("anna").strip().splitlines():
        store.ok(*shlex.split(line))
    backup = Path(store.ok("store", "backup", str(folder))["path"])
    store.ok("customer", "erase", "anna", "--confirm", "anna")
    erase(store, "later")
    with store_at(backup).read() as db:
        found = erasures.read(folder, backup, mark_of(db)) or ()
        assert [one.slug for one in found] == ["anna", "later"]
        assert [one.slug for one in erasures.to_repeat(db, found)] == ["anna"]
        (anna, later) = found
        namesake = Erasure(erased_on=anna.erased_on, customer_id=later.customer_id, slug="anna")
        assert erasures.to_repeat(db, [namesake]) == []


@pytest.mark.files_only("it is about the file beside the store")
def test_a_trial_tells_nobody_and_a_refusal_neither(store: Cli) -> None:
    """Only what is carried out is written down."""
    for line in LEAVING.format("anna").strip().splitlines():
        store.ok(*shlex.split(line))
    store.ok("customer", "erase", "anna", "--confirm", "anna", "--dry-run")
    store.ok("customer", "add", "open", "--name", "O", "--email", "o@o.example")
    assert store("customer", "erase", "open", "--confirm", "open").status == 1
    assert told(store, store.store.parent) is None


@pytest.mark.files_only("it is about the file beside the store")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder", "writable"])
def test_what_is_not_to_be_trusted_in_its_place_stops_the_erasure(kind: str, store: Cli) -> None:
    """A link, a pipe, a folder, a file that others write: refused, and nothing is lost."""
    for line in LEAVING.format("anna").strip().splitlines():
        store.ok(*shlex.split(line))
    place, target = store.store.with_name("erased"), store.store.with_name("target")
    target.write_text("kept", encoding="utf-8")
    if kind == "link":
        place.symlink_to(target)
    elif kind == "pipe":
        os.mkfifo(place, 0o600)
    elif kind == "folder":
        place.mkdir()
    else:
        place.touch()
        place.chmod(0o666)
    refused = store("customer", "erase", "anna", "--confirm", "anna", "-o", "json")
    assert (refused.status, refused.error()["code"]) == (10, "store-exposed")
    assert target.read_text(encoding="utf-8") == "kept"
    assert store.ok("customer", "show", "anna")["state"] == "closed"


def test_two_stores_share_a_folder_and_neither_takes_the_others_lines(tmp_path: Path) -> None:
    """Each line has the mark of its store; a line is there once."""
    tmp_path.chmod(0o700)
    place = tmp_path / "mailctl.db"
    erasures.add(tmp_path, place, MARK, [ANNA])
    erasures.add(tmp_path, place, OTHER, [BEN])
    erasures.add(tmp_path, place, MARK, [ANNA, BEN])
    assert erasures.read(tmp_path, place, MARK) == (ANNA, BEN)
    assert erasures.read(tmp_path, place, OTHER) == (BEN,)
    assert len((tmp_path / "erased").read_text(encoding="utf-8").splitlines()) == 3


def test_a_line_that_a_crash_tore_hides_no_other(tmp_path: Path) -> None:
    """What is no line is left as it is, and the next one begins anew."""
    tmp_path.chmod(0o700)
    place = tmp_path / "mailctl.db"
    erasures.add(tmp_path, place, MARK, [ANNA])
    file = tmp_path / "erased"
    file.write_bytes(file.read_bytes() + f"2026-01-06 {MARK} 5 b".encode())
    erasures.add(tmp_path, place, MARK, [BEN])
    # The torn line may name somebody who never was: number and id must both fit to be used.
    assert [one.slug for one in erasures.read(tmp_path, place, MARK) or ()] == ["anna", "b", "ben"]
    (tmp_path / "erased").write_bytes(b"\xff\n2026-99-99 " + MARK.encode() + b" 5 ben\nnotes\n")
    assert erasures.read(tmp_path, place, MARK) == ()


def test_what_cannot_be_read_is_not_taken_for_empty(tmp_path: Path) -> None:
    """A restore must not believe that nobody was erased."""
    tmp_path.chmod(0o700)
    place = tmp_path / "mailctl.db"
    assert erasures.read(tmp_path, place, MARK) is None
    (tmp_path / "erased").mkdir()
    with pytest.raises((StoreExposedError, DiskFailedError)):
        erasures.read(tmp_path, place, MARK)


def test_a_file_that_the_disk_takes_only_in_part_is_no_success(
    folder: Path, tmp_path: Path
) -> None:
    """The erasure is refused then, and what was torn is told whole the next time."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    place = tmp_path / "mailctl.db"
    resource.setrlimit(resource.RLIMIT_FSIZE, (70, limits[1]))
    try:
        with pytest.raises(DiskFailedError):
            erasures.add(folder, place, MARK, [ANNA, BEN])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    erasures.add(folder, place, MARK, [ANNA, BEN])
    assert erasures.read(folder, place, MARK) == (ANNA, BEN)
