"""Commands that are stopped, killed, or whose reader goes away."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.helpers import Cli, environment
from tests.originals import copy_all
from tests.process.running import (
    HOME,
    ended,
    started,
    wait_for_opening,
    wait_for_the_writer,
)
from tests.store.engine.test_streaming import filled
from tests.store.plain import held
from tests.tick.dumps import Dump, differing, dump

LONG = ("tick", "--to", "2076-01-01")
# Long enough to be killed in its middle, short enough to be done to its end again and again.
YEARS = ("tick", "--to", "2041-01-01")


@pytest.fixture
def rich(busy: Cli) -> Cli:
    """The busy host with money for decades: ticks that have something to do every month."""
    return enriched(busy)


def enriched(cli: Cli) -> Cli:
    """Give every customer of the busy host money."""
    for customer in ("acme", "bolt", "late", "slow"):
        cli.ok("prepaid", "credit", customer, "9999999")
    return cli


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 143)],
    ids=["SIGINT", "SIGTERM", "SIGHUP"],
)
def test_a_command_that_is_stopped_undoes_its_work(number: int, status: int, rich: Cli) -> None:
    """Ctrl-C, kill, or a terminal that closes: its own exit status, no traceback, nothing done."""
    before = dump(rich.store)
    process = started(rich, *LONG)
    wait_for_the_writer(rich, process)
    time.sleep(0.1)
    process.send_signal(number)
    outcome = ended(process)
    assert (outcome.status, outcome.out) == (status, "")
    assert "Traceback" not in outcome.err
    assert "what was not finished is undone" in outcome.err
    assert differing(dump(rich.store), before) == []
    assert [path.name for path in rich.store.parent.iterdir() if "writer" in path.name] == []


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
def test_a_command_that_waits_for_the_store_can_be_stopped(
    number: int, status: int, busy: Cli
) -> None:
    """Whoever is tired of waiting does not have to wait for the wait to end."""
    with held(busy.store):
        process = started(busy, "prepaid", "credit", "acme", "10", "--wait", "5")
        wait_for_opening(busy, process)
        began = time.monotonic()
        process.send_signal(number)
        outcome = ended(process)
        took = time.monotonic() - began
    assert (outcome.status, took < 2) == (status, True)


@pytest.fixture(scope="module")
def never_killed(busy_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Dump:
    """The rich host after years that nothing interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    copy_all(busy_original, folder)
    cli = enriched(Cli(folder / busy_original.name))
    cli.ok(*YEARS)
    return dump(cli.store)


@pytest.mark.parametrize("delay", [0.0, 0.2, 0.4])
def test_a_tick_that_is_killed_and_run_again_ends_as_if_it_never_was(
    delay: float, rich: Cli, never_killed: Dump
) -> None:
    """kill -9 in the middle of years: afterwards the same rows as without it, in every table."""
    process = started(rich, *YEARS)
    wait_for_the_writer(rich, process)
    time.sleep(delay)
    process.kill()
    assert ended(process).status == -signal.SIGKILL
    assert rich.ok("journal", "verify")["ok"] is True
    rich.ok(*YEARS)
    assert differing(dump(rich.store), never_killed) == []


def test_a_list_whose_reader_goes_away_ends_quietly(cli: Cli) -> None:
    """`mailctl account list | head -1`: the first line, exit status 141, nothing on stderr."""
    filled(cli, 20_000)
    for form in ("jsonl", "json", "csv", "tsv", "name", "table"):
        process = subprocess.Popen(
            [sys.executable, "-m", "mailctl", "account", "list", "-o", form],
            env=environment(cli.store) | {"PYTHONPATH": HOME},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        assert (form, process.wait(), first != b"", err) == (form, 141, True, b"")


@pytest.mark.parametrize(
    "argv", [("account", "list"), ("status",), ("--help",), ("help", "errors")], ids=" ".join
)
def test_an_answer_that_cannot_be_written_is_a_failed_disk(
    argv: tuple[str, ...], busy: Cli
) -> None:
    """/dev/full in the place of a log file: exit status 74 and a sentence, not a traceback."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", *argv],
            env=environment(busy.store) | {"PYTHONPATH": HOME},
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, b"Traceback" in done.stderr) == (74, False)


@pytest.mark.parametrize(
    ("argv", "status"), [(("account", "show", "999"), 4), (("account", "shw"), 2)], ids=str
)
def test_an_error_that_cannot_be_written_keeps_its_status(
    argv: tuple[str, ...], status: int, busy: Cli
) -> None:
    """A full disk under cron's log: the script that asks for the status still learns it."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", *argv],
            env=environment(busy.store) | {"PYTHONPATH": HOME},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=full,
            check=False,
        )
    assert done.returncode == status


def test_a_change_is_done_although_its_answer_cannot_be_written(busy: Cli) -> None:
    """The store was changed before the sentence: the key tells the second call so."""
    argv = ("prepaid", "credit", "acme", "10", "--key", "once")
    before = busy.ok("prepaid", "show", "acme")["balance_cents"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", *argv],
            env=environment(busy.store) | {"PYTHONPATH": HOME},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 74
    again = busy.ok(*argv)
    assert (again["balance_cents"], again["changed"]) == (before + 1000, False)


def test_a_command_without_any_output_streams_still_works(busy: Cli) -> None:
    """A cron that closes them all: the tick is done."""
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m mailctl tick <&- >&- 2>&-"],
        env=environment(busy.store) | {"PYTHONPATH": HOME},
        check=False,
    )
    assert (done.returncode, busy.ok("status")["clock_on"]) == (0, "2026-02-06")
