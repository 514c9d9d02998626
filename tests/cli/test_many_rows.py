"""Rows are looked at many at a time: what is printed is what each alone would print."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

import pytest

from mailctl.cli.render import machine_formats
from mailctl.cli.render.machine_formats import InMemoryRows, Write, plain
from mailctl.cli.render.text import csv_text, json_text, json_texts
from mailctl.contract import THINGS, Key, Kind
from mailctl.store.engine.dialect import json_object

LETTERS = [chr(code) for code in range(0x3000)]
ODD = [
    *("plain", "", "=1+1", "'=1+1", "'quoted'", "-5", "a-5", "＝1", "@x", "two\nlines", "a\tb"),  # noqa: RUF001
    *('"quotes"', "a,b", "\x7f", "\x1b[2J", "\u202e", "Büro", "東京", "😀", "\u200d", "e\u0301"),
]


def test_a_database_escapes_what_json_must() -> None:
    """Only what it leaves as it is is looked for in many rows at once."""
    with closing(sqlite3.connect(":memory:")) as base:
        for letter in LETTERS:
            sql = f"SELECT {json_object({'a': ':a'})}"
            (made,) = base.execute(sql, {"a": letter}).fetchone()
            assert json_texts([made], between="") == json_text(made)
            assert json.loads(made) == {"a": letter}


def printed(
    write: Callable[[Write, machine_formats.Rows, Sequence[Key]], int],
    rows: list[dict[str, object]],
) -> tuple[list[list[str]], int]:
    """The lines of a sheet of accounts, as its readers read them, and how many it said."""
    thing = THINGS["account"]
    keys = [key for key in thing.list_keys if key.name in rows[0]]
    out = io.StringIO()
    count = write(out.write, InMemoryRows(thing, rows), keys)
    if write is machine_formats.write_csv:
        return list(csv.reader(io.StringIO(out.getvalue()))), count
    return [line.split("\t") for line in out.getvalue().splitlines()], count


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("at", [0, 99, 100, 249])
def test_a_sheet_of_many_is_that_of_each(odd: str, at: int) -> None:
    """One odd cell among many that are not, in the first batch of rows or a later one."""
    rows: list[dict[str, object]] = [
        {
            "id": number - 3,
            "address": odd if number == at else None if number == 7 else f"a{number}@acme.example",
            "platform": f"p-{number}",
            "configured": number % 2 == 0,
        }
        for number in range(250)
    ]
    kinds = {key.name: key.kind for key in THINGS["account"].list_keys}
    assert kinds["address"] is Kind.TEXT
    for write in (machine_formats.write_csv, machine_formats.write_tsv):
        neutral = write is machine_formats.write_csv
        (_, *lines), count = printed(write, rows)
        assert count == len(lines) == len(rows)
        for line, row in zip(lines, rows, strict=True):
            assert line == [
                csv_text(value)
                if neutral and isinstance(value, str) and kinds[name] is Kind.TEXT
                else plain(value)
                for name, value in row.items()
            ]
