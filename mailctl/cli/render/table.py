"""Tables for terminals: as wide as the terminal at most, in few colours, complete without them.

The only module that knows rich, which costs more to load than most commands take to run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from mailctl.cli.render.machine_formats import BATCH, Rows, plain
from mailctl.cli.render.text import UNLIMITED, clean
from mailctl.contract import Key, Kind, Thing, kind_of
from mailctl.domain.money import money

GAP = 2
# Under this width a column of text is hard to read; whole columns are left out then.
LEAST_TEXT = 12
HEADINGS = {
    "period_start_on": "from",
    "period_end_on": "until",
    "unit_cents": "price",
    "cents": "price",
    "clock_on": "today",
    "last_tick_at": "last tick at",
}
# What a person has read in the description and the sums already.
SHOWN_ELSEWHERE = frozenset(("offer", "quantity", "tax_rate"))

STYLES = {
    "suspended": "yellow",
    "cancelled": "yellow",
    "unpaid": "red",
    "failed": "red",
    "deleted": "bright_black",
    "closed": "bright_black",
    "erased": "bright_black",
}
SUFFIXES = ("_cents", "_on", "_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Where a table goes: how wide it may be, whether in colour, and the store's currency.

    A `whole` one shows every column and breaks no word, even if it must be wider for that.
    """

    width: int
    color: bool
    currency: str
    whole: bool = False


def write_list(
    stream: TextIO, look: Look, rows: Rows, keys: Sequence[Key]
) -> tuple[int, list[str]]:
    """Draw a list as it comes; gives how many rows, and the columns that had no room.

    The rows are read twice, to measure and to draw them: they may be more than memory holds.
    """
    with_currency = any(key.kind is Kind.CENTS for key in keys) and rows.thing.key("currency")
    names = [key.name for key in keys] + (["currency"] if with_currency else [])

    def coming() -> Iterator[list[str]]:
        return (_cells(keys, row, look, own=bool(with_currency)) for row in rows.rows(names))

    natural = _natural(keys, coming())
    kept, widths = _fitted(natural, _least(keys, natural), look.width)
    console = _console(stream, look)
    drawn, lines = 0, coming()
    while chunk := list(islice(lines, BATCH)):
        console.print(_table(keys[:kept], widths, chunk, header=not drawn))
        drawn += len(chunk)
    return drawn, [key.name for key in keys[kept:]]


def write_thing(stream: TextIO, look: Look, thing: Thing, values: Mapping[str, object]) -> None:
    """Draw one thing as keys and values, the lists inside it as tables below."""
    currency = str(values.get("currency") or look.currency)
    inner = replace(look, currency=currency)
    keys = [thing.key(name) or Key(name=name) for name in values]
    flat = Table.grid(padding=(0, GAP))
    flat.add_column(no_wrap=True)
    flat.add_column(overflow="fold")
    for key in keys:
        for label, text, kind in _pairs(key, values[key.name], currency):
            flat.add_row(Text(label, style="bold"), _styled(text or "-", kind))
    _draw(stream, replace(look, width=UNLIMITED) if look.whole else look, flat)
    for key in keys:
        items = values[key.name]
        if isinstance(items, list) and items and isinstance(items[0], dict):
            _draw(stream, look, Text(f"\n{heading(key.name)}", style="bold"))
            write_items(stream, inner, items)


def _pairs(key: Key, value: object, currency: str) -> Iterator[tuple[str, str, Kind]]:
    if key.kind is Kind.OBJECT and isinstance(value, dict):
        for name, part in value.items():
            yield (
                f"{heading(key.name)} {heading(name)}",
                human(part, Kind.TEXT, currency),
                Kind.TEXT,
            )
    elif key.kind is not Kind.LIST:
        yield heading(key.name), human(value, key.kind, currency), key.kind
    elif isinstance(value, list) and not (value and isinstance(value[0], dict)):
        yield heading(key.name), ", ".join(plain(part) for part in value), Kind.TEXT


def write_items(stream: TextIO, look: Look, items: Sequence[Mapping[str, object]]) -> None:
    """Draw a few items that share their keys; the columns are those of the first."""
    names = [name for name in items[0] if name not in SHOWN_ELSEWHERE]
    columns = [Key(name=name, kind=kind_of(name)) for name in names]
    rows = [_cells(columns, tuple(item[name] for name in names), look) for item in items]
    natural = _natural(columns, rows)
    least = _longest_words(columns, rows) if look.whole else _least(columns, natural)
    width = max(look.width, sum(least) + GAP * (len(least) - 1)) if look.whole else look.width
    kept, widths = _fitted(natural, least, width)
    _draw(stream, replace(look, width=width), _table(columns[:kept], widths, rows, header=True))


