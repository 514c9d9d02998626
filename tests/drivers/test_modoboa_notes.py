"""The notes of the Modoboa driver survive kills, power cuts and one another, or say so."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from mailctl.drivers.answering import LaterError, RefusedError
from mailctl.drivers.modoboa import notes as module
from mailctl.drivers.modoboa.notes import Note, Notes

URL = "https://mail.example.org"
A = Note(mailbox="42", account=7, username="a@x.example", aliases=("b@x.example",), moved=1.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where they are."""
    return tmp_path / "token.mailboxes"


def opened(path: Path) -> Notes:
    """As another driver opens them."""
    return Notes(path, URL)


def kept(path: Path, *kept: Note) -> Notes:
    """Notes of these."""
    notes = opened(path)
    with notes.held():
        for note in kept:
            notes.write(note)
    return notes


def test_another_driver_finds_what_was_noted(path: Path) -> None:
    """The last line of a mailbox counts; nobody else may read the file."""
    notes = kept(path, A, Note(mailbox="43", account=None, username="c@x.example", begun=2.5))
    with notes.held():
        notes.free("old@x.example", 3.5)
        notes.write(Note(mailbox="44", account=9, username="d@x.example"))
        notes.forget("44")
    other = opened(path)
    with other.held():
        assert other.of("42") == other.of_account(7) == A
        assert other.of("43") == Note(mailbox="43", account=None, username="c@x.example", begun=2.5)
        assert (other.of("44"), other.of_account(9)) == (None, None)
        assert (other.freed_at("old@x.example"), other.freed_at("a@x.example")) == (3.5, 0)
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_drivers_at_once_see_each_others_lines(path: Path) -> None:
    """One after the other, by the lock."""
    one, other = opened(path), opened(path)
    with one.held():
        one.write(A)
    with other.held():
        assert other.of("42") == A
        other.forget("42")
    with one.held():
        assert one.of("42") is None


def test_a_driver_that_another_one_keeps_waiting_says_later(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was asked of Modoboa."""
    monkeypatch.setattr(module, "LOCK_SECONDS", 0.1)
    refused = pytest.raises(LaterError, match="another mailctl is at work")
    with opened(path).held(), refused, opened(path).held():
        pass


@pytest.mark.parametrize("kept_bytes", [1, 10, 40])
def test_a_line_that_a_power_cut_tore_off_is_as_if_it_was_not_there(
    path: Path, kept_bytes: int
) -> None:
    """It was never acted upon; the next line begins where it began."""
    kept(path, A)
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines()[-1][:kept_bytes])
    notes = opened(path)
    with notes.held():
        assert notes.of("42") == A
        notes.forget("42")
    assert [json.loads(line) for line in path.read_text().splitlines()][-1] == {"gone": "42"}


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"mailbox":"1"}', b"\xff"])
def test_damage_is_told_and_nothing_is_guessed(path: Path, line: bytes) -> None:
    """With the file and the line, and what helps."""
    kept(path, A)
    path.write_bytes(path.read_bytes() + line + b"\n")
    with (
        pytest.raises(RefusedError, match=r"line 3 is damaged.*task reconcile --mend"),
        opened(path).held(),
    ):
        pass


def test_the_notes_of_another_modoboa_are_not_used(path: Path) -> None:
    """Its accounts have the same numbers."""
    kept(path, A)
    other = Notes(path, "https://other.example.org")
    with pytest.raises(RefusedError, match=r"of https://mail\.example\.org, not of"), other.held():
        pass


def test_notes_that_others_could_have_written_are_not_used(path: Path) -> None:
    """They decide whose mailbox is deleted."""
    kept(path, A)
    path.chmod(0o620)
    with pytest.raises(RefusedError, match=r"others may write them"), opened(path).held():
        pass


def test_a_link_in_their_place_is_not_followed(path: Path, tmp_path: Path) -> None:
    """Nor is a file of somebody else extended."""
    (tmp_path / "other").touch()
    path.symlink_to(tmp_path / "other")
    with pytest.raises(RefusedError, match=r"cannot be used"), opened(path).held():
        pass
    assert (tmp_path / "other").read_bytes() == b""


def test_without_their_folder_they_say_so(tmp_path: Path) -> None:
    """At once, not after waiting."""
    nowhere = opened(tmp_path / "none" / "token.mailboxes")
    with pytest.raises(RefusedError, match=r"cannot be used"), nowhere.held():
        pass


def test_a_full_disk_leaves_the_notes_as_they_were(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is noted before Modoboa is asked, so nothing was done either."""
    notes = kept(path, A)
    before = path.read_bytes()

    def full(number: int, text: bytes) -> None:
        os.write(number, text[:5])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as there, notes.held():
        there.setattr(module, "_write_all", full)
        with pytest.raises(LaterError, match="cannot be written: No space left on device"):
            notes.forget("42")
    assert path.read_bytes() == before
    with notes.held():
        assert notes.of("42") == A


def test_a_long_file_is_shortened_under_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is known stays; another driver takes the new file."""
    monkeypatch.setattr(module, "_MOST_SPARE_LINES", 10)
    notes = kept(path, A)
    with notes.held():
        for number in range(30):
            notes.write(Note(mailbox="43", account=9, username=f"{number}@x.example"))
    other, last = opened(path), Note(mailbox="43", account=9, username="29@x.example")
    with other.held():
        assert len(path.read_text().splitlines()) == 3
        other.forget("42")
    with notes.held():
        assert (notes.of("42"), notes.of("43")) == (None, last)
