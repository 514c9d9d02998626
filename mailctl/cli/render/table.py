"""Tables for terminals: as wide as the terminal at most, in few colours, complete without them.

No id, address, date or amount is cut or broken: columns give way, and where not even the most
important ones fit, each row becomes a block of lines. Rows are drawn as they come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TextIO

from mailctl.cli.render.cells import cells, padded, shortened
from mailctl.cli.render.colors import Style, styled
from mailctl.cli.render.columns import Column, columns_of_items, heading, is_free_text
from mailctl.cli.render.machine_formats import BATCH, Rows, plain
from mailctl.cli.render.text import UNLIMITED, broken, clean
from mailctl.contract import Key, Kind, Thing
from mailctl.domain.money import money
from mailctl.values import Value, replace

GAP = "  "
COMFORTABLE = 24
"""Free text has at least this width while other columns can give way instead."""
LEAST = 10
"""Free text is never narrower."""

# By the first word of a cell.
STYLES = {
    "suspended": Style.MAGENTA,
    "deletes": Style.MAGENTA,
    "cancelled": Style.MAGENTA,
    "returned": Style.MAGENTA,
    "ends": Style.MAGENTA,
    "unpaid": Style.RED,
    "failed": Style.RED,
    "refused": Style.RED,
    "overdue": Style.RED,
    "urgent": Style.RED,
    "deleted": Style.DIM,
    "closed": Style.DIM,
    "erased": Style.DIM,
}
# What a person has read in the description and the sums already.
SHOWN_ELSEWHERE = frozenset(("offer", "quantity", "tax_rate"))

Cell = Callable[[tuple[object, ...]], str]
Row = Sequence[str]


class Look(Value):
    """Where a table goes: how wide it may be, whether in colour, and the store's currency.

    A `whole` one keeps its columns beside each other, even if it must be wider for that.
    """

    width: int
    color: bool
    currency: str
    whole: bool = False


class Drawn(Value):
    """What became of a list: how many rows, and which columns had no room or were shortened."""

    rows: int
    left_out: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()


class _Layout(Value):
    """Which columns stay, by position, and how wide each is."""

    kept: tuple[int, ...]
    widths: tuple[int, ...]


def write_list(
    stream: TextIO, look: Look, rows: Rows, columns: Sequence[Column], *, fewest: int
) -> Drawn:
    """Draw a list as it comes; of the columns `fewest` stay, or each row becomes a block.

    The rows are read twice, to measure and to draw them: they may be more than memory holds.
    """
    names = list(dict.fromkeys(key for column in columns for key in column.keys))
    if any(column.kind is Kind.CENTS for column in columns) and rows.thing.key("currency"):
        names = list(dict.fromkeys((*names, "currency")))
    makers = [_cell(column, names, look.currency) for column in columns]

    def coming() -> Iterator[list[str]]:
        return ([make(row) for make in makers] for row in rows.rows(names))

    columns, natural, count = _measured(columns, coming())
    if not count:
        return Drawn(rows=0)
    layout = _fitted(columns, natural, look.width, fewest)
    if layout is None:
        _write(stream, _blocks(columns, coming(), look))
        return Drawn(rows=count)
    _write(stream, _lines(columns, layout, coming(), look))
    return Drawn(
        rows=count,
        left_out=tuple(
            column.name
            for at, column in enumerate(columns)
            if natural[at] and at not in layout.kept
        ),
        shortened=tuple(
            columns[i].name
            for i, width in zip(layout.kept, layout.widths, strict=True)
            if width < natural[i] and not columns[i].folds
        ),
    )


def write_items(stream: TextIO, look: Look, items: Sequence[Mapping[str, object]]) -> None:
    """Draw a few items that share their keys, those of the first; nothing is left out."""
    names = [name for name in items[0] if name not in SHOWN_ELSEWHERE]
    columns = columns_of_items(names)
    makers = [_cell(column, names, look.currency) for column in columns]
    rows = [[make(tuple(item[name] for name in names)) for make in makers] for item in items]
    columns, natural, _ = _measured(columns, rows)
    layout = _fitted(columns, natural, look.width, len(columns))
    if layout is None and look.whole:
        layout = _narrowest(columns, natural)
    if layout is not None:
        _write(stream, _lines(columns, layout, rows, look))
    elif (above := _above(columns, natural, look.width)) is not None:
        _write(stream, _stacked(columns, above, rows, look))
    else:
        _write(stream, _blocks(columns, rows, look))


def write_thing(stream: TextIO, look: Look, thing: Thing, values: Mapping[str, object]) -> None:
    """Draw one thing as keys and values, the lists inside it as tables below."""
    currency = clean(str(values.get("currency") or look.currency))
    inner = replace(look, currency=currency)
    keys = [thing.key(name) or Key(name=name) for name in values]
    pairs = [pair for key in keys for pair in _pairs(thing, key, values[key.name], currency)]
    _write(stream, _labelled(pairs, replace(look, width=UNLIMITED) if look.whole else look))
    for key in keys:
        items = values[key.name]
        if isinstance(items, list) and items and isinstance(items[0], dict):
            stream.write(f"\n{styled(heading(key.name), Style.BOLD, is_colored=look.color)}\n")
            write_items(stream, inner, items)


def _write(stream: TextIO, lines: Iterable[str]) -> None:
    coming = iter(lines)
    while batch := list(islice(coming, BATCH)):
        stream.write("\n".join(batch) + "\n")


def _pairs(thing: Thing, key: Key, value: object, currency: str) -> Iterator[tuple[str, str, bool]]:
    """Label, text, and whether that may be broken between words."""
    label = heading(key.name, thing.name)
    if key.kind is Kind.OBJECT and isinstance(value, dict):
        for name, part in value.items():
            yield f"{label} {heading(name)}", human(part, Kind.TEXT, currency), True
    elif key.kind is not Kind.LIST:
        yield label, human(value, key.kind, currency), is_free_text(thing.name, key)
    elif isinstance(value, list) and not (value and isinstance(value[0], dict)):
        yield label, ", ".join(plain(part) for part in value), True


def _labelled(pairs: Sequence[tuple[str, str, bool]], look: Look) -> Iterator[str]:
    """Labels and values beside each other; a value that is too wide for that stands below."""
    wide = max((cells(label) for label, _, _ in pairs), default=0)
    room = look.width - wide - len(GAP)
    for label, found, may_break in pairs:
        head = styled(padded(label, wide), Style.BOLD, is_colored=look.color) + GAP
        text = found or "-"
        if cells(text) <= room:
            yield head + styled(text, _style(text), is_colored=look.color)
        elif may_break and room >= COMFORTABLE and _fit(beside := broken(text, room), room):
            first, *rest = beside
            yield head + first
            yield from (" " * (wide + len(GAP)) + line for line in rest)
        else:
            yield styled(label, Style.BOLD, is_colored=look.color)
            lines = broken(text, look.width - len(GAP))
            fits = _fit(lines, look.width - len(GAP))
            yield from (GAP * fits + line for line in lines)


def _fit(lines: Sequence[str], width: int) -> bool:
    """Whether no line is wider than that, as one is that has a longer word."""
    return all(cells(line) <= width for line in lines)


def human(value: object, kind: Kind, currency: str) -> str:
    """A raw value as a person reads it."""
    if value is None:
        return ""
    if kind is Kind.CENTS and isinstance(value, int):
        return money(value, currency)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value)


def _cell(column: Column, names: Sequence[str], currency: str) -> Cell:
    """What makes a column's cell of a row of raw values."""
    places = [names.index(key) for key in column.keys]
    if text := column.text:
        return lambda row: clean(text(*[row[at] for at in places]))
    (at,) = places
    kind = column.kind
    if kind is Kind.CENTS and "currency" in names:
        own = names.index("currency")
        return lambda row: human(row[at], kind, clean(str(row[own] or currency)))
    return lambda row: human(row[at], kind, currency)


