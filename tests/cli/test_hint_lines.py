"""A hint that is wider than the terminal can be pasted into a shell as it is printed."""

from __future__ import annotations

import shlex

import pytest

from mailctl.cli.render.hint_lines import hint_lines
from tests.cli.terminal import on_terminal
from tests.helpers import Cli

LONG = "mailctl customer add acme --name 'Acme Long Name SARL' --email office@acme.example -n"


def typed(text: str) -> list[str]:
    """The words of a hint as a shell reads them."""
    return shlex.split(text.removeprefix("hint: ").replace("\\\n", " "))


@pytest.mark.parametrize("width", [30, 40, 60, 80])
def test_a_command_that_is_broken_over_lines_is_the_same_to_a_shell(width: int) -> None:
    """Lines end in a backslash, never inside a word or a quote."""
    text = hint_lines(LONG, width)

    assert typed(text) == shlex.split(LONG)
    assert len(text.splitlines()) > 1
    whole = ("'Acme Long Name SARL'", "office@acme.example")
    assert all(
        len(line) <= width or any(word in line for word in whole) for line in text.splitlines()
    )


def test_each_way_out_is_a_command_of_its_own() -> None:
    """Two that do not fit beside each other stand below each other."""
    text = hint_lines("mailctl invoice pay 2026-000001, or mailctl order pay 17", 40)

    assert text == "hint: mailctl invoice pay 2026-000001\n  or: mailctl order pay 17\n"


def test_a_hint_that_fits_or_is_a_sentence_stays_as_it_is() -> None:
    """Only whole commands are treated so."""
    assert hint_lines("mailctl account list", 40) == "hint: mailctl account list\n"
    assert hint_lines("write it as 10, 10.50 or 10,50, as a bank does", 30) == (
        "hint: write it as 10, 10.50 or\n10,50, as a bank does\n"
    )


def test_a_mistake_on_a_narrow_terminal_has_a_hint_that_can_be_pasted(busy: Cli) -> None:
    """40 columns."""
    words = ["customer", "create", "neu", "--name", "A & B", "--email", "a@neu.example"]
    got = on_terminal(busy.store, *words, columns=40)

    hint = got.err[got.err.index("hint: ") :]
    assert typed(hint) == ["mailctl", "customer", "add", *words[2:]]
    assert max(map(len, hint.splitlines())) <= 40
