"""Passwords of mailboxes: strong enough, kept as a hash alone, gone with the mailbox (rules 16)."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from argon2 import PasswordHasher

from tests.drivers.toy import toy_driver
from tests.helpers import Cli, contents
from tests.store.plain import rows

STRONG = "kind zebra paints slowly"


@pytest.fixture
def driven(busy: Cli, tmp_path: Path) -> Cli:
    """The busy host with a driver that does everything."""
    busy.ok("settings", "set", "driver", toy_driver(tmp_path))
    return busy


def hashes(cli: Cli) -> dict[int, str]:
    """The hash that is kept of each account's password."""
    return {
        account: str(hash)
        for account, hash in rows(cli.store, "SELECT account_id, hash FROM mailbox_password")
    }


def test_a_password_is_kept_as_a_hash_that_the_mail_server_can_check(driven: Cli) -> None:
    """And the driver is asked to set it."""
    done = driven.ok("account", "password", "anna@acme.example", stdin=f"{STRONG}\n")
    assert (done["account"], done["password"], done["changed"]) == (1, None, True)
    assert PasswordHasher().verify(hashes(driven)[1], STRONG)
    task = driven.ok("task", "list")["items"][-1]
    assert (task["id"], task["kind"], task["account"]) == (done["task"], "password", 1)
    assert driven.ok("store", "check")


def test_a_generated_password_is_shown_once(driven: Cli) -> None:
    """In the answer of the command that made it, also with -q, and nowhere else."""
    sentence = driven("account", "password", "1", "--generate").out
    shown = sentence.partition("shown only now: ")[2].split()[0]
    assert PasswordHasher().verify(hashes(driven)[1], shown)
    quiet = driven("account", "password", "1", "--generate", "-q").out.strip()
    assert PasswordHasher().verify(hashes(driven)[1], quiet)
    data = driven.ok("account", "password", "1", "--generate")["password"]
    assert PasswordHasher().verify(hashes(driven)[1], data)
    tried = driven.ok("account", "password", "1", "--generate", "--dry-run")
    assert tried["password"] is None
    assert PasswordHasher().verify(hashes(driven)[1], data)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("123456", "common password"),
        ("anna@acme.example", "the password is the address"),
        ("ANNA@acme.example", "the password is the address"),
        ("anna", "the password is the address"),
        ("qwertyuiop", "common password"),
        ("anna1985", "could be guessed"),
        ("", "the password is empty"),
    ],
)
def test_a_password_that_could_be_guessed_is_refused(driven: Cli, password: str, why: str) -> None:
    """With what makes it weak in plain words, and without the password."""
    before = contents(driven.store)
    refused = driven("account", "password", "1", "-o", "json", stdin=f"{password}\n")
    error = refused.error()
    assert (error["code"], why in error["message"]) == ("weak-password", True), error
    assert len(password) < 5 or password not in refused.err.replace("anna@acme.example", "", 1)
    assert contents(driven.store) == before


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("", "there is none"),
        ("with a\x00 control sign 9371\n", "control characters"),
        ("x" * 129 + "\n", "more than 128"),
    ],
)
def test_what_no_mail_program_could_send_is_refused(driven: Cli, stdin: str, said: str) -> None:
    """As a usage error."""
    refused = driven("account", "password", "1", "-o", "json", stdin=stdin)
    assert refused.error()["code"] == "usage"
    assert said in refused.err


@pytest.mark.parametrize(
    ("account", "code"),
    [("2", "not-configured"), ("8", "not-active"), ("99", "account-not-found")],
)
def test_only_a_mailbox_has_a_password(driven: Cli, account: str, code: str) -> None:
    """Nothing is asked for before that is known."""
    refused = driven("account", "password", account, "-o", "json")
    assert refused.error()["code"] == code


def test_without_a_driver_nothing_could_set_it(busy: Cli, tmp_path: Path) -> None:
    """Nor with one that sets none: then it is refused as it is commanded."""
    for command in (("password", "1", "--generate"), ("export", "1", str(tmp_path))):
        refused = busy("account", *command, "-o", "json")
        assert refused.error()["code"] == "no-driver"
    busy.ok("settings", "set", "driver", toy_driver(tmp_path, "create suspend reopen delete"))
    before = contents(busy.store)
    for command in (("password", "1", "--generate"), ("export", "1", str(tmp_path))):
        refused = busy("account", *command, "-o", "json")
        assert refused.error()["code"] == "capability-missing"
    assert contents(busy.store) == before


@pytest.mark.parametrize("library", ["zxcvbn", "argon2"])
def test_without_the_libraries_the_hint_says_how_to_get_them(driven: Cli, library: str) -> None:
    """Few set passwords here: they are an extra, and nothing is asked for before that is said."""
    with patch.dict(sys.modules, {library: None}):
        refused = driven("account", "password", "1", "-o", "json").error()
    assert (refused["code"], refused["hint"]) == (
        "extra-missing",
        "pip install 'mailctl[passwords]'",
    )


def test_the_hash_goes_with_the_mailbox(driven: Cli) -> None:
    """By a reset, a deletion at once, and one by the books."""
    for account in ("1", "4", "5"):
        driven.ok("account", "password", account, "--generate")
    assert set(hashes(driven)) == {1, 4, 5}
    driven.ok("account", "reset", "1", "-y")
    driven.ok("account", "delete", "4", "-y")
    assert set(hashes(driven)) == {5}
    driven.ok("tick", "--to", "2026-03-01")
    assert hashes(driven) == {}
    assert all(row["ok"] for row in driven.ok("store", "check")["items"])


def test_a_new_password_replaces_the_one_before(driven: Cli) -> None:
    """One hash for an account, and a task for each."""
    driven.ok("account", "password", "1", stdin=f"{STRONG}\n")
    first = hashes(driven)[1]
    driven.ok("account", "password", "1", stdin=f"{STRONG}\n")
    assert hashes(driven)[1] != first
    kinds = [task["kind"] for task in driven.ok("task", "list")["items"]]
    assert kinds.count("password") == 2


def test_a_suspended_or_locked_mailbox_can_have_a_new_password(driven: Cli) -> None:
    """Before it is opened again, say after it was stolen."""
    driven.ok("account", "lock", "1", "--reason", "stolen")
    for account in ("1", "5"):
        assert driven.ok("account", "password", account, "--generate")["changed"]
