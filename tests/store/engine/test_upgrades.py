"""Real stores of every released schema, brought to this one: whole at the end, whatever happens.

An upgrade that is killed, or that the disk fails, leaves the old store, which its own mailctl still
reads, or the new one; the next one completes it.
"""

from __future__ import annotations

import io
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from mailctl.domain.tax import TaxCategory
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.stores import store_at
from mailctl.store.queries import documents
from tests.faults.faulty import KILLED, injected, left_in, traced
from tests.helpers import Cli, contents, environment
from tests.lives.documents import check
from tests.lives.many import how_many
from tests.store.engine.kept import VERSIONS, kept
from tests.store.plain import opened

pytestmark = pytest.mark.files_only("no earlier version is on a server")

UPGRADE = ("store", "upgrade")
POINTS = how_many(2)
"""At how many calls of a kind an upgrade is killed or fails; `just long`: at every one."""
WRITING = ("pwrite64", "fdatasync", "fsync", "rename", "unlink", "ftruncate")
# The last commit that kept stores of schema 3: mailctl 0.2.0.
RELEASED = "8bc4964fc88cf226b4c2f87b06362f277acfd7c3"


@pytest.fixture(params=VERSIONS)
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Cli:
    """A host of an earlier mailctl, in a folder of its own."""
    return placed(tmp_path / "host", request.param)


def placed(folder: Path, version: int) -> Cli:
    """The kept store of a version, in a new folder."""
    folder.mkdir(mode=0o700)
    kept(folder / "mailctl.db", version)
    return Cli(folder / "mailctl.db")


def copy_of(cli: Cli) -> Path:
    """Where an upgrade keeps the store as it was."""
    return cli.store.with_name(f"{cli.store.name}.before-schema-{migrations.VERSION}")


