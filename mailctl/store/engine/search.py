"""Finding things by what a person types, and similar names where nothing matches."""

from __future__ import annotations

from mailctl.close_words import close_words
from mailctl.store.engine.reader import Reader

LAST = "\U0010ffff"
"""Every character of a name sorts before the last one of Unicode."""
NEIGHBOURS = 100
"""How many names before and behind a name are compared: a suggestion reads no more, by an index."""


def close_to(reader: Reader, name: str, column: str, source: str) -> tuple[str, ...]:
    """Up to three names like `name` in an indexed column; `source` may end in a condition.

    Compared are those that sort next to it, which is all of them where there are few.
    """
    return close_words(name, neighbours(reader, name, column, source))


def neighbours(reader: Reader, name: str, column: str, source: str) -> list[str]:
    """What sorts next to a name in an indexed column, before and behind."""
    joined = "AND" if " WHERE " in source else "WHERE"
    behind = f"""
        SELECT {column} FROM {source} {joined} {column} >= :name
        ORDER BY {column} LIMIT {NEIGHBOURS}
    """
    before = f"""
        SELECT {column} FROM {source} {joined} {column} < :name
        ORDER BY {column} DESC LIMIT {NEIGHBOURS}
    """
    found = (*reader.texts(before, {"name": name}), *reader.texts(behind, {"name": name}))
    return list(dict.fromkeys(found))


def containing(column: str) -> str:
    """SQL that is true where a column contains :search, whatever the case."""
    return _has(_small(column), _small(":search"))


def contained(column: str) -> str:
    """The same for a column of small letters, such as names and addresses: several times faster."""
    return _has(column, "lower(:search)")


def _has(column: str, part: str) -> str:
    return f"replace({column}, {part}, '') <> {column}"


def _small(text: str) -> str:
    """SQL for a text in small letters; a small sigma that ends a word is like any other."""
    return f"replace(lower({text}), '\u03c2', '\u03c3')"
