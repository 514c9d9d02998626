"""Pages of documents: lines break between words, commands and amounts never (CLI, Form)."""

from __future__ import annotations

import pytest

from mailctl.cli.render.document import Line, commands, joined, labelled, laid_out, more, rows

COMMAND = "mailctl prepaid grace acme --until 2026-02-12 --reason 'promised to pay'"


def test_a_command_is_whole_however_narrow_the_page_is() -> None:
    """What it is for stands above it, where both have no room."""
    line = Line(text=f"  More time: {COMMAND}", is_command=True)
    assert laid_out(line, 120) == [f"  More time: {COMMAND}"]
    assert laid_out(line, 40) == ["  More time:", f"    {COMMAND}"]
    assert laid_out(Line(text=f"  {COMMAND}", is_command=True), 40) == [f"  {COMMAND}"]


def test_a_line_that_fits_exactly_is_not_broken() -> None:
    text = "word " * 7 + "words"
    assert laid_out(Line(text=text), 40) == [text]
    assert len(laid_out(Line(text=text), 39)) == 2


def test_what_goes_on_stands_below_its_label() -> None:
    """On a narrow page it needs the whole width."""
    line = labelled("Address", ["12 rue de la Paix", "", "75002 Paris", "France", "Europe" * 5])
    assert laid_out(line, 70)[1].startswith(" " * 13 + "Europe")
    assert laid_out(line, 50)[1].startswith("  ")
    assert not laid_out(line, 50)[1].startswith("   ")


def test_text_of_the_store_is_no_command_and_moves_no_cursor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A name that reads like a command is left as it is; a command names the store."""
    monkeypatch.setattr("mailctl.cli.render.document.complete", lambda text: f"<{text}>")
    assert laid_out(Line(text="mailctl tick"), 80) == ["mailctl tick"]
    assert laid_out(Line(text="mailctl tick", is_command=True), 80) == ["<mailctl tick>"]
    assert "\x1b" not in laid_out(Line(text="A\x1b[2JB"), 80)[0]


def test_empty_parts_are_left_out() -> None:
    assert joined("a", "", "b").text == "  a, b"
    assert labelled("Phone", [""]).text == "Phone"


def test_amounts_end_in_one_column() -> None:
    lines = [line.text for line in rows([("a", "9.00 EUR", "x"), ("bb", "-1,200.00 EUR", "y")])]
    assert lines == ["  a        9.00 EUR  x", "  bb  -1,200.00 EUR  y"]


def test_commands_stand_behind_what_they_are_for_where_all_have_room() -> None:
    pairs = [("all", "mailctl a"), ("some of them", "mailctl b --long")]
    assert [line.text for line in commands(pairs, 32)] == [
        "  all           mailctl a",
        "  some of them  mailctl b --long",
    ]
    assert [line.text for line in commands(pairs, 31)] == ["  mailctl a", "  mailctl b --long"]


@pytest.mark.parametrize(
    ("left", "said"),
    [(0, []), (1, ["  and 1 more task: c"]), (2, ["  and 2 more tasks: c"])],
)
def test_how_many_are_not_shown(left: int, said: list[str]) -> None:
    assert [line.text for line in more(left, "task", "c")] == said
