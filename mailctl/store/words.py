"""The words that `find` looks for, kept up to date with the rows that they come from.

A change of such a row is made between `forget` and `learn`, or within `relearned`; many rows are
made within `learned_together`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING

from mailctl.store.engine.transaction import Transaction

# Lists load the modules that learn words, too.
if TYPE_CHECKING:
    from mailctl.store.engine.word_rows import WordRow

_AT_ONCE = 100_000
_AT_ONCE_OF_AN_IMPORT = 20_000
"""An import of entries keeps little in memory."""
_DELETE = "DELETE FROM word WHERE kind = :kind AND word = :word AND row_id = :row_id"


def learn(transaction: Transaction, kind: str, key: int) -> None:
    """Add the words of a row as it stands."""
    if transaction.unlearned is not None:
        transaction.unlearned.setdefault(kind, set()).add(key)
        return
    from mailctl.store.engine.word_rows import INSERT

    transaction.execute_many(INSERT, _rows(transaction, kind, key))


def learn_all(transaction: Transaction, kind: str, keys: Iterable[int]) -> None:
    """Add the words of rows as they stand."""
    for key in keys:
        learn(transaction, kind, key)


@contextmanager
def learned_together(transaction: Transaction) -> Iterator[None]:
    """Add the words of all rows that a block makes at its end, in order: by far the cheapest."""
    from mailctl.store.engine.word_rows import SOURCES

    transaction.unlearned = {}
    yield
    made, transaction.unlearned = transaction.unlearned, None
    for kind, keys in made.items():
        source = SOURCES[kind]
        found = transaction.execute(
            f"{source.select} AND {source.key} >= :first", {"first": min(keys)}
        )
        of_rows = ((row[0], source.words_of(row[1:])) for row in found if row[0] in keys)
        _add(transaction, kind, of_rows)


def learn_new(transaction: Transaction, kind: str, first: int) -> None:
    """Add the words of all rows from a key on, which were made in a set."""
    from mailctl.store.engine.word_rows import SOURCES

    source = SOURCES[kind]
    found = transaction.stream(f"{source.select} AND {source.key} >= :first", {"first": first})
    of_rows = ((row[0], source.words_of(row[1:])) for row in found)
    _add(transaction, kind, of_rows, at_once=_AT_ONCE_OF_AN_IMPORT)


def learn_addresses(transaction: Transaction, addresses: Iterable[tuple[int, str]]) -> None:
    """Add the words of new accounts, by their ids: many at once cost much less than one by one."""
    from mailctl.domain.search_words import address_words

    of_rows = ((account_id, address_words(address)) for account_id, address in addresses)
    _add(transaction, "account", of_rows)


def _add(
    transaction: Transaction,
    kind: str,
    of_rows: Iterator[tuple[int, set[str]]],
    *,
    at_once: int = _AT_ONCE,
) -> None:
    """Add words in the order of the table, as many at a time as fit into memory."""
    pairs = ((word, key) for key, found in of_rows for word in found)
    while some := sorted(islice(pairs, at_once)):
        transaction.add_rows(
            "word", ("kind", "word", "row_id"), ((kind, word, key) for word, key in some)
        )


def forget(transaction: Transaction, kind: str, key: int) -> None:
    """Remove the words of a row as it stands."""
    transaction.execute_many(_DELETE, _rows(transaction, kind, key))


@contextmanager
def relearned(transaction: Transaction, kind: str, key: int) -> Iterator[None]:
    """Bring the words of a row up to what it holds after the block."""
    forget(transaction, kind, key)
    yield
    learn(transaction, kind, key)


def _rows(transaction: Transaction, kind: str, key: int) -> list[WordRow]:
    from mailctl.store.engine.word_rows import SOURCES, rows

    source = SOURCES[kind]
    found = transaction.execute(f"{source.select} AND {source.key} = :key", {"key": key})
    return list(rows(kind, found.fetchall()))
