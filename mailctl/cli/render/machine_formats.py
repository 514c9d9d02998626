"""The formats that programs read: JSON, JSON Lines, CSV, TSV and names.

They are written in batches as the rows come, so that a million rows need no more memory than a
thousand, and they never pass through a terminal renderer (CLI, Form).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from mailctl.cli.render.text import clean, csv_text, json_text, json_texts
from mailctl.contract import Key, Kind, Thing
from mailctl.domain.sorting import in_order

BATCH = 1000
# Lines of JSON are long: more of them at once would be memory that the system gives and takes back.
FEWER = 100
One = TypeVar("One")

Write = Callable[[str], object]


class Rows(Protocol):
    """A list of things, read row by row, as often as it is asked for."""

    @property
    def thing(self) -> Thing:
        """What the rows are."""

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The raw values of these keys, a row at a time."""

    def json(self, keys: Sequence[str]) -> Iterator[str]:
        """Each row as the text of one JSON object."""

    def sort(self, key: str, *, downwards: bool) -> None:
        """Order the rows by a key, those without it last, equal ones as before."""


class LazyItems(Iterable[Mapping[str, object]]):
    """Things in memory whose items are made one at a time, as often as they are read."""

    def __init__(self, things: Iterable[One], item: Callable[[One], Mapping[str, object]]) -> None:
        self._things = things
        self._item: Callable[[Any], Mapping[str, object]] = item

    def __iter__(self) -> Iterator[Mapping[str, object]]:
        return map(self._item, self._things)


class InMemoryRows:
    """Rows that are in memory already."""

    def __init__(self, thing: Thing, items: Iterable[Mapping[str, object]]) -> None:
        self.thing = thing
        self._items = items

    def rows(self, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
        """The raw values of these keys, a row at a time."""
        return (tuple(item[key] for key in keys) for item in self._items)

    def json(self, keys: Sequence[str]) -> Iterator[str]:
        """Each row as the text of one JSON object."""
        return (_compact({key: item[key] for key in keys}) for item in self._items)

    def sort(self, key: str, *, downwards: bool) -> None:
        """Order the rows by a key, those without it last, equal ones as before."""
        self._items = in_order(list(self._items), key, downwards=downwards)


def write_json_list(
    write: Write, rows: Rows, keys: Sequence[str], *, beside: Mapping[str, object]
) -> int:
    """A list in its envelope, one row a line; `beside` stands between schema and items."""
    more = f"{_compact(beside)[1:-1]}, " if beside else ""
    between = f'{{"schema": "mailctl/{rows.thing.name}-list/1", {more}"items": [\n  '
    count = 0
    coming = rows.json(keys)
    # The head is written with the first rows: if these cannot be read, nothing is.
    while batch := list(islice(coming, FEWER)):
        write(between)
        write(json_texts(batch, between=",\n  "))
        count += len(batch)
        between = ",\n  "
    write("\n]}\n" if count else f"{between.rstrip()}]}}\n")
    return count


def write_json_lines(write: Write, rows: Rows, keys: Sequence[str]) -> int:
    """The rows as bare JSON objects, one a line."""
    count = 0
    coming = rows.json(keys)
    while batch := list(islice(coming, FEWER)):
        write(json_texts(batch, between="\n") + "\n")
        count += len(batch)
    return count


def write_json_thing(write: Write, thing: Thing, values: Mapping[str, object]) -> None:
    """One thing with the name and version of its schema, indented for human readers."""
    import json

    text = json.dumps({"schema": f"mailctl/{thing.name}/1", **values}, ensure_ascii=False, indent=2)
    write("\n".join(map(json_text, text.split("\n"))) + "\n")


def write_json_line(write: Write, values: Mapping[str, object]) -> None:
    """One thing as a bare JSON object on one line."""
    write(json_text(_compact(values)) + "\n")


def write_tsv(write: Write, rows: Rows, keys: Sequence[Key]) -> int:
    """Tab-separated rows under a header; no value has a tab or a line end in it."""
    names = [key.name for key in keys]
    cells = [_tsv_cell(key.kind) for key in keys]
    lines = (
        "\t".join([cell(value) for cell, value in zip(cells, row, strict=True)]) + "\n"
        for row in rows.rows(names)
    )
    return _write_batches(write, lines, head="\t".join(names) + "\n")


def write_csv(write: Write, rows: Rows, keys: Sequence[Key]) -> int:
    """Comma-separated rows under a header; what a spreadsheet would run is neutralised."""
    names = [key.name for key in keys]
    cells = [_csv_cell(key.kind) for key in keys]
    in_csv = _csv_writer()
    lines = (
        in_csv([cell(value) for cell, value in zip(cells, row, strict=True)])
        for row in rows.rows(names)
    )
    return _write_batches(write, lines, head=in_csv(names))


def _csv_writer() -> Callable[[Sequence[str]], str]:
    """A function from cells to a line of CSV."""
    import csv
    from io import StringIO

    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")

    def line(cells: Sequence[str]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(cells)
        return buffer.getvalue()

    return line


def write_names(write: Write, rows: Rows) -> int:
    """`account/17`, one a line: a form that commands take as an argument."""
    thing = rows.thing
    names = ("/".join(map(plain, row)) for row in rows.rows(thing.name_key.split()))
    before = "" if thing.is_named_by_kind else f"{thing.name}/"
    return _write_batches(write, (f"{before}{name}\n" for name in names))


def plain(value: object) -> str:
    """A raw value as text without a tab, a line end or anything unseen; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return json_text(_compact(value))


def _write_batches(write: Write, lines: Iterable[str], *, head: str = "") -> int:
    """Write lines as they come; if the first cannot be read, the head is not written either."""
    count = 0
    coming = iter(lines)
    batch = list(islice(coming, BATCH))
    write(head)
    while batch:
        write("".join(batch))
        count += len(batch)
        batch = list(islice(coming, BATCH))
    return count


def _tsv_cell(kind: Kind) -> Callable[[object], str]:
    return _number if kind in (Kind.INTEGER, Kind.CENTS) else plain


def _csv_cell(kind: Kind) -> Callable[[object], str]:
    if kind in (Kind.INTEGER, Kind.CENTS):
        return _number
    return _neutral if kind is Kind.TEXT else plain


def _number(value: object) -> str:
    return "" if value is None else str(value)


def _neutral(value: object) -> str:
    return csv_text(value) if isinstance(value, str) else plain(value)


def _compact(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
