"""Where report files go: whole, private, made again every night, and never over anything else."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.helpers import Cli
from tests.store.plain import image

KINDS = {"calendar": b"BEGIN:VCALENDAR\r\n", "page": b"<!DOCTYPE html>\n"}


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Each command that writes a file."""
    return str(request.param)


def test_a_file_is_for_its_owner_alone(busy: Cli, tmp_path: Path, kind: str) -> None:
    """Whatever the umask: it has names in it."""
    busy.ok("report", kind, str(tmp_path / "x"))

    assert mode(tmp_path / "x") == 0o600
    assert (tmp_path / "x").read_bytes().startswith(KINDS[kind])


def test_a_file_is_replaced_by_the_next_one(busy: Cli, tmp_path: Path, kind: str) -> None:
    """Cron makes it every night; it is private again even if it was opened to others."""
    file = tmp_path / "x"
    busy.ok("report", kind, str(file))
    file.chmod(0o644)
    before = file.read_bytes()
    busy.ok("tick", "--to", "2026-03-02")
    busy.ok("report", kind, str(file))

    assert file.read_bytes() != before
    assert (mode(file), b"2026-03-02" in file.read_bytes()) == (0o600, kind == "page")


@pytest.mark.parametrize(
    "content", [b"SQLite format 3\x00", b"# my notes\n", b"", b"<!DOCTYPE html>"]
)
def test_nothing_else_is_ever_written_over(
    busy: Cli, tmp_path: Path, kind: str, content: bytes
) -> None:
    """Neither a store nor somebody's notes."""
    (tmp_path / "x").write_bytes(content)

    got = busy("report", kind, str(tmp_path / "x"), "--json")

    assert (got.status, got.error()["code"]) == (1, "already-exists")
    assert (tmp_path / "x").read_bytes() == content


def test_a_calendar_is_not_replaced_by_a_page(busy: Cli, tmp_path: Path) -> None:
    """A mistaken name costs nothing."""
    busy.ok("report", "calendar", str(tmp_path / "x"))

    assert busy("report", "page", str(tmp_path / "x")).status == 1


@pytest.mark.files_only("no report is written over the store's file")
def test_the_store_itself_is_safe(busy: Cli, kind: str) -> None:
    """A line of cron with the words exchanged."""
    before = image(busy.store)

    assert busy("report", kind, str(busy.store)).status == 1
    assert image(busy.store) == before


def test_a_link_is_not_followed(busy: Cli, tmp_path: Path, kind: str) -> None:
    """Neither to a report nor to where nothing is yet."""
    busy.ok("report", kind, str(tmp_path / "real"))
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()

    for name in ("link", "lost", "pipe", "folder"):
        got = busy("report", kind, str(tmp_path / name), "--json")
        assert (name, got.status, got.error()["code"]) == (name, 1, "already-exists")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", ["none/x", "file/x"])
def test_a_place_where_nothing_can_be_is_named(
    busy: Cli, tmp_path: Path, kind: str, name: str
) -> None:
    """The folder is missing, or is no folder."""
    (tmp_path / "file").write_text("")

    got = busy("report", kind, str(tmp_path / name), "--json")

    assert (got.status, got.error()["code"]) == (2, "usage")
    assert got.error()["message"].startswith(f"{tmp_path / name} cannot be written: ")


def test_a_name_that_no_file_can_have_is_named(busy: Cli, tmp_path: Path, kind: str) -> None:
    """It is too long, which is said without repeating it."""
    got = busy("report", kind, str(tmp_path / ("n" * 300)), "--json")

    assert (got.status, got.error()["code"]) == (2, "usage")
    assert got.error()["message"] == "FILE: a name has 255 bytes at most, a path 4,095"


def test_where_the_disk_fails_the_old_file_stays(busy: Cli, tmp_path: Path, kind: str) -> None:
    """Whole, and nothing half written beside it."""
    folder = tmp_path / "reports"
    folder.mkdir()
    busy.ok("report", kind, str(folder / "x"))
    before = (folder / "x").read_bytes()
    busy.ok("tick", "--to", "2026-03-02")

    with patch(
        "mailctl.cli.render.report_files.os.fsync", side_effect=OSError(28, "No space left")
    ):
        got = busy("report", kind, str(folder / "x"), "--json")

    assert (got.status, got.error()["code"]) == (74, "disk-failed")
    assert [file.name for file in folder.iterdir()] == ["x"]
    assert (folder / "x").read_bytes() == before


def test_a_dash_is_standard_output(busy: Cli, kind: str) -> None:
    """The file alone, and no sentence."""
    got = busy("report", kind, "-")

    assert (got.status, got.err) == (0, "")
    assert got.out.encode().startswith(KINDS[kind])


@pytest.mark.parametrize("words", [["--json"], ["--fields", "path"]])
def test_standard_output_has_one_thing(busy: Cli, kind: str, words: list[str]) -> None:
    """The file, or the facts about it."""
    got = busy("report", kind, "-", *words)

    assert (got.status, got.out) == (2, "")


def test_the_answer_has_these_keys(busy: Cli, tmp_path: Path) -> None:
    """They are part of the contract."""
    calendar = busy.ok("report", "calendar", str(tmp_path / "a.ics"))
    page = busy.ok("report", "page", str(tmp_path / "a.html"))

    assert " ".join(calendar) == (
        "schema path customer until_on renewals suspensions deletions invoices cards events bytes"
    )
    assert " ".join(page) == (
        "schema path clock_on active suspended recurring_cents debtors debt_cents currency "
        "until_on bytes"
    )


def test_the_answer_names_the_file_and_its_size(busy: Cli, tmp_path: Path, kind: str) -> None:
    """For whoever hands it on."""
    answer = busy.ok("report", kind, str(tmp_path / "x"))

    assert answer["path"] == str(tmp_path / "x")
    assert answer["bytes"] == (tmp_path / "x").stat().st_size
