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


EVERY_LETTER = "".join(chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(["anna@acme.example", "fine"], id="ASCII"),
        pytest.param(["anna\x7f", "fine"], id="the one of ASCII that JSON leaves as it is"),
        pytest.param(["Zoë", "evil\u202egpj.exe"], id="more than ASCII"),
        pytest.param([*EVERY_LETTER], id="every letter"),
    ],
)
def test_many_lines_of_json_are_shown_as_one_by_one(given: list[str]) -> None:
    """Whatever is written fast for many rows hides no more than what is written for one."""
    lines = [json.dumps(one, ensure_ascii=False) for one in given]
    assert text.json_texts(lines, between="\n") == "\n".join(map(text.json_text, lines))


@pytest.mark.parametrize("sign", "=+-@")
def test_a_spreadsheet_runs_no_cell(sign: str) -> None:
    assert text.csv_text(f"{sign}1+1") == f"'{sign}1+1"
    assert text.csv_text(f"1{sign}1") == f"1{sign}1"


def test_long_lines_are_broken_between_words_alone() -> None:
    """An address or a command is never broken."""
    assert text.wrapped("one two three\nfour", 8) == "one two\nthree\nfour\n"
    assert text.wrapped("somebody@far-away.example", 8) == "somebody@far-away.example\n"


def test_a_numbered_list_is_indented_and_its_commands_can_be_pasted() -> None:
    steps = "1. Enter what came.\n   mailctl prepaid credit acme 'ten EUR' --received"
    assert text.wrapped(steps, 27).splitlines() == [
        "1. Enter what came.",
        "   mailctl prepaid credit \\",
        "   acme 'ten EUR' \\",
        "   --received",
    ]
    assert text.wrapped(steps, 15).splitlines()[:2] == ["1. Enter what", "   came."]


def test_a_pipe_has_no_width() -> None:
    assert text.width_of(io.StringIO()) == text.UNLIMITED


def test_what_belongs_together_is_on_one_line() -> None:
    """An amount with its currency, a command in backticks or after `mailctl`, an option."""
    assert text.broken("it costs 1,234.56 EUR now", 18) == ["it costs", "1,234.56 EUR now"]
    assert text.broken("run `task done 17` now", 16) == ["run", "`task done 17`", "now"]
    assert text.broken("see mailctl tick --days 5, then wait", 22) == [
        "see",
        "mailctl tick --days 5,",
        "then wait",
    ]
    assert text.broken("give --dry-run first", 14) == ["give --dry-run", "first"]
    assert text.broken("give --file FILE, or -", 12) == ["give", "--file FILE,", "or -"]


def test_what_goes_on_is_indented() -> None:
    """Below what the first line begins with; a word too long for any line stays beside that."""
    assert text.broken("one two three", 9, first="a  ", indent=3) == [
        "a  one",
        "   two",
        "   three",
    ]
    assert text.broken("acme.example", 9, first="a  ", indent=3) == ["a  acme.example"]
    assert text.broken("acme  10 active", 12, indent=2) == ["acme  10", "  active"]


def test_what_fits_no_line_is_broken_between_its_words() -> None:
    """Never inside one."""
    assert text.broken("mailctl account renew 17 --mode none", 20) == [
        "mailctl account",
        "renew 17 --mode none",
    ]


def test_wide_letters_count_as_wide() -> None:
    """Two columns for each of these, none for an accent by itself."""
    assert text.broken("日本語 日本語", 9) == ["日本語", "日本語"]
    assert text.broken("e\u0301te\u0301 e\u0301te\u0301", 7) == ["e\u0301te\u0301 e\u0301te\u0301"]
