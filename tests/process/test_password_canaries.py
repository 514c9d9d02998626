"""A mailbox's password and its hash are nowhere but where they must be (rules 16).

The password is in the mail server alone, its hash besides in one table of the store: neither is
in any output, log, journal, copy for other programs, traceback or list of processes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from shlex import split
from unittest.mock import patch

import pytest
import zxcvbn.matching

from mailctl.actions import mailbox_passwords
from mailctl.domain import passwords as domain
from mailctl.store import passwords
from tests.drivers.toy import toy_driver
from tests.helpers import Cli, Outcome, contents, environment
from tests.store.plain import rows

PASSWORD = "canary-zebra-paints-slowly-77"
LISTS = (
    *("account list --state all", "task list", "journal list", "notice list", "customer list"),
    *("platform list", "domain list", "order list", "invoice list", "settings list"),
    *("account show 1", "account history 1", "account explain 1", "customer show acme"),
    *(
        "status",
        "advise",
        "store info",
        "store check",
        "find anna",
        "export books --format hledger",
    ),
)


@pytest.fixture
def driven(busy: Cli, tmp_path: Path) -> Cli:
    """The busy host with a driver that does everything."""
    busy.ok("settings", "set", "driver", toy_driver(tmp_path))
    return busy


def secrets_of(cli: Cli) -> tuple[str, ...]:
    """The password, its hash, and the parts of the hash that identify it."""
    ((found,),) = rows(cli.store, "SELECT hash FROM mailbox_password")
    _, salt, digest = str(found).rsplit("$", 2)
    return PASSWORD, str(found), salt, digest


def assert_silent(outcome: Outcome, secrets: tuple[str, ...]) -> None:
    """Nothing of it is in what a command printed."""
    for secret in secrets:
        assert secret not in outcome.out
        assert secret not in outcome.err


def test_no_command_prints_a_password_or_its_hash(driven: Cli, tmp_path: Path) -> None:
    """Neither the one that set it, in every form, nor any that lists, explains or exports."""
    said = [
        driven("account", "password", "1", *more, stdin=f"{PASSWORD}\n")
        for more in ((), ("-o", "json"), ("-vv",), ("--dry-run",), ("-o", "tsv"))
    ]
    secrets = secrets_of(driven)
    for outcome in said:
        assert outcome.status == 0, outcome.err
        assert_silent(outcome, secrets)
    for line in LISTS:
        for form in ((), ("-o", "json"), ("-o", "csv")):
            assert_silent(driven(*split(line), *form), secrets)
    page = tmp_path / "page.html"
    driven("report", "page", str(page))
    assert not any(secret in page.read_text() for secret in secrets)


def test_the_store_has_the_hash_in_one_table_and_the_password_in_none(driven: Cli) -> None:
    """Journal, tasks, notices and all others know nothing of it."""
    driven.ok("account", "password", "1", stdin=f"{PASSWORD}\n")
    _, hashed, salt, digest = secrets_of(driven)
    for table, kept in contents(driven.store).items():
        text = repr(kept)
        assert PASSWORD not in text, table
        if table != "mailbox_password":
            assert not any(secret in text for secret in (hashed, salt, digest)), table
    assert PASSWORD.encode() not in b"".join(
        path.read_bytes() for path in driven.store.parent.iterdir() if path.is_file()
    )


def test_refusals_and_bugs_tell_nothing_of_it(driven: Cli) -> None:
    """A traceback names places, and no values; a wrong account is refused without it."""
    refused = driven("account", "password", "99", stdin=f"{PASSWORD}\n")
    assert refused.status == 4
    assert PASSWORD not in refused.err
    for place, name in ((passwords, "keep"), (domain, "hashed"), (zxcvbn.matching, "omnimatch")):
        with patch.object(place, name, side_effect=RuntimeError("broken")):
            bug = driven("account", "password", "1", stdin=f"{PASSWORD}\n")
        assert bug.status == 70, bug.err
        assert "Traceback" in bug.err
        assert PASSWORD not in bug.err
        assert "$argon2id$" not in bug.err


def test_a_result_does_not_show_a_generated_password_when_it_is_printed_as_a_value(
    driven: Cli,
) -> None:
    """Whoever logs what an action gave back logs no password."""
    seen: list[str] = []
    set_hash = mailbox_passwords.set_hash

    def watched(*args: object, **more: object) -> object:
        result = set_hash(*args, **more)
        seen.append(repr(result))
        return result

    with patch.object(mailbox_passwords, "set_hash", watched):
        shown = driven.ok("account", "password", "1", "--generate")["password"]
    assert len(seen) == 1
    assert shown not in seen[0]


def test_no_list_of_processes_shows_it(driven: Cli, tmp_path: Path) -> None:
    """It is read from standard input, and stands in no argument and no environment."""
    slow = tmp_path / "slow"
    slow.mkdir()
    driver = Path(toy_driver(slow))
    driver.write_text(
        driver.read_text().replace("import json, sys", "import json, sys, time\ntime.sleep(2)")
    )
    driven.ok("settings", "set", "driver", str(driver))
    command = subprocess.Popen(
        [sys.executable, "-m", "mailctl", "account", "password", "1"],
        env=environment(driven.store),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert command.stdin is not None
    command.stdin.write(f"{PASSWORD}\n")
    command.stdin.flush()
    looks = 0
    while command.poll() is None:
        for process in Path("/proc").iterdir():
            if process.name.isdigit() and int(process.name) != os.getpid():
                for name in ("cmdline", "environ"):
                    assert PASSWORD.encode() not in _read(process / name)
        looks += 1
        time.sleep(0.1)
    out, err = command.communicate()
    assert (command.returncode, looks > 3) == (0, True), err
    assert PASSWORD not in out + err


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
