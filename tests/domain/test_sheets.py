"""CSV of spreadsheets of any country: its separator, its header, its lines as an editor counts."""

from __future__ import annotations

import pytest

from mailctl.domain.sheets import Sheet

KNOWN = ("id", "name", "email")


def read(text: str) -> tuple[tuple[str, ...], list[tuple[int, list[str] | None]]]:
    """The header, and each row with its line."""
    sheet = Sheet(text, KNOWN)
    return sheet.header, [(line, cells) for line, cells, _ in sheet.rows()]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_seen(separator: str) -> None:
    """Though another one stands in a value."""
    text = "id|name\nacme|A,B;C\n".replace("|", separator)
    text = text.replace("A,B;C", '"A,B;C"')
    assert read(text) == (("id", "name"), [(2, ["acme", "A,B;C"])])


@pytest.mark.parametrize("first", ["sep=|", "SEP=|", '"sep=|"', "sep=|||"])
def test_a_first_line_may_name_the_separator(first: str) -> None:
    """Lines are counted with it."""
    assert read(f"{first}\nid|name\nacme|Acme\n") == (("id", "name"), [(3, ["acme", "Acme"])])


def test_rows_without_text_are_left_out_and_counted() -> None:
    assert read("id,name\n,\n \nacme,Acme\n")[1] == [(4, ["acme", "Acme"])]


def test_a_row_is_named_by_its_first_line() -> None:
    """A quoted value goes on in the next ones."""
    assert read('id,name\na,"x\ny"\nb,z\n')[1] == [(2, ["a", "x\ny"]), (4, ["b", "z"])]
    assert read('name\tid\n"x\ny"\ta\nz\tb\n')[1] == [(2, ["x\ny", "a"]), (4, ["z", "b"])]
