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


def picture(
    folder: Path,
    name: str = "logo.png",
    *,
    headers: tuple[tuple[int, ...], ...] = (),
    rows: bytes | None = None,
) -> Path:
    """A small PNG, made by hand: the extra that draws pictures may not be installed."""
    from struct import pack
    from zlib import compress, crc32

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))

    if rows is None:
        rows = b"\0".ljust(1 + 32 * 3, b"x") * 8
    path = folder / name
    heads = [pack(">IIBBBBB", *one, 0, 0, 0) for one in headers or ((32, 8, 8, 2),)]
    chunks = [*(chunk(b"IHDR", head) for head in heads), chunk(b"IDAT", compress(rows))]
    path.write_bytes(b"".join((b"\x89PNG\r\n\x1a\n", *chunks, chunk(b"IEND", b""))))
    return path


def test_a_logo_is_kept_itself_and_shown_as_what_it_is(store: Cli, tmp_path: Path) -> None:
    """Its file may go; neither the list nor the journal has its bytes."""
    file = picture(tmp_path)
    got = store.ok("settings", "set", "seller-logo", file)
    assert got["value"] == "PNG, 32 x 8, 1 kB"
    assert got["undo"].startswith("mailctl settings set seller-logo ''")
    file.unlink()
    assert values(store, "seller-logo") == ["PNG, 32 x 8, 1 kB"]
    (row,) = store.ok("journal", "list", "--kind", "setting-changed")["items"]
    assert row["details"]["new"].startswith("PNG, 32 x 8, 1 kB, SHA-256 ")
    assert len(row["details"]["new"]) < 100
    assert not store.ok("settings", "set", "seller-logo", picture(tmp_path))["changed"]
    gone = store.ok("settings", "set", "seller-logo", "")
    assert gone["undo"] is None
    assert values(store, "seller-logo") == [""]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("logo.svg", b"<svg/>", "neither, or only a part of one"),
        ("big.png", b"x" * 200_001, "at most 200 kB"),
        ("empty.png", b"", "empty.png is empty"),
        ("none.png", None, "cannot be read: no such file"),
        (".", None, "cannot be read: is a directory"),
        ("/dev/zero", None, "is not a file"),
    ],
)
def test_what_is_no_logo_is_refused(
    store: Cli, tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    before = contents(store.store)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    got = store("settings", "set", "seller-logo", tmp_path / name)
    assert (got.status, contents(store.store)) == (2, before)
    assert message in got.err


@pytest.mark.parametrize(
    ("header", "rows", "said"),
    [
        ((), b"", "image file is truncated"),
        (((32, 8, 8, 7),), None, "what its header says is no picture"),
        (((32, 8, 8, 2), (60_000, 60_000, 8, 2)), None, "could be decompression bomb"),
    ],
)
def test_a_picture_that_cannot_be_unpacked_is_refused(
    store: Cli,
    tmp_path: Path,
    header: tuple[tuple[int, ...], ...],
    rows: bytes | None,
    said: str,
) -> None:
    """Each part is as its sum says, and yet no page can be made with it: a sentence says why."""
    pytest.importorskip("PIL.Image", reason="the extra unpacks pictures")
    got = store("settings", "set", "seller-logo", picture(tmp_path, headers=header, rows=rows))
    assert (got.status, got.out) == (2, "")
    assert got.err.startswith("error: seller-logo cannot be unpacked: ")
    assert said in got.err
    assert "object at" not in got.err
    assert values(store, "seller-logo") == [""]


def test_mentions_are_those_of_the_law_until_others_are_set(store: Cli) -> None:
    """An empty text brings them back; none leaves them out."""
    (law,) = values(store, "mentions-fr")
    assert law.startswith("#PMT#Clients professionnels")
    assert store.ok("settings", "set", "mentions-fr", "none")["value"] == "none"
    assert store.ok("settings", "set", "mentions-fr", "#AAB#Non.|Merci")["value"] == (
        "#AAB#Non.|Merci"
    )
    assert store.ok("settings", "set", "mentions-fr", "")["value"] == law


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("seller-legal-id", "732 829 320", "0002:732829320"),
        ("seller-legal-id", "73282932000074", "0009:73282932000074"),
        ("seller-legal-id", "0208:BE0403.170.701", "0208:0403170701"),
        ("seller-endpoint", "0225:732829320", "0225:732829320"),
        ("seller-phone", "0199001234", "+33 1 99 00 12 34"),
        ("seller-bic", "agrifrpp", "AGRIFRPP"),
        ("seller-email", "Billing@Host.example", "billing@host.example"),
        ("invoice-format", "NONE", "none"),
        ("invoice-format", "", "none"),
    ],
)
def test_what_documents_say_of_the_seller_is_kept_in_one_spelling(
    store: Cli, name: str, typed: str, kept: str
) -> None:
    assert store.ok("settings", "set", name, typed)["value"] == kept


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("seller-legal-id", "732829321", "is not a SIREN"),
        ("seller-legal-id", "7328293200", "is not a SIRET"),
        ("seller-legal-id", "HRB 1", "is a scheme and an id"),
        ("seller-endpoint", "x", "is a scheme and an id"),
        ("seller-phone", "12", "is not a phone number"),
        ("seller-bic", "AGRI", "is not a BIC"),
        ("seller-email", "host", "@"),
        ("invoice-format", "doc", "is pdf, facturx, ubl, xrechnung, peppol or none"),
    ],
)
def test_what_documents_cannot_say_is_refused(
    store: Cli, name: str, typed: str, message: str
) -> None:
    got = store("settings", "set", name, typed)
    assert got.status == 2
    assert message in got.err
