"""Finding things by what a person types, and similar names where nothing matches."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from mailctl.store.engine.reader import Reader

MOST_CANDIDATES = 5000
"""How many names are compared at most: a suggestion must not read a million rows."""


def close_names(name: str, candidates: Iterable[object]) -> tuple[str, ...]:
    """Up to three of the candidates that look like the name."""
    return tuple(get_close_matches(name, [str(one) for one in candidates], n=3))


def close_to(reader: Reader, name: str, query: str) -> tuple[str, ...]:
    """Up to three names like `name` among the first column of a query."""
    rows = reader.execute(f"{query} LIMIT {MOST_CANDIDATES}")
    return close_names(name, (row[0] for row in rows))


def containing(column: str) -> str:
    """SQL that is true where a column contains :search, whatever the case."""
    return f"replace(lower({column}), lower(:search), '') <> lower({column})"
