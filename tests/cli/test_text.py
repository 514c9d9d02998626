"""Text of others on a screen, in JSON and in sheets: nothing of it is run, nothing is hidden."""

from __future__ import annotations

import io
import json

import pytest

from mailctl.cli.render import text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Müller & Söhne", "Müller & Söhne"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("two\nlines", r"two\x0alines"),
        ("evil\u202egpj.exe", r"evil\u202egpj.exe"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("\U000e0041tag", r"\U000e0041tag"),
    ],
)
def test_what_is_not_seen_is_written_out(given: str, shown: str) -> None:
    """A terminal obeys no control character, and no letter hides another."""
    assert text.clean(given) == shown


@pytest.mark.parametrize("given", ["\x1b[2J", "evil\u202egpj.exe", "\U000e0041"])
def test_json_with_what_is_not_seen_means_the_same(given: str) -> None:
    """Escaped for the reader, the same text for a program."""
    line = text.json_text(json.dumps(given, ensure_ascii=False))
    assert (line.isascii(), json.loads(line)) == (True, given)


@pytest.mark.parametrize("sign", "=+-@")
def test_a_spreadsheet_runs_no_cell(sign: str) -> None:
    assert text.csv_text(f"{sign}1+1") == f"'{sign}1+1"
    assert text.csv_text(f"1{sign}1") == f"1{sign}1"


def test_long_lines_are_broken_between_words_alone() -> None:
    """An address or a command is never broken."""
    assert text.wrapped("one two three\nfour", 8) == "one two\nthree\nfour\n"
    assert text.wrapped("somebody@far-away.example", 8) == "somebody@far-away.example\n"


def test_a_pipe_has_no_width() -> None:
    assert text.width_of(io.StringIO()) == text.UNLIMITED