def _measured(
    columns: Sequence[Column], rows: Iterable[Row]
) -> tuple[list[Column], list[int], int]:
    """The columns with their longest words, how wide each would be if nothing gave way, the rows.

    An empty column has no width: where room is short, nothing is missed without it.
    """
    widths, words = [0] * len(columns), [0] * len(columns)
    places = [(at, column.folds) for at, column in enumerate(columns)]
    count = 0
    for row in rows:
        count += 1
        for at, folds in places:
            text = row[at]
            # No character is wider than two.
            if len(text) * 2 > widths[at]:
                widths[at] = max(widths[at], cells(text))
            if folds:
                words[at] = max(words[at], *map(cells, text.split()), 0)
    heads = [cells(column.name) for column in columns]
    return (
        [replace(column, longest=word) for column, word in zip(columns, words, strict=True)],
        [max(wide, head) if wide else 0 for wide, head in zip(widths, heads, strict=True)],
        count,
    )


def _fitted(
    columns: Sequence[Column], natural: Sequence[int], width: int, fewest: int
) -> _Layout | None:
    """The columns that stay and their widths; None where not even the fewest have room.

    A column stays where those that matter more leave it room. Empty ones stay if all fit.
    """
    every = sorted(range(len(columns)), key=lambda at: columns[at].rank)
    heads = [wide or cells(columns[at].name) for at, wide in enumerate(natural)]
    if _total(heads) <= width:
        return _Layout(kept=tuple(range(len(columns))), widths=tuple(heads))

    def total(kept: Sequence[int], text: int) -> int:
        return _total([_least(columns[at], heads[at], text) for at in kept])

    kept = every[:fewest]
    for at in every[fewest:]:
        if natural[at] and total([*kept, at], COMFORTABLE) <= width:
            kept.append(at)
    text = COMFORTABLE if total(kept, COMFORTABLE) <= width else LEAST
    spare = width - total(kept, text)
    if spare < 0:
        return None
    widths = []
    for at in sorted(kept):
        wide = _least(columns[at], heads[at], text)
        given = min(spare, heads[at] - wide)
        widths.append(wide + given)
        spare -= given
    return _Layout(kept=tuple(sorted(kept)), widths=tuple(widths))


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(GAP) * (len(widths) - 1)