def version_of(store: Path) -> int:
    """The version that a store says it has, once what a killed process left is undone."""
    with opened(store) as base:
        (version,) = base.execute("PRAGMA user_version").fetchone()
    return int(version)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the index of the log, which readers make anew."""
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm")
    }


def assert_whole(cli: Cli) -> None:
    """Nobody finds anything wrong."""
    checked = cli("store", "check", "-v")
    assert checked.status == 0, checked.out
    assert cli.ok("journal", "verify")["ok"] is True


def test_every_table_of_a_kept_store_has_rows(older: Cli) -> None:
    """Otherwise a migration could lose them unseen."""
    assert [table for table, rows in contents(older.store).items() if not rows] == []


def test_a_real_store_is_whole_after_its_upgrade_and_kept_as_it_was(older: Cli) -> None:
    """Every row of what the new schema still has; and the copy has all, for nobody else."""
    before = contents(older.store)
    with opened(older.store) as base:
        columns = {
            table: [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            for table in before
        }
    done = older.ok(*UPGRADE)
    assert (done["changed"], done["copy"]) == (True, str(copy_of(older)))
    assert_whole(older)
    assert contents(copy_of(older)) == before
    assert copy_of(older).stat().st_mode & 0o777 == 0o600
    lost = {}
    with opened(older.store) as base:
        for table, rows in before.items():
            now = [row[1] for row in base.execute(f"PRAGMA table_info({table})")]
            names = [name for name in columns[table] if name in now]
            at = [columns[table].index(name) for name in names]
            was = {tuple(row[one] for one in at) for row in rows}
            there = set(base.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall())
            if was - there:
                lost[table] = len(was - there)
    # What the upgrade to 3 changes: digests of batches, payments and notices that are tried again,
    # and the label that said "example price"; what each has as seals.
    assert set(lost) <= {"batch", "payment", "notice", "offer", "seal", "notice_account"}
    if version_of(copy_of(older)) == 3:
        assert set(lost) <= {"seal"}
    # It is gone on with.
    assert older("tick", "--days", "40").status in (0, 1)
    assert_whole(older)


def test_invoices_of_a_real_store_become_documents(older: Cli) -> None:
    """Their tax category is that of their rate and mention; what they lack is kept."""
    older.ok(*UPGRADE)
    older.ok("settings", "set", "seller-legal-form", "SAS")
    with store_at(older.store).write("test") as transaction:
        keys = transaction.numbers("SELECT id FROM invoice ORDER BY id")
        assert documents.unkept(transaction, keys) == keys
        documents.keep_what_is_missing(transaction, keys)
        kept = list(documents.documents(transaction, keys))
    older.ok("settings", "set", "seller-legal-form", "SARL")
    with store_at(older.store).read() as reader:
        assert list(documents.documents(reader, keys)) == kept
    found = {made.taxes[0].category for made in kept}
    assert found == {TaxCategory.STANDARD, TaxCategory.REVERSE_CHARGE}
    assert {made.seller.legal_form for made in kept} == {"SAS"}
    for made in kept:
        check(made)
    assert_whole(older)


def test_a_dry_run_tells_what_would_be_done_and_changes_no_byte(older: Cli) -> None:
    """Tried on a copy in memory: what it says is what is then done."""
    before = files(older.store.parent)
    would = older.ok(*UPGRADE, "--dry-run")
    for argv in (("status",), ("store", "check"), ("tick", "-n"), ("advise",)):
        refused = older(*argv, "-o", "json")
        assert (refused.status, refused.error()["code"]) == (10, "store-older")
    assert files(older.store.parent) == before
    assert older.ok(*UPGRADE) == {**would, "dry_run": False}


class Upgraded:
    """What comes of the upgrades of a store: the old one or the new, never anything else."""

    def __init__(self, folder: Path, version: int) -> None:
        self.folder, self.version = folder, version
        self._whole = placed(folder / "whole", version)
        self.before = contents(self._whole.store)
        log = folder / "calls"
        options = ["-o", str(log), "-e", f"trace={','.join(WRITING)}"]
        assert traced(self._whole, options, UPGRADE).status == 0
        text = log.read_text("utf-8")
        self.calls = {name: text.count(f"{name}(") for name in WRITING}
        self.after = self._rows(self._whole)
        self._numbers = iter(range(10**6))

    @staticmethod
    def _rows(cli: Cli) -> dict[str, list[tuple[object, ...]]]:
        own = ("seal", "seal_key", "batch")
        return {name: rows for name, rows in contents(cli.store).items() if name not in own}

    def fresh(self) -> Cli:
        """The old store once more."""
        return placed(self.folder / f"{next(self._numbers)}", self.version)

    def points(self) -> Iterator[tuple[str, int]]:
        """Calls at which something happens: the first ones, the last ones, some between."""
        for name, count in self.calls.items():
            if count:
                steps = min(POINTS, count)
                yield from ((name, 1 + (count - 1) * n // max(1, steps - 1)) for n in range(steps))

    def assert_old_or_new(self, cli: Cli, what: object) -> bool:
        """Whether it is the new one; both are whole, and the next upgrade completes it."""
        is_new = version_of(cli.store) == migrations.VERSION
        if is_new:
            assert_whole(cli)
            assert self._rows(cli) == self.after, what
        else:
            assert (what, contents(cli.store)) == (what, self.before)
            done = cli.ok(*UPGRADE)
            assert (what, done["from_version"]) == (what, self.version)
            assert self._rows(cli) == self.after, what
        assert (what, contents(copy_of(cli))) == (what, self.before)
        # Killed after its commit, it leaves the note of who writes; the next writer takes it over.
        open_ends = ("-wal", "-shm", "-writer")
        names = [name for name in left_in(cli.store.parent) if not name.endswith(open_ends)]
        assert (what, names) == (what, ["mailctl.db", copy_of(cli).name])
        shutil.rmtree(cli.store.parent)
        return is_new


@pytest.fixture(scope="module", params=VERSIONS if POINTS > 2 else VERSIONS[:1])
def upgraded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    """Upgrades of the oldest schema, which pass through all; `just long`: of every one."""
    return Upgraded(tmp_path_factory.mktemp("upgrades"), request.param)


def test_an_upgrade_killed_at_any_write_is_the_old_store_or_the_new(upgraded: Upgraded) -> None:
    """At every write, sync, rename and removal; what it leaves beside is cleared by the next."""
    for name, number in upgraded.points():
        victim = upgraded.fresh()
        fault = f"{name}:signal=KILL:when={number}"
        # Closing may save a call that the counting one made.
        assert injected(victim, fault, *UPGRADE).status in (KILLED, 0), fault
        upgraded.assert_old_or_new(victim, fault)


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_an_upgrade_that_the_disk_fails_is_undone_whole(error: str, upgraded: Upgraded) -> None:
    """From the n-th call on, or at the n-th alone: 74, or done; never half, never a bug."""
    every = POINTS > 2
    calls = WRITING if every and error == "EIO" else ("pwrite64", "fsync")[: 1 + (error == "EIO")]
    for name, number in upgraded.points():
        if name not in calls:
            continue
        for for_ever in ("+", "") if every else ("+",):
            victim = upgraded.fresh()
            fault = f"{name}:error={error}:when={number}{for_ever}"
            outcome = injected(victim, fault, *UPGRADE, "-o", "json")
            if outcome.status:
                ending = (fault, outcome.status, outcome.error()["code"])
                assert ending == (fault, 74, "disk-failed"), outcome.err
            upgraded.assert_old_or_new(victim, fault)


# A program that changes a store and is killed before its change is in the store's own file.
WRITER = """
import os, signal, sqlite3, sys
base = sqlite3.connect(sys.argv[1], isolation_level=None)
base.execute("PRAGMA journal_mode = " + sys.argv[2])
if sys.argv[2] == "WAL":
    base.execute("UPDATE setting SET value = 'Committed' WHERE name = 'seller-name'")
