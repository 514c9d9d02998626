"""Plans of many changes, summed up: people read neither 5,000 lines nor none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Item = Mapping[str, object]

MOST = 20
"""The most items of a plan that are shown one by one."""
ENDS = 3
"""How many of the first and of the last are shown of more."""
MOST_KINDS = 10
MOST_WARNINGS = 5
"""The most warnings of one kind that are shown of more."""


def some(texts: Sequence[str], what: str) -> list[str]:
    """A few texts of many that are alike, and how many more there are."""
    more = len(texts) - MOST_WARNINGS
    if more <= 0:
        return list(texts)
    return [*texts[:MOST_WARNINGS], f"and {more:,} more {what}; with -v each of them is named"]


def summary(items: Sequence[Item], by: Sequence[str]) -> list[tuple[str, Sequence[Item]]]:
    """The tables of a plan, each with what stands above it: one, or of many items their kinds."""
    if len(items) <= MOST:
        return [("", items)]
    heading = f"The first and last {ENDS} of {len(items):,}; with -v all of them:"
    return [("", kinds(items, by)), (heading, ends(items))]


def kinds(items: Sequence[Item], by: Sequence[str]) -> list[dict[str, object]]:
    """How many items there are of each kind, the most frequent first, with their sums in cents."""
    cents = [name for name in items[0] if name.endswith("_cents") and name not in by]
    found: dict[tuple[object, ...], dict[str, object]] = {}
    for item in items:
        key = tuple(item[name] for name in by)
        row = found.get(key)
        if row is None:
            row = {"count": 0, **dict(zip(by, key, strict=True)), **dict.fromkeys(cents, 0)}
            found[key] = row
        _add(row, item, cents)
    rows = sorted(found.values(), key=lambda row: -_number(row["count"]))
    if len(rows) > MOST_KINDS:
        rest: dict[str, object] = {"count": 0, **dict.fromkeys(by), **dict.fromkeys(cents, 0)}
        rest[by[0]] = f"{len(rows) - MOST_KINDS + 1:,} others"
        for row in rows[MOST_KINDS - 1 :]:
            for name in ("count", *cents):
                rest[name] = _number(rest[name]) + _number(row[name])
        rows = [*rows[: MOST_KINDS - 1], rest]
    return rows


def ends(items: Sequence[Item]) -> list[Item]:
    """The first items and the last ones."""
    return [*items[:ENDS], *items[-ENDS:]]


def _add(row: dict[str, object], item: Item, cents: Sequence[str]) -> None:
    row["count"] = _number(row["count"]) + 1
    for name in cents:
        row[name] = _number(row[name]) + _number(item[name])


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