def _least(column: Column, natural: int, text: int) -> int:
    """How narrow a column may be, if free text may be as narrow as that."""
    if not column.is_free:
        return natural
    return min(natural, max(text, column.longest, cells(column.name)))


def _narrowest(columns: Sequence[Column], natural: Sequence[int]) -> _Layout:
    """Every column, as narrow as it can be read."""
    widths = (
        _least(column, wide or cells(column.name), COMFORTABLE)
        for column, wide in zip(columns, natural, strict=True)
    )
    return _Layout(kept=tuple(range(len(columns))), widths=tuple(widths))


def _lines(
    columns: Sequence[Column], layout: _Layout, rows: Iterable[Row], look: Look
) -> Iterator[str]:
    """The head and the rows, a line each unless a text is broken between words."""
    places = tuple(zip(layout.kept, layout.widths, strict=True))
    rights = [columns[at].is_right for at in layout.kept]
    heads = [padded(columns[at].name, width, is_right=columns[at].is_right) for at, width in places]
    yield styled(GAP.join(heads).rstrip(), Style.BOLD, is_colored=look.color)
    folds = [columns[at].folds for at in layout.kept]
    frees = [columns[at].is_free for at in layout.kept]
    for row in rows:
        cut = [
            shortened(row[at], width) if is_free and not fold else row[at]
            for (at, width), is_free, fold in zip(places, frees, folds, strict=True)
        ]
        if any(folds):
            yield from _folded(cut, layout.widths, folds, rights, look)
        else:
            yield _line(cut, layout.widths, rights, look)


def _line(texts: Row, widths: Sequence[int], rights: Sequence[bool], look: Look) -> str:
    parts = [
        padded(text, width, is_right=is_right)
        for text, width, is_right in zip(texts, widths, rights, strict=True)
    ]
    if look.color:
        parts = [
            part.replace(text, styled(text, style, is_colored=look.color), 1)
            if (style := _style(text))
            else part
            for text, part in zip(texts, parts, strict=True)
        ]
    return GAP.join(parts).rstrip()


def _folded(
    texts: Row, widths: Sequence[int], folds: Sequence[bool], rights: Sequence[bool], look: Look
) -> Iterator[str]:
    """A row whose texts are broken between words, below each other in their columns."""
    stacks = [
        broken(text, width) if fold else [text]
        for text, width, fold in zip(texts, widths, folds, strict=True)
    ]
    for level in range(max(map(len, stacks))):
        line = [stack[level] if level < len(stack) else "" for stack in stacks]
        yield _line(line, widths, rights, look)


def _above(columns: Sequence[Column], natural: Sequence[int], width: int) -> _Layout | None:
    """What stands in the upper line of two: dates stand below together, but one that begins it."""
    widths = [
        0 if at and column.kind is Kind.DATE else wide
        for at, (column, wide) in enumerate(zip(columns, natural, strict=True))
    ]
    layout = _fitted(columns, widths, width, min(2, len(columns)))
    return layout if layout and len(layout.kept) < len(columns) else None


def _stacked(
    columns: Sequence[Column], layout: _Layout, rows: Sequence[Row], look: Look
) -> Iterator[str]:
    """What has room in a row as a line, and below it, with their names, the other columns."""
    below = [at for at in range(len(columns)) if at not in layout.kept]
    yield from _lines(columns, layout, (), look)
    room = look.width - 2 * len(GAP)
    for row in rows:
        # A text that is broken between words has several lines.
        yield from islice(_lines(columns, layout, (row,), look), 1, None)
        line = ""
        for at in below:
            part = f"{columns[at].name} {row[at]}" if row[at] else ""
            longer = f"{line}, {part}" if line and part else line + part
            if line and part and cells(longer) > room:
                yield from _indented(f"{line},", room)
                longer = part
            line = longer
        if line:
            yield from _indented(line, room)


def _indented(line: str, room: int) -> Iterator[str]:
    """Lines below a row, set in where they fit."""
    for part in broken(line, room):
        yield f"{GAP * 2}{part}" if cells(part) <= room else part


def _blocks(columns: Sequence[Column], rows: Iterable[Row], look: Look) -> Iterator[str]:
    """Each row as labels and values, with an empty line between two."""
    for number, row in enumerate(rows):
        if number:
            yield ""
        pairs = [
            (column.name, text, column.is_free) for column, text in zip(columns, row, strict=True)
        ]
        yield from _labelled(pairs, look)


def _style(text: str) -> Style:
    """How a cell is set off: by its first word, or as an amount below zero."""
    if text[:1] == "-" and text[1:2].isdigit():
        return Style.RED
    return STYLES.get(text.partition(" ")[0], Style.PLAIN)
