"""The store is replicated by the real Litestream, lost, restored, checked, and gone on with."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.helpers import Cli, contents
from tests.process.litestreams import Replica, wait_until
from tests.process.running import started
from tests.store.plain import opened

pytestmark = pytest.mark.files_only("Litestream replicates files")
SCHEMA_3 = Path(__file__).parent.parent / "store/engine/schema-3.sql"


@pytest.fixture
def replica(busy: Cli) -> Iterator[Replica]:
    """A replica of the busy store; Litestream is not running yet."""
    made = Replica(busy)
    yield made
    made.kill()


def assert_whole(cli: Cli) -> None:
    """Every check holds, and the chain of the journal."""
    found = cli("store", "check", "-o", "jsonl")
    assert [row for row in found.jsonl() if not row["ok"]] == []
    assert cli.ok("journal", "verify")["ok"] is True


def lose(store: Path) -> None:
    """Delete a store's file, and all that SQLite and Litestream keep beside it."""
    for path in store.parent.glob(f"{store.name}*"):
        path.unlink()
    for path in sorted(store.parent.glob(f".{store.name}-litestream/**/*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()


class Load:
    """Administrators who order and pay, and a tick, each as processes; some are killed."""

    def __init__(self, cli: Cli, seed: int) -> None:
        self.cli = cli
        self.acknowledged: dict[tuple[str, ...], bytes] = {}
        self._is_over = threading.Event()
        self._random = random.Random(seed)
        self._days = iter(range(6, 29))
        self._threads = [threading.Thread(target=self._work, args=(number,)) for number in range(2)]
        for thread in self._threads:
            thread.start()

    def wait_for(self, count: int) -> None:
        """Wait until so many commands were acknowledged."""
        wait_until(lambda: len(self.acknowledged) >= count)

    def end(self) -> None:
        """Let no new command begin, and wait for the last ones."""
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _work(self, number: int) -> None:
        for count in range(1000):
            if self._is_over.is_set():
                return
            argv = self._next(f"{number}-{count}")
            process = started(self.cli, *argv)
            if self._random.random() < 0.25:
                time.sleep(self._random.uniform(0.1, 0.3))
                process.kill()
            out, err = process.communicate()
            assert process.returncode in (0, -9), err
            if process.returncode == 0:
                self.acknowledged[argv] = out

    def _next(self, key: str) -> tuple[str, ...]:
        kind = self._random.choice(("credit", "order", "order", "tick"))
        if kind == "tick" and (day := next(self._days, None)):
            return ("tick", "--to", f"2026-02-{day:02}")
        if kind == "credit":
            return ("prepaid", "credit", "acme", "100", "--key", key, "-o", "json")
        address = f"n{key}@bolt.example"
        return ("account", "order", "bolt-hx", address, "--key", key, "-y", "-o", "json")


def test_what_was_acknowledged_before_the_last_sync_survives_the_loss_of_the_store(
    replica: Replica,
) -> None:
    """Under load, with Litestream and commands killed at random; then all of it is deleted."""
    cli = replica.cli
    cli.ok("prepaid", "credit", "bolt", "9000")
    replica.start()
    load = Load(cli, seed=13)
    load.wait_for(4)
    replica.kill()
    load.wait_for(5)
    replica.start()
    load.wait_for(8)
    sent = dict(load.acknowledged)
    replica.wait_for_sync()
    replica.kill()
    load.end()
    lose(cli.store)

    restored = replica.restored("restored.db")

    assert_whole(restored)
    # Given again, each is known, and changes nothing.
    before = contents(restored.store)
    day = restored.ok("status")["clock_on"]
    for argv, answer in sent.items():
        if argv[0] == "tick":
            assert argv[-1] <= day
        else:
            again = restored(*argv)
            assert (argv, again.status) == (argv, 0)
            assert again.json().get("number") == json.loads(answer).get("number")
    assert contents(restored.store) == before

    # In its place it is gone on with, and replicated on.
    restored.store.rename(cli.store)
    for path in restored.store.parent.glob(f"{restored.store.name}-*"):
        path.unlink()
    replica.start()
    cli.ok("account", "order", "bolt-hx", "after@bolt.example", "-y")
    replica.stop()
    again = replica.restored("again.db")
    assert_whole(again)
    assert again.ok("journal", "head") == cli.ok("journal", "head")


def test_what_was_written_while_litestream_did_not_run_is_not_missed(replica: Replica) -> None:
    """Not even where SQLite has begun its log anew meanwhile, as it does after a large tick."""
    cli = replica.cli
    replica.start()
    cli.ok("prepaid", "credit", "bolt", "9000")
    cli.ok("account", "order", "bolt-hx", "--count", "40", "-y")
    replica.stop()
    with closing(sqlite3.connect(cli.store)) as reader:
        # Somebody has it open, so that the log stays.
        reader.execute("SELECT count(*) FROM account").fetchone()
        cli.ok("customer", "edit", "acme", "--name", "Acme SA")
        cli.ok("tick", "--to", "2026-02-09")
        busy, frames, moved = reader.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        assert (busy, frames) == (0, moved)
        cli.ok("customer", "edit", "bolt", "--name", "Bolt AG")
        replica.start()
        replica.stop()

    restored = replica.restored("restored.db")

    assert_whole(restored)
    assert restored.ok("journal", "head") == cli.ok("journal", "head")


def test_what_was_erased_leaves_the_store_and_then_the_replica(replica: Replica) -> None:
    """Litestream keeps the log in use: the erasure says so, and is finished while it is stopped."""
    cli = replica.cli
    cli.ok("customer", "add", "gone", "--name", "Canary", "--email", "canary@gone.example")
    cli.ok("customer", "close", "gone", "-y")
    replica.start()
    erased = cli("customer", "erase", "gone", "--confirm", "gone", "--wait", "0")
    assert (erased.status, "another program reads the store" in erased.err) == (1, True)
    assert b"canary@" in replica.restored("old.db", "-txid", f"{1:016x}").store.read_bytes()
    replica.stop()
    assert cli("customer", "erase", "gone", "--confirm", "gone").status == 0
    replica.start()
    replica.stop()

    restored = replica.restored("restored.db")

    assert_whole(restored)
    assert b"canary@" not in restored.store.read_bytes()
    assert restored.ok("journal", "head") == cli.ok("journal", "head")


def test_an_upgrade_is_replicated_like_any_change(tmp_path: Path) -> None:
    """It rewrites every table while Litestream reads, and the replica has it too."""
    cli = Cli(tmp_path / "old.db")
    with opened(cli.store) as base:
        base.execute("PRAGMA journal_mode = WAL")
        base.executescript(SCHEMA_3.read_text("utf-8"))
        base.executescript(
            """
            INSERT INTO store VALUES (1, '2026-01-01T00:00:00Z', 'manual', 'UTC', 'FR', 'EUR');
            INSERT INTO clock (id, reached_on) VALUES (1, '2026-01-05');
            """
        )
    cli.store.chmod(0o600)
    replica = Replica(cli)
    replica.start()
    before = replica.newest()
    cli.ok("store", "upgrade")
    replica.stop()
    assert replica.newest() > before

    restored = replica.restored("restored.db")

    assert restored.ok("store", "info")["schema_version"] > 3
    left, right = (
        {name: rows for name, rows in contents(one.store).items() if "litestream" not in name}
        for one in (restored, cli)
    )
    assert left == right


def test_once_a_day_by_cron_keeps_a_copy_of_each_day(replica: Replica) -> None:
    """Each can be restored; what Litestream keeps besides goes away, or the disk would fill up."""
    cli = replica.cli
    for day in ("2026-02-06", "2026-02-07", "2026-02-08"):
        yesterday = time.time() - 86_400
        for path in cli.store.parent.glob("**/ltx/0/*.ltx"):
            os.utime(path, (yesterday, yesterday))
        cli.ok("tick", "--to", day)
        replica.cron()
    assert len(list(replica.folder.glob("ltx/9/*.ltx"))) == 3
    assert len(list(cli.store.parent.glob("**/ltx/0/*.ltx"))) == 2

    last, first = replica.restored("last.db"), replica.restored("first.db", "-txid", f"{1:016x}")

    assert_whole(last)
    assert_whole(first)
    assert last.ok("status")["clock_on"] == "2026-02-08"
    assert first.ok("status")["clock_on"] == "2026-02-06"


def test_others_can_read_nothing_of_the_replica(replica: Replica) -> None:
    """Under the usual umask, too, its folders and files are the owner's alone."""
    replica.start()
    replica.stop()
    made = [replica.folder, *replica.folder.rglob("*")]
    made += replica.cli.store.parent.glob(f".{replica.cli.store.name}-litestream/**/*")

    assert len(made) > 6
    assert {stat.S_IMODE(path.stat().st_mode) for path in made} == {0o700, 0o600}


@pytest.mark.parametrize("name", ["with space.db", "é'\"\\: [x] &.db"])
def test_litestream_reads_the_configuration_of_any_path(name: str, tmp_path: Path) -> None:
    """Quotes, spaces and signs of YAML in the store's name do no harm."""
    cli = Cli(tmp_path / name)
    cli.ok("init", "--clock", "2026-01-01")
    replica = Replica(cli)
    replica.send()

    assert_whole(replica.restored("restored.db"))