base.execute("PRAGMA cache_size = 2")
base.execute("BEGIN IMMEDIATE")
base.execute("UPDATE setting SET value = value || ' half done'")
base.execute("UPDATE customer SET phone = '+33987654321'")
base.execute("UPDATE notice SET last_error = 'half done'")
os.kill(os.getpid(), signal.SIGKILL)
"""


def crashed(store: Path, mode: str) -> dict[str, bytes]:
    """Kill a writer of a store in its middle; the files as they lie there then."""
    writer = subprocess.run([sys.executable, "-c", WRITER, str(store), mode], check=False)
    assert writer.returncode == -signal.SIGKILL
    log = store.with_name(store.name + ("-wal" if mode == "WAL" else "-journal"))
    assert log.stat().st_size > 4096
    for path in store.parent.iterdir():
        path.chmod(0o600)
    return files(store.parent)


def seller(store: Path) -> str:
    """The seller's name that a store has."""
    with opened(store) as base:
        ((name,),) = base.execute("SELECT value FROM setting WHERE name = 'seller-name'").fetchall()
    return str(name)


def test_an_older_store_with_a_log_left_by_a_crash(older: Cli) -> None:
    """What was committed is upgraded and in the copy; what was not is in neither; nobody else
    touches a byte."""
    before = crashed(older.store, "WAL")
    for argv in (("status",), ("store", "check"), ("tick", "-n"), ("account", "list")):
        assert older(*argv, "-o", "json").error()["code"] == "store-older"
    assert older.ok(*UPGRADE, "-n")["from_version"] == version_in(before)
    assert files(older.store.parent) == before
    older.ok(*UPGRADE)
    for store in (older.store, copy_of(older)):
        assert seller(store) == "Committed"
        with opened(store) as base:
            assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert base.execute(
                "SELECT count(*) FROM notice WHERE last_error = 'half done'"
            ).fetchone() == (0,)


def version_in(found: dict[str, bytes]) -> int:
    """The version that the first bytes of a store say."""
    return int.from_bytes(found["mailctl.db"][60:64], "big")


