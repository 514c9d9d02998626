"""Several commands at once: one after the other, none lost, none done twice."""

from __future__ import annotations

import json
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from freezegun import freeze_time

from mailctl.store.engine.stores import store_at
from tests import on_server
from tests.helpers import Cli
from tests.process.running import ended, started, wait_for_opening, wait_for_the_writer
from tests.store.plain import beside, rows
from tests.store.plain import held as holding


@pytest.fixture
def held(busy: Cli) -> Iterator[subprocess.Popen[bytes]]:
    """A tick of the busy host that stands still in the middle of its work."""
    process = started(busy, "tick", "--to", "2090-01-01")
    wait_for_the_writer(busy, process)
    process.send_signal(signal.SIGSTOP)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.files_only("another program locks the file")
def test_another_program_that_holds_the_store_is_named(busy: Cli) -> None:
    """A shell of sqlite3 in a transaction: who it is, where the system tells."""
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('BEGIN IMMEDIATE'); "
    code += "print(1, flush=True); input()"
    argv = [sys.executable, "-c", code, str(busy.store)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        other.stdout.readline()
        got = busy("prepaid", "credit", "acme", "10", "--wait", "0")
        other.communicate(b"\n")
    said = f"the store {busy.store} is busy: another program is writing to it"
    assert (got.status, said in got.err) == (75, True)
    if Path("/proc/locks").exists():
        assert f", process {other.pid}\n" in got.err


def test_two_writers_at_once_both_succeed(busy: Cli) -> None:
    """The second waits for the first; both credits are in the books."""
    before = busy.ok("prepaid", "show", "acme")["balance_cents"]
    together = [started(busy, "prepaid", "credit", "acme", "10") for _ in range(2)]
    assert [ended(process).status for process in together] == [0, 0]
    assert busy.ok("prepaid", "show", "acme")["balance_cents"] == before + 2000
    assert busy.ok("journal", "verify")["ok"] is True


def test_orders_at_once_are_numbered_without_a_gap(busy: Cli) -> None:
    """Six orders from six processes: six invoices, one number each, none missing."""
    before = rows(busy.store, "SELECT max(seq) FROM invoice")[0][0]
    together = [started(busy, "account", "order", "acme-pro", "-y") for _ in range(6)]
    assert [ended(process).status for process in together] == [0] * 6
    numbers = [row[0] for row in rows(busy.store, "SELECT seq FROM invoice ORDER BY seq")]
    assert numbers == list(range(1, before + 7))


def test_the_same_key_at_once_orders_once(busy: Cli) -> None:
    """Four impatient clicks are one order."""
    argv = ("account", "order", "acme-pro", "--key", "click", "-y", "-o", "json")
    outcomes = [ended(process) for process in [started(busy, *argv) for _ in range(4)]]
    assert [outcome.status for outcome in outcomes] == [0] * 4
    assert len({outcome.json()["number"] for outcome in outcomes}) == 1
    assert sorted(outcome.json()["changed"] for outcome in outcomes) == [False, False, False, True]


def test_a_store_that_is_held_for_too_long_is_busy(busy: Cli) -> None:
    """Another program holds the lock: exit status 75 after the wait, and nothing is changed."""
    with holding(busy.store):
        began = time.monotonic()
        busied = busy.process("prepaid", "credit", "acme", "10", "--wait", "1", "-o", "json")
        waited = time.monotonic() - began
    assert (busied.status, busied.error()["code"], busied.out) == (75, "store-busy", "")
    assert (waited >= 1, waited < 5) == (True, True)


def test_with_no_wait_a_held_store_is_busy_at_once(busy: Cli) -> None:
    """`--wait 0` does not wait."""
    with holding(busy.store):
        began = time.monotonic()
        outcome = busy("prepaid", "credit", "acme", "10", "--wait", "0")
        waited = time.monotonic() - began
    assert (outcome.status, waited < 2) == (75, True)


def test_a_busy_store_says_which_mailctl_holds_it(busy: Cli, held: subprocess.Popen[bytes]) -> None:
    """Who, which process, since when."""
    outcome = busy("prepaid", "credit", "acme", "10", "--wait", "1", "-o", "json")
    assert (outcome.status, outcome.error()["code"]) == (75, "store-busy")
    # A server knows the process that works for the command.
    is_there = isinstance(busy.store, on_server.Place)
    process = r"\d+ of the server" if is_there else str(held.pid)
    said = outcome.error()["message"]
    assert re.search(rf": mailctl tick, process {process}, since 20", said), said


def test_a_busy_store_does_not_name_a_process_that_is_gone(
    busy: Cli, held: subprocess.Popen[bytes]
) -> None:
    """The note that a killed command left behind is not believed."""
    held.kill()
    held.communicate()
    with holding(busy.store):
        outcome = busy("prepaid", "credit", "acme", "10", "--wait", "1", "-o", "json")
    said = outcome.error()["message"]
    assert (outcome.status, str(held.pid) in said, "tick" in said) == (75, False, False)


def test_reading_goes_on_while_somebody_writes(busy: Cli) -> None:
    """A list shows the store as it was before the change that is under way."""
    with store_at(busy.store).write("test") as transaction:
        transaction.execute("UPDATE customer SET name = 'Changed' WHERE slug = 'acme'")
        shown = busy.ok("customer", "list")["items"][0]["name"]
    assert shown == "Acme SARL"


def locked_whole(store: Path, seconds: float) -> threading.Thread:
    """Somebody who lets nobody even read, as whoever folds a long log into the store's file."""
    locked = threading.Event()

    def hold() -> None:
        base = sqlite3.connect(store, isolation_level=None)
        base.execute("PRAGMA locking_mode = EXCLUSIVE")
        base.execute("BEGIN IMMEDIATE")
        base.execute("SELECT count(*) FROM customer").fetchone()
        locked.set()
        time.sleep(seconds)
        base.execute("ROLLBACK")
        base.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert locked.wait(5)
    return thread


@pytest.mark.files_only("nobody locks a whole server")
@pytest.mark.parametrize("argv", [("customer", "list"), ("prepaid", "credit", "acme", "10")])
def test_every_command_waits_while_a_store_is_locked_whole(
    argv: tuple[str, ...], busy: Cli
) -> None:
    """Reading or writing: ten seconds unless given otherwise, however the store is locked."""
    thread = locked_whole(busy.store, 1)
    outcome = busy(*argv)
    thread.join()
    assert (outcome.status, outcome.err) == (0, "")


@pytest.mark.files_only("nobody locks a whole server")
@pytest.mark.parametrize("argv", [("customer", "list"), ("prepaid", "credit", "acme", "10")])
def test_a_store_that_stays_locked_whole_is_busy(argv: tuple[str, ...], busy: Cli) -> None:
    """After the wait that was asked for: exit status 75."""
    thread = locked_whole(busy.store, 3)
    began = time.monotonic()
    outcome = busy(*argv, "--wait", "1", "-o", "json")
    waited = time.monotonic() - began
    thread.join()
    assert (outcome.status, outcome.error()["code"]) == (75, "store-busy")
    assert (waited >= 1, waited < 2.5) == (True, True)


def test_a_writer_sees_what_was_written_while_it_waited(busy: Cli) -> None:
    """An address that went to another meanwhile is taken, not given twice."""
    with holding(busy.store) as holder:
        waiting = started(busy, "account", "configure", "2", "lea@acme.example", "-o", "json")
        wait_for_opening(busy, waiting)
        holder.execute(
            "UPDATE account SET address = 'lea@acme.example' WHERE address = 'anna@acme.example'"
        )
    outcome = ended(waiting)
    assert (outcome.status, outcome.error()["code"]) == (1, "address-taken")


@pytest.fixture
def due_today(cli: Cli) -> Cli:
    """A wall store with 300 accounts of three customers, all due by the real today."""
    ago = datetime.now(UTC) - timedelta(days=31)
    with freeze_time(ago):
        cli.ok("init", "--timezone", "UTC")
        cli.ok("settings", "set", "gap-days", "60")
        for name in ("anna", "bert", "carl"):
            cli.ok("customer", "add", name, "--name", name, "--email", f"it@{name}.example")
            cli.ok("prepaid", "credit", name, "10000")
            cli.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")
            cli.ok("account", "order", name, "--count", "100", "-y")
    return cli


def test_eight_ticks_at_once_bill_once(due_today: Cli) -> None:
    """One of them bills every account; the seven others wait and find nothing to do."""
    together = [started(due_today, "tick", "-o", "json", "--wait", "60") for _ in range(8)]
    outcomes = [ended(process) for process in together]
    assert [outcome.status for outcome in outcomes] == [0] * 8
    counts = sorted(json.loads(outcome.out)["renewed"] for outcome in outcomes)
    assert counts == [0, 0, 0, 0, 0, 0, 0, 300]
    assert rows(due_today.store, "SELECT count(*) FROM invoice") == [(6,)]
    assert due_today.ok("journal", "verify")["ok"] is True


def test_two_inits_at_once_make_one_store(cli: Cli) -> None:
    """One wins, the other is told that something stands there; the store is whole."""
    for number in range(4):
        place = beside(cli, str(number))
        argv = ("init", "--clock", "2026-01-01", "-o", "json")
        outcomes = [ended(process) for process in [started(place, *argv) for _ in range(3)]]
        assert sorted(outcome.status for outcome in outcomes) == [0, 1, 1]
        lost = [outcome.error()["code"] for outcome in outcomes if outcome.status]
        assert lost == ["already-exists", "already-exists"]
        assert place.ok("journal", "verify")["ok"] is True
    drafts = [path.name for path in cli.store.parent.iterdir() if path.name.startswith(".")]
    assert drafts == []