def heading(name: str) -> str:
    """A key as the head of a column: its words, without the unit."""
    if name in HEADINGS:
        return HEADINGS[name]
    for suffix in SUFFIXES:
        if name.endswith(suffix):
            name = name.removesuffix(suffix)
    return name.replace("_", " ")


def human(value: object, kind: Kind, currency: str) -> str:
    """A raw value as a person reads it."""
    if value is None:
        return ""
    if kind is Kind.CENTS and isinstance(value, int):
        return money(value, currency)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain(value)


def _cells(
    keys: Sequence[Key], row: tuple[object, ...], look: Look, *, own: bool = False
) -> list[str]:
    currency = str(row[-1]) if own and row[-1] else look.currency
    return [human(value, key.kind, currency) for key, value in zip(keys, row, strict=False)]


def _natural(keys: Sequence[Key], rows: Iterable[Sequence[str]]) -> list[int]:
    """How wide each column would be if nothing were folded."""
    widths = [cell_len(heading(key.name)) for key in keys]
    for row in rows:
        widths = [max(wide, cell_len(text)) for wide, text in zip(widths, row, strict=True)]
    return widths


def _least(keys: Sequence[Key], natural: Sequence[int]) -> list[int]:
    """How narrow each column may become: a text as far as it can still be read."""
    return [
        min(wide, max(LEAST_TEXT, cell_len(heading(key.name)))) if _folds(key) else wide
        for key, wide in zip(keys, natural, strict=True)
    ]


def _longest_words(keys: Sequence[Key], rows: Sequence[Sequence[str]]) -> list[int]:
    """How narrow each column may become without a word that is broken."""
    columns = zip(*([heading(key.name) for key in keys], *rows), strict=True)
    return [
        max(cell_len(part) for text in column for part in (text.split() if _folds(key) else [text]))
        for key, column in zip(keys, columns, strict=True)
    ]


def _fitted(natural: Sequence[int], least: Sequence[int], width: int) -> tuple[int, list[int]]:
    """How many columns there is room for, from the left, and how wide each is."""
    kept = len(natural)
    while kept > 2 and sum(least[:kept]) + GAP * (kept - 1) > width:
        kept -= 1
    widths = list(natural[:kept])
    excess = sum(widths) + GAP * (kept - 1) - width
    while excess > 0:
        widest = max(range(kept), key=lambda i: widths[i] - least[i])
        taken = min(excess, max(widths[widest] - least[widest], 0))
        if not taken:
            break
        # By halves, so that one long column does not take the room of all others.
        taken = min(taken, max(1, (widths[widest] - least[widest]) // 2))
        widths[widest] -= taken
        excess -= taken
    return kept, widths


def _folds(key: Key) -> bool:
    return key.kind is Kind.TEXT and not key.values


def _table(
    keys: Sequence[Key], widths: Sequence[int], rows: Iterable[Sequence[str]], *, header: bool
) -> Table:
    table = Table(
        box=None, pad_edge=False, padding=(0, GAP, 0, 0), show_header=header, header_style="bold"
    )
    for key, width in zip(keys, widths, strict=True):
        table.add_column(
            Text(heading(key.name)),
            width=width,
            overflow="fold",
            justify="right" if key.kind in (Kind.CENTS, Kind.INTEGER) else "left",
        )
    for row in rows:
        table.add_row(*(_styled(text, key.kind) for key, text in zip(keys, row, strict=False)))
    return table


def _styled(text: str, kind: Kind) -> Text:
    if kind is Kind.CENTS and text.startswith("-"):
        return Text(text, style="red")
    return Text(clean(text), style=STYLES.get(text, ""))


class _Console(Console):
    """rich's console, except that a closed pipe is reported to the caller."""

    def on_broken_pipe(self) -> None:
        """Leave the exit status to the one place that decides it."""
        raise BrokenPipeError


def _draw(stream: TextIO, look: Look, part: Table | Text) -> None:
    """Draw on a terminal, or as plain lines without the blanks that fill a column."""
    console = _console(stream, look)
    if not look.whole:
        console.print(part)
        return
    with console.capture() as drawn:
        console.print(part)
    stream.write("".join(f"{line.rstrip()}\n" for line in drawn.get().splitlines()))


def _console(stream: TextIO, look: Look) -> Console:
    return _Console(
        file=stream,
        width=look.width,
        color_system="standard" if look.color else None,
        force_terminal=look.color,
        no_color=not look.color,
        markup=False,
        emoji=False,
        highlight=False,
        soft_wrap=False,
        legacy_windows=False,
    )