@pytest.mark.parametrize(
    "argv", [("status",), ("store", "check"), ("tick", "-n"), (*UPGRADE, "-n"), ("tick",)]
)
def test_half_a_change_of_a_killed_program_is_undone_by_whoever_comes_next(
    argv: tuple[str, ...], tmp_path: Path
) -> None:
    """A store outside of WAL mode, as other programs copy it: readers and dry runs see it whole."""
    cli = placed(tmp_path / "host", VERSIONS[-1])
    cli.ok(*UPGRADE)
    before = contents(cli.store)
    crashed(cli.store, "DELETE")
    assert cli(*argv).status in (0, 1)
    # Who changes the store brings it back into WAL mode, where a power cut loses nothing.
    with opened(cli.store) as base:
        mode = "wal" if argv == ("tick",) else "delete"
        assert base.execute("PRAGMA journal_mode").fetchone() == (mode,)
    if argv != ("tick",):
        assert contents(cli.store) == before
    assert_whole(cli)


def test_half_a_change_beside_an_older_store_is_undone_by_its_upgrade(older: Cli) -> None:
    """The rollback journal of a killed program; the copy has the store as it was before it."""
    before = contents(older.store)
    crashed(older.store, "DELETE")
    assert older("status", "-o", "json").error()["code"] == "store-older"
    older.ok(*UPGRADE)
    assert contents(copy_of(older)) == before
    assert_whole(older)
    with opened(older.store) as base:
        assert base.execute("PRAGMA journal_mode").fetchone() == ("wal",)


@pytest.mark.parametrize(
    "harm",
    [
        "DROP INDEX task_todo",
        "DROP INDEX account_address",
        "ALTER TABLE task RENAME COLUMN reason TO why",
        "DROP TABLE platform_deletion",
        "CREATE TABLE moved (x)",
    ],
)
def test_a_store_that_is_not_as_its_version_made_it_is_upgraded_or_refused(
    harm: str, tmp_path: Path
) -> None:
    """Somebody's own change of the schema: never called a bug, and never half done."""
    cli = placed(tmp_path / "host", 3)
    with opened(cli.store) as base:
        base.execute(harm)
    before = contents(cli.store)
    outcome = cli(*UPGRADE, "-o", "json")
    if outcome.status == 0:
        assert "DROP TABLE" not in harm
        assert cli("store", "check").status in (0, 1)
        return
    assert (outcome.status, outcome.error()["code"]) == (10, "store-damaged")
    assert "cannot be upgraded, and is as it was" in outcome.error()["message"]
    assert contents(cli.store) == before
    assert not copy_of(cli).exists()


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program of mailctl 0.2.0, from this repository's history."""
    root = Path(__file__).parents[3]
    git = shutil.which("git")
    packed = git and subprocess.run(
        [git, "-C", str(root), "archive", RELEASED, "mailctl"], capture_output=True, check=False
    )
    if not packed or packed.returncode:
        pytest.skip("the history of the repository is not here")
    folder = tmp_path_factory.mktemp("released")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as found:
        found.extractall(folder, filter="data")
    return folder


@pytest.mark.parametrize(
    "argv",
    [
        ("status",), ("tick", "-n"), ("prepaid", "credit", "acme", "10"), ("store", "upgrade"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_the_released_mailctl_refuses_a_newer_store_unharmed(
    argv: tuple[str, ...], released: Path, busy: Cli
) -> None:
    """The real 0.2.0, as somebody who went back to it: it says why, and touches no byte."""
    with closing(sqlite3.connect(busy.store)) as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = files(busy.store.parent)
    done = subprocess.run(
        [sys.executable, "-m", "mailctl", *argv],
        env=environment(busy.store) | {"PYTHONPATH": str(released)},
        cwd=released,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 10, done.stderr
    assert b"written by a newer mailctl (schema 4, this one knows 3)" in b" ".join(
        done.stderr.split()
    )
    assert done.stdout == b""
    assert {name: text for name, text in files(busy.store.parent).items() if text} == before
