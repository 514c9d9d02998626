"""Odd names of files, odd files, odd text in them: a sentence and a status, never a bug (70)."""

from __future__ import annotations

import os
import shlex
from pathlib import Path

import pytest

from tests.helpers import Cli, contents
from tests.process.running import ended, started

NO_FILE = {
    "of nobody's home": "~nosuchuser/x",
    "too long": "n" * 300,
    "a part too long": f"{'n' * 300}/x",
    "a path too long": "x/" * 3000,
    "ending in a line break": "line\n",
    "with a line break": "two\nlines/x",
    "with a NUL": "n\0n",
    "with an escape": "x\x1b[31m",
    "empty": "",
    "a circle of links": "round",
    "below a circle of links": "round/x",
    "below a file": "plain.txt/x",
    "a folder": "folder",
    "nowhere": "/proc/nowhere/x",
}
STORES = (
    "status",
    "prepaid credit acme 10",
    "store upgrade",
    "store upgrade -n",
    "init",
    "init -n",
)
READ = (
    "import",
    "import customers",
    "import --dir",
    "account order acme-pro -y --from",
    "account renew -y --from",
    "account renew --mode none -y --from",
)
WRITTEN = (
    "payment export --kind card --format csv --to",
    "report page",
    "report calendar",
    "demo --keep",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with what odd names lead to."""
    path = tmp_path / "odd"
    path.mkdir(mode=0o700)
    (path / "round").symlink_to("back")
    (path / "back").symlink_to("round")
    (path / "plain.txt").write_text("x")
    (path / "folder").mkdir()
    monkeypatch.chdir(path)
    return path


@pytest.mark.parametrize("command", STORES)
@pytest.mark.parametrize("name", NO_FILE.values(), ids=NO_FILE)
def test_an_odd_path_of_a_store_is_refused(
    name: str, command: str, cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By --store and by MAILCTL_STORE: no such user (2), no store there (10), none can be (74)."""
    allowed = (0, 1, 2, 74) if command.startswith("init") else (2, 10, 74)
    if not name:
        # An empty option is as good as none.
        allowed = (2, 10) if not command.startswith("init") else (0, 2)
    assert cli("--store", name, *command.split()).status in allowed
    if "\0" not in name:
        assert Cli(Path(name))(*command.split()).status in (*allowed, 1)


@pytest.mark.parametrize("command", [*READ, *WRITTEN])
@pytest.mark.parametrize("name", NO_FILE.values(), ids=NO_FILE)
def test_an_odd_name_of_a_file_is_refused(name: str, command: str, busy: Cli, folder: Path) -> None:
    """Whatever is read or written: a wrong name (2), or something stands there (1)."""
    before = contents(busy.store)
    refused = busy(*command.split(), name)
    assert refused.status in ((1, 2, 74) if command in WRITTEN else (2,)), refused.err
    assert "\nerror: " in f"\n{refused.err}"
    assert contents(busy.store) == before


@pytest.mark.parametrize("name", ["too long", "ending in a line break", "a circle of links"])
def test_an_odd_password_file_is_refused(name: str, busy: Cli, folder: Path) -> None:
    """When it is set, or when mail is to be sent."""
    busy.ok("settings", "set", "mail-host", "127.0.0.1")
    busy.ok("settings", "set", "mail-from", "billing@host.example")
    busy.ok("settings", "set", "mail-user", "billing")
    path = f"{folder}/{NO_FILE[name]}"
    if busy("settings", "set", "mail-password-file", path).status == 0:
        refused = busy("notice", "send", "-o", "json")
        assert (refused.status, refused.error()["code"]) == (1, "mail-not-configured")


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"id": ' + "[" * 100_000,
        '{"id": ' + '{"a": ' * 100_000,
        '{"id": ' + "9" * 100_000 + "}",
        '"' * 100_001,
        "id,name,email\n" + "x" * 200_000 + ",b,c@c.example\n",
    ],
    ids=["lists", "in an object", "objects", "a number", "quotes", "a long value"],
)
def test_text_that_no_reader_can_follow_is_refused(text: str, busy: Cli) -> None:
    """However deep or long: the file is wrong, and no bug is reported."""
    before = contents(busy.store)
    for kind in ((), ("customers",), ("accounts",)):
        assert busy("import", *kind, "-", stdin=text).status in (1, 2)
    assert busy("account", "order", "acme-pro", "--from", "-", "-y", stdin=text).status in (1, 2)
    assert contents(busy.store) == before


NO_DAYS = (
    "2026-W09-6", "20260228", "2026-059", "2026-2-28", "2026-02-30", "2026-02-28T00:00",
    "\u0662\u0660\u0662\u0666-02-28", "0000-01-01", "1999-12-31", "2201-01-01", "28.02.2026", "",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_DAYS)
@pytest.mark.parametrize(
    "command",
    [
        "tick --to {}",
        "forecast --until {}",
        "init --clock {}",
        "offer price email-pro monthly 2 --from {}",
        "tax set CH 8 --from {}",
        "prepaid grace acme --until {} --reason x",
        "invoice list --since {}",
        "method add card acme --token t --brand visa --last4 4242 --expires {}",
        "report revenue --since {}",
        "export books --format hledger --until {}",
    ],
)
def test_only_a_date_in_its_one_form_is_a_date(text: str, command: str, busy: Cli) -> None:
    """YYYY-MM-DD from 2000 to 2200: a week's day or a day of the year is none."""
    words = [word.format(text) for word in shlex.split(command)]
    assert busy(*words).status == 2


@pytest.mark.parametrize("text", NO_DAYS)
def test_only_a_date_in_its_one_form_is_imported(text: str, busy: Cli) -> None:
    """In files too: the day of a platform, the expiry of an account."""
    platforms = f"name,customer,offer,created_on\nnew,acme,email-pro,{text}\n"
    accounts = f"platform,address,period,expires_on,anchor_day\nacme-pro,,monthly,{text},28\n"
    for kind, lines in (("platforms", platforms), ("accounts", accounts)):
        refused = busy("import", kind, "-", "-o", "json", stdin=lines)
        assert (refused.status, refused.error()["code"]) == (1, "lines-refused")


def test_a_named_pipe_is_read_as_any_program_reads_it(busy: Cli, folder: Path) -> None:
    """`<(…)` in a shell is one: what comes through it is the file."""
    pipe = folder / "pipe"
    os.mkfifo(pipe, 0o600)
    command = started(busy, "account", "order", "acme-pro", "--from", str(pipe), "-y")
    pipe.write_text("address\nnew@acme.example\n")
    assert ended(command).status == 0
