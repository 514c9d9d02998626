"""Codes and exit statuses: scripts branch on them, so they are listed, unique and kept."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from freezegun import freeze_time

from tests.helpers import Cli, contents, environment

CODES = {
    "usage": 2,
    "confirmation-needed": 2,
    "wall-clock": 2,
    "store-forbidden": 10,
    "declined": 1,
    "customer-not-found": 4,
    "platform-not-found": 4,
    "account-not-found": 4,
    "order-not-found": 4,
    "invoice-not-found": 4,
    "offer-not-found": 4,
    "domain-not-found": 4,
    "method-not-found": 4,
    "payment-not-found": 4,
    "entry-not-found": 4,
    "entry-refused": 1,
    "notice-not-found": 4,
    "export-not-found": 4,
    "extra-missing": 1,
    "not-invoiceable": 1,
    "document-unchecked": 1,
    "file-reduced": 1,
    "row-not-found": 4,
    "task-not-found": 4,
    "setting-not-found": 4,
    "already-exists": 1,
    "already-recorded": 1,
    "address-taken": 1,
    "domain-taken": 1,
    "invalid-address": 1,
    "already-configured": 1,
    "not-configured": 1,
    "mail-not-configured": 1,
    "mail-failed": 1,
    "no-periodicity": 1,
    "not-deletable": 1,
    "not-resettable": 1,
    "already-expired": 1,
    "not-active": 1,
    "not-suspended": 1,
    "platform-cancelled": 1,
    "platform-closed": 1,
    "offer-closed": 1,
    "customer-in-debt": 1,
    "customer-closed": 1,
    "amount-too-small": 1,
    "customer-not-closed": 1,
    "not-closable": 1,
    "token-invalid": 1,
    "amount-too-large": 1,
    "balance-too-low": 1,
    "nothing-to-credit": 1,
    "not-reversible": 1,
    "order-not-payable": 1,
    "order-not-cancellable": 1,
    "payment-not-pending": 1,
    "payment-not-settled": 1,
    "card-number-refused": 1,
    "method-in-use": 1,
    "key-reused": 1,
    "lines-refused": 1,
    "clock-backwards": 1,
    "gap-too-long": 1,
    "mass-change": 1,
    "plan-changed": 1,
    "task-not-todo": 1,
    "no-driver": 1,
    "capability-missing": 1,
    "driver-unsafe": 1,
    "export-unsafe": 1,
    "driver-failed": 1,
    "driver-timeout": 1,
    "weak-password": 1,
    "backup-invalid": 1,
    "bank-file-invalid": 1,
    "restore-numbers-needed": 1,
    "store-missing": 10,
    "store-foreign": 10,
    "store-newer": 10,
    "store-older": 10,
    "store-damaged": 10,
    "store-exposed": 10,
    "store-moved": 10,
    "store-busy": 75,
    "disk-failed": 74,
    "internal": 70,
}


def test_every_code_is_listed_once_with_its_status_and_meaning(cli: Cli) -> None:
    """`help errors` needs no store and leaves none out."""
    got = cli("help", "errors", "--json").json()["items"]

    assert {row["code"]: row["exit_status"] for row in got} == CODES
    assert len(got) == len(CODES)
    assert len({row["meaning"] for row in got}) == len(CODES)


@pytest.mark.parametrize(
    ("argv", "status", "code"),
    [
        (["account", "show", "999"], 4, "account-not-found"),
        (["account", "list", "--platform", "acme-hy"], 4, "platform-not-found"),
        (["customer", "list", "--limit", "0"], 2, "usage"),
        (["acount", "list"], 2, "usage"),
        (["account", "lst"], 2, "usage"),
        (["account", "list", "--sate", "all"], 2, "usage"),
        (["account", "show"], 2, "usage"),
        (["account", "show", "1", "2"], 2, "usage"),
        (["account", "list", "--fields", "nme"], 2, "usage"),
        (["account", "order", "acme-pro"], 2, "confirmation-needed"),
        (["account", "order", "acme-old", "-y"], 1, "platform-cancelled"),
        (["tick", "--to", "2026-02-04"], 1, "clock-backwards"),
    ],
)
def test_an_error_in_json_is_the_last_line_of_stderr(
    busy: Cli, argv: list[str], status: int, code: str
) -> None:
    """Usage errors too; standard output stays empty."""
    got = busy(*argv, "-o", "json")

    assert (got.status, got.out, got.error()["code"]) == (status, "", code)
    assert list(got.error()) == ["code", "message", "hint", "exit_status"]
    assert got.error()["exit_status"] == status


@pytest.mark.parametrize(
    "words",
    [
        ["-o", "json"],
        ["-ojson"],
        ["--output", "json"],
        ["--output=json"],
        ["--json"],
        ["-o", "jsonl"],
        ["-qo", "json"],
        ["-qojson"],
    ],
)
def test_json_is_recognised_however_it_is_asked_for(busy: Cli, words: list[str]) -> None:
    """Even where the command line does not parse."""
    got = busy("account", "list", *words, "--no-such-option")

    assert got.status == 2
    assert got.error()["message"] == "there is no option --no-such-option"


@pytest.mark.parametrize("words", [["-o", "csv"], ["--output=table"], ["--", "--json"], []])
def test_without_json_an_error_is_a_sentence_and_a_hint(busy: Cli, words: list[str]) -> None:
    """Lower case, one line each, and the hint is a command."""
    got = busy("account", "show", "999", *words)

    assert got.out == ""
    assert [line.partition(" ")[0] for line in got.err.splitlines()] == ["error:", "hint:"]


def test_an_error_names_close_names(busy: Cli) -> None:
    """A mistyped name gets a list of similar ones."""
    got = busy("platform", "show", "acme-hy", "--json").error()

    assert got["message"] == (
        "there is no platform acme-hy; did you mean acme-hx, acme-pro or acme-old?"
    )
    assert got["hint"] == "mailctl platform list"


def test_an_error_in_json_names_every_wrong_line(busy: Cli) -> None:
    """`lines` stands beside the four keys where lines of a file were refused."""
    got = busy(
        "account", "order", "acme-pro", "--from", "-", "-y", "--json", stdin="address\nx@\n@y\n"
    )

    assert (got.status, got.error()["code"]) == (1, "lines-refused")
    assert [line.partition(":")[0] for line in got.error()["lines"]] == ["line 2", "line 3"]


@pytest.mark.parametrize(
    "argv", [["status"], ["account", "list"], ["tick"], ["prepaid", "credit", "c", "10"]]
)
def test_a_missing_store_is_refused_and_not_made(cli: Cli, argv: list[str]) -> None:
    """Only `init` and `demo` make one; the hint doubts the path first."""
    got = cli(*argv, "--json")

    assert (got.status, got.error()["code"]) == (10, "store-missing")
    doubted = "path" if isinstance(cli.store, Path) else "name"
    assert got.error()["hint"] == f"check the {doubted}; for a new store: mailctl init"
    assert not cli.store.exists()


@pytest.mark.files_only("a folder stands for a file")
def test_a_folder_in_the_stores_place_is_called_one(busy: Cli) -> None:
    """With the file that is meant perhaps."""
    folder = busy.store.parent

    got = busy("status", "--store", str(folder))

    assert got.err.endswith(
        f"error: {folder} is a folder\nhint: name the file in it, such as {folder}/mailctl.db\n"
    )


@pytest.mark.files_only("paths are alike")
def test_a_store_that_is_meant_perhaps_is_named_before_a_new_one(busy: Cli) -> None:
    """A mistyped --store, with a store in MAILCTL_STORE."""
    wrong = busy.store.parent / "mailcto.db"

    got = busy("status", "--store", str(wrong))

    assert (got.status, wrong.exists()) == (10, False)
    assert got.err.endswith(
        f"hint: there is one at {busy.store}; check the path; "
        f"for a new store: mailctl --store {wrong} init\n"
    )


def test_a_bug_is_reported_with_lines_of_code_and_without_values(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit status 70, a plain traceback, and what to do; the values at hand stay private."""

    def broken(*_: object, **__: object) -> None:
        secret = "alice-private"  # noqa: F841 - what a traceback with locals would show
        raise ZeroDivisionError

    monkeypatch.setattr("mailctl.store.queries.overview.status", broken)

    got = busy("status", "--json")

    assert (got.status, got.out) == (70, "")
    assert got.err.startswith("Traceback (most recent call last):")
    assert "= alice-private" not in got.err
    assert got.error()["code"] == "internal"
    assert json.loads(got.err.splitlines()[-1])["error"]["message"] == "this is a bug in mailctl"


