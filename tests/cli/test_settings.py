"""Settings as they are set: several at once, checked one by one and against each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import on_terminal
from tests.helpers import Cli, contents


def values(cli: Cli, *names: str) -> list[str]:
    """The values of some settings."""
    known = {one["name"]: one["value"] for one in cli.ok("settings", "list")["items"]}
    return [known[name] for name in names]


def test_several_settings_are_set_together(store: Cli) -> None:
    """A value may have an equals sign or be empty; the answer is a list, the undo one command."""
    got = store.ok("settings", "set", "seller-name=A=B", "payment-days=10", "mail-user=")

    assert [one["name"] for one in got["items"]] == ["seller-name", "payment-days", "mail-user"]
    assert values(store, "seller-name", "payment-days", "mail-user") == ["A=B", "10", ""]
    said = store("settings", "set", "seller-name=A & B", "payment-days=10").out
    assert said.startswith("Set seller-name to A & B.\n")
    assert "settings set seller-name A=B" in said
    assert store("settings", "set", "seller-name=A & B", "payment-days=10").out == (
        "These settings have these values already.\n"
    )


def test_one_setting_is_set_as_before(store: Cli) -> None:
    """NAME VALUE, where the value may have an equals sign, and what `-o name` prints is a name."""
    assert store.ok("settings", "set", "setting/seller-name", "a=b")["value"] == "a=b"
    assert store.ok("settings", "set", "seller-name=c=d")["value"] == "c=d"


def test_all_settings_are_set_or_none(store: Cli) -> None:
    """Each that is refused is named, with close names where there is none of that name."""
    before = contents(store.store)

    got = store("settings", "set", "payment-days=10", "mail-tls=ssl", "mail-hots=x", "-o", "json")

    assert (got.status, contents(store.store)) == (4, before)
    assert "2 of 3 settings are refused, so nothing was done: mail-tls and mail-hots" in got.err
    assert got.error()["lines"] == [
        "mail-tls is starttls, tls or none, not 'ssl'",
        "there is no setting mail-hots; did you mean mail-host, mail-tls or mail-port?",
    ]


@pytest.mark.parametrize(
    ("words", "message", "helps"),
    [
        ("mail-host", "mail-host has no value", "settings set mail-host VALUE"),
        ("payment-days=1 mail-host", "mail-host has none", "NAME=VALUE"),
        ("mail-host mail.example x", "of several settings each has its own", "NAME=VALUE"),
        ("mail-port=1 mail-port=2", "mail-port is given twice", "once"),
        ("mail-host https://mail.example", "the name or the address of a machine", "mail-port"),
        ("mail-host mail.example:25", "the name or the address of a machine", "mail-port"),
        ("mail-host 999.1.1.1", "the name or the address of a machine", "smtp.example.org"),
        ("mail-from nobody", "not a mailbox address", "alice@"),
        ("mail-tls ssl", "starttls, tls or none", "port 465"),
        ("mail-port 0", "mail-port is 1 to 65535", "587"),
        ("retention-days soon", "a whole number", "14"),
        ("seller-iban FR7630006000011234567890188", "not an IBAN", "FR76"),
        ("seller-creditor-id FR72ZZZ12345", "not a SEPA creditor identifier", "FR72ZZZ123456"),
        ("mail-password-file secret", "an absolute path", "begins with /"),
        ("dovecot-home mail", "an absolute path", "begins with /"),
        ("export-dir copies", "an absolute path", "begins with /"),
    ],
)
def test_an_impossible_value_is_refused_with_what_helps(
    store: Cli, words: str, message: str, helps: str
) -> None:
    """One sentence and a hint, before anything is written."""
    before = contents(store.store)

    got = store("settings", "set", *words.split(), "-o", "json")

    assert (got.status, contents(store.store)) == (2, before)
    assert message in got.error()["message"]
    assert helps in got.error()["hint"]


def test_a_password_file_that_nobody_can_use_is_told(store: Cli, tmp_path: Path) -> None:
    """It is kept all the same: another user or another day may have it."""
    file = tmp_path / "secret"
    got = store("settings", "set", "mail-password-file", str(file))
    assert (got.status, "cannot be read" in got.err) == (0, True)
    file.write_text("hunter2\n")
    file.chmod(0o644)
    got = store("settings", "set", "mail-password-file", str(file))
    assert "may be opened by other users" in got.err
    assert "chmod 600" in got.err
    file.chmod(0o600)
    got = store("settings", "set", "mail-password-file", str(file))
    assert (got.err, "hunter2" in got.out) == ("", False)


def test_a_driver_that_nobody_could_start_is_told(store: Cli, tmp_path: Path) -> None:
    """It is kept all the same: its program may be installed later."""
    program = tmp_path / "driver"
    got = store("settings", "set", "driver", str(program))
    assert (got.status, "cannot be started: No such file" in got.err) == (0, True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o644)
    assert f"chmod +x {program}" in store("settings", "set", "driver", str(program)).err
    program.chmod(0o722)
    assert f"chmod go-w {program}" in store("settings", "set", "driver", str(program)).err
    program.chmod(0o755)
    assert store("settings", "set", "driver", str(program)).err == ""


@pytest.mark.parametrize(
    ("words", "warning"),
    [
        ("mail-host=m.example", "no mail can be sent yet"),
        ("mail-host=m.example mail-from=a@b.example mail-user=u", "has no password"),
        (
            "mail-host=m.example mail-from=a@b.example mail-user=u mail-tls=none",
            "the password would go to m.example unprotected",
        ),
        (
            "mail-host=m.example mail-from=a@b.example mail-port=465",
            "port 465 usually goes with tls",
        ),
        ("retention-days=5", "the reminder 7 days before is never sent"),
        ("payment-days=2", "the reminder 2 days before is never sent"),
    ],
)
def test_settings_that_do_not_go_together_are_warned_of(
    store: Cli, words: str, warning: str
) -> None:
    """They are set: the other one may follow. Each warning has the command that helps."""
    got = store("settings", "set", *words.split())

    assert (got.status, warning in got.err) == (0, True)
    assert "mailctl settings set " in got.err


@pytest.mark.parametrize(
    "words",
    [
        "mail-host=m.example mail-from=a@b.example",
        "mail-host=localhost mail-from=a@b.example mail-tls=none",
        "mail-host=m.example mail-from=a@b.example mail-port=465 mail-tls=tls",
        "mail-host=none mail-user=u",
        "retention-days=0",
        "seller-name=X",
    ],
)
def test_settings_that_go_together_are_not_warned_of(store: Cli, words: str) -> None:
    """A warning that is always there is read by nobody."""
    assert store("settings", "set", *words.split()).err == ""


def test_values_that_are_asked_for_are_checked_at_once(store: Cli) -> None:
    """On a terminal by name; in a pipe they are lines in the order of the command."""
    got = on_terminal(
        store.store,
        *("settings", "set", "mail-port=-", "mail-host=-"),
        answer="99999\n465\nhttp://x\nmail.example\n",
        variables={"NO_COLOR": "1"},
    )
    assert got.status == 0
    asked = [line for line in got.err.splitlines() if "Value of" in line or "error" in line]
    assert [line.partition(":")[0] for line in asked[:2]] == ["Value of mail-port"] * 2
    assert got.err.count("Value of mail-host: ") == 2
    assert values(store, "mail-port", "mail-host") == ["465", "mail.example"]

    store.ok("settings", "set", "mail-port=-", "mail-host=-", stdin="587\nother.example\n")
    assert values(store, "mail-port", "mail-host") == ["587", "other.example"]

    got = on_terminal(store.store, "settings", "set", "mail-prot", "-")
    assert (got.status, "did you mean mail-port" in got.err, "Value of" in got.err) == (
        4,
        True,
        False,
    )


def test_on_a_terminal_the_settings_are_in_groups(store: Cli) -> None:
    """Each with its meaning, nothing cut off at 60 columns; in a pipe they are a table."""
    got = on_terminal(store.store, "settings", "list", columns=60, variables={"NO_COLOR": "1"})

    lines = got.out.splitlines()
    assert max(map(len, lines)) <= 60
    assert lines.index("Who sells") < lines.index("How mail is sent")
    assert any(line.split() == ["mail-port", "587"] for line in lines)
    assert store("settings", "list").out.startswith("name\tvalue\tdefault\tmeaning\n")


def test_init_says_what_it_assumed(cli: Cli) -> None:
    """The store keeps both; who gave them is not told."""
    got = cli("init", "--clock", "2026-01-01", "--dry-run")
    assert "Assumed: the time zone " in got.err
    assert "the seller's country FR (--seller-country)" in got.err

    got = cli("init", "--clock", "2026-01-01", "--timezone", "UTC", "--seller-country", "DE")
    assert (got.status, got.err) == (0, "")
