"""CSV of spreadsheets of any country: its separator, its header, its lines as an editor counts."""

from __future__ import annotations

import pytest

from mailctl.domain.line_source import LineSource
from mailctl.domain.sheets import Sheet

KNOWN = ("id", "name", "email")


def read(text: str) -> tuple[tuple[str, ...], list[tuple[int, list[str] | None]]]:
    """The header, and each row with its line."""
    sheet = Sheet(LineSource.of(text), KNOWN)
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


def test_a_value_of_the_last_column_may_go_on_in_the_next_line() -> None:
    """Where tabs separate, too: the row has all its columns, and yet is not at its end."""
    assert read('id\tname\na\t"x\n""y"" z"\nb\tz\n')[1] == [(2, ["a", 'x\n"y" z']), (4, ["b", "z"])]
    assert read('id\tname\temail\na\t"x\ny"\tm\nb\t"x\n\ny"\n')[1] == [
        (2, ["a", "x\ny", "m"]),
        (4, ["b", "x\n\ny"]),
    ]


def test_a_bare_quote_is_only_a_quote_where_tabs_separate() -> None:
    """As mailctl writes it; nothing after it is swallowed, nor where no line ends it."""
    assert read('id\tname\na\t"x\nb\tz\n')[1] == [(2, ["a", '"x']), (3, ["b", "z"])]
    assert read('id\tname\na\t6" disk\nb\t"z"\n')[1] == [(2, ["a", '6" disk']), (3, ["b", "z"])]