@pytest.mark.parametrize(("raised", "status"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141)])
def test_what_ends_a_command_from_outside_has_its_own_status(
    busy: Cli, monkeypatch: pytest.MonkeyPatch, raised: type[BaseException], status: int
) -> None:
    """Interrupted, and the pipe closed: no traceback."""

    def ended(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr("mailctl.store.queries.overview.status", ended)

    got = busy("status")

    assert got.status == status
    assert "Traceback" not in got.err


def test_termination_ends_a_command_and_is_listened_for_only_meanwhile(
    busy: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SIGTERM: rolled back, reported, exit status 143; the signal's own handling comes back."""
    before = signal.getsignal(signal.SIGTERM)
    rows = contents(busy.store)

    def killed(*_: object, **__: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("mailctl.store.accounts.set_address", killed)

    got = busy("account", "rename", "3", "neu@acme.example")

    assert (got.status, got.out) == (143, "")
    assert got.err == "\nmailctl: terminated; what was not finished is undone\n"
    assert signal.getsignal(signal.SIGTERM) is before
    assert contents(busy.store) == rows


def test_a_closed_pipe_ends_a_list_quietly(busy: Cli) -> None:
    """`mailctl journal list | head -1`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mailctl", "tax", "list", "-o", "jsonl"],
        env=environment(busy.store) | {"PYTHONPATH": ":".join(filter(None, sys.path))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()

    assert process.wait(timeout=20) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_full_disk_under_the_output_is_reported(busy: Cli) -> None:
    """Exit status 74, not a traceback."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "mailctl", "tax", "list", "--json"],
            env=environment(busy.store) | {"PYTHONPATH": ":".join(filter(None, sys.path))},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 74
    assert json.loads(done.stderr.splitlines()[-1])["error"]["code"] == "disk-failed"


def test_status_exits_with_1_when_the_last_tick_is_too_old(busy: Cli) -> None:
    """For monitoring: the data comes all the same."""
    assert busy("status", "--max-age", "26h").status == 0
    assert busy("status", "--max-age", "2000d").status == 0

    with freeze_time("2099-01-01"):
        got = busy("status", "--max-age", "26h", "-o", "tsv")

    assert got.status == 1
    assert got.out.startswith("clock_on\t")
    assert got.err.startswith("warning: the last tick is older than 26h: 20")


def test_a_store_that_never_ticked_is_too_old(store: Cli) -> None:
    """No tick at all is the oldest tick."""
    got = store("status", "--max-age", "1d")

    assert (got.status, got.err) == (1, "warning: the last tick is older than 1d: never\n")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        (
            "offer price email-pro monthly 2 --from 2020-01-01",
            "mailctl offer price email-pro monthly 2.00 --from 2026-02-05, or later",
        ),
        (
            "offer price email-pro monthly 2 --customer acme --until 2020-01-01",
            (
                "mailctl offer price email-pro monthly 2.00 --customer acme --from 2026-02-05 "
                "--until 2026-02-05, or later"
            ),
        ),
        (
            "tax set FR 20 --from 2020-01-01",
            "mailctl tax set FR 20 --from 2026-02-05, or later",
        ),
        (
            "prepaid grace acme --until 2020-01-01 --reason T",
            "mailctl prepaid grace acme --reason T --until 2026-02-05, or later",
        ),
    ],
)
def test_a_day_that_is_past_is_answered_with_the_whole_command(
    busy: Cli, typed: str, hint: str
) -> None:
    """Not with its option alone."""
    assert busy(*typed.split(), "--json").error()["hint"] == hint
