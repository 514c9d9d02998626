"""The formats that programs read: JSON, JSON Lines, CSV, TSV and names.

They are written in batches as the rows come, so that a million rows need no more memory than a
thousand, and they never pass through a terminal renderer (CLI, Form).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from typing import Any, Protocol, TypeVar, cast

from mailctl.cli.render.text import are_seen, clean, csv_text, json_text, json_texts
from mailctl.contract import Key, Kind, Thing
from mailctl.domain.cells import are_safe
from mailctl.domain.sorting import in_order

# Of more rows at once the memory would be given back to the system and taken again, each time.
BATCH = 100
One = TypeVar("One")

Write = Callable[[str], object]
_TEXT_OR_NULL = frozenset((str, type(None)))


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
    head = f'{{"schema": "mailctl/{rows.thing.name}-list/1", {more}"items": ['
    before = chain(["\n  "], repeat(",\n  "))

    def text(batch: Sequence[str]) -> str:
        return next(before) + json_texts(batch, between=",\n  ")

    count = _write_batches(write, rows.json(keys), text, head=head)
    write("\n]}\n" if count else "]}\n")
    return count


def write_json_lines(write: Write, rows: Rows, keys: Sequence[str]) -> int:
    """The rows as bare JSON objects, one a line."""
    return _write_batches(
        write, rows.json(keys), lambda batch: json_texts(batch, between="\n") + "\n"
    )


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
    return _write_sheet(write, rows, keys, _tabbed, _tsv_cells)


def write_csv(write: Write, rows: Rows, keys: Sequence[Key]) -> int:
    """Comma-separated rows under a header; what a spreadsheet would run is neutralised."""
    return _write_sheet(write, rows, keys, _csv_lines(), _csv_cells)


def _write_sheet(
    write: Write,
    rows: Rows,
    keys: Sequence[Key],
    lines: Callable[[Iterable[Sequence[object]]], str],
    cells_of: Callable[[Kind], Callable[[Sequence[object]], Iterable[object]]],
) -> int:
    """Rows as lines under a header.

    Cells are made a column at a time: there is hardly ever anything to change in them.
    """
    names = [key.name for key in keys]
    made = [cells_of(key.kind) for key in keys]

    def text(batch: Sequence[tuple[object, ...]]) -> str:
        columns = zip(*batch, strict=True)
        cells = [make(values) for make, values in zip(made, columns, strict=True)]
        return lines(zip(*cells, strict=True))

    return _write_batches(write, rows.rows(names), text, head=lines([names]))


def _tabbed(rows: Iterable[Sequence[object]]) -> str:
    return "".join(["\t".join(map(_number, row)) + "\n" for row in rows])


def _csv_lines() -> Callable[[Iterable[Sequence[object]]], str]:
    """A function from rows of cells to lines of CSV."""
    import csv
    from io import StringIO

    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\n")

    def lines(rows: Iterable[Sequence[object]]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerows(rows)
        return buffer.getvalue()

    return lines


def write_names(write: Write, rows: Rows) -> int:
    """`account/17`, one a line: a form that commands take as an argument."""
    thing = rows.thing
    before = "" if thing.is_named_by_kind else f"{thing.name}/"

    def text(batch: Sequence[tuple[object, ...]]) -> str:
        return "".join([f"{before}{'/'.join(map(plain, row))}\n" for row in batch])

    return _write_batches(write, rows.rows(thing.name_key.split()), text)


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


def _write_batches(
    write: Write, rows: Iterable[One], text: Callable[[Sequence[One]], str], *, head: str = ""
) -> int:
    """Write rows as they come; if the first cannot be read, the head is not written either."""
    count = 0
    coming = iter(rows)
    batch = list(islice(coming, BATCH))
    write(head)
    while batch:
        write(text(batch))
        count += len(batch)
        batch = list(islice(coming, BATCH))
    return count


def _tsv_cells(kind: Kind) -> Callable[[Sequence[object]], Iterable[object]]:
    return _as_they_are if kind in (Kind.INTEGER, Kind.CENTS) else _plain_cells


def _csv_cells(kind: Kind) -> Callable[[Sequence[object]], Iterable[object]]:
    return _neutral_cells if kind is Kind.TEXT else _tsv_cells(kind)


def _as_they_are(values: Sequence[object]) -> Sequence[object]:
    return values


def _plain_cells(values: Sequence[object]) -> Iterable[object]:
    texts = _texts(values)
    if texts is None or not are_seen(texts):
        return map(plain, values)
    return values


def _neutral_cells(values: Sequence[object]) -> Iterable[object]:
    texts = _texts(values)
    if texts is None or not are_seen(texts) or not are_safe(texts):
        return [csv_text(one) if isinstance(one, str) else plain(one) for one in values]
    return values


def _texts(values: Sequence[object]) -> Sequence[str] | None:
    """The values without null, if all others are text; None else."""
    if not _TEXT_OR_NULL.issuperset(map(type, values)):
        return None
    return cast("list[str]", [one for one in values if one is not None])


def _number(value: object) -> str:
    return "" if value is None else str(value)


def _compact(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False)
