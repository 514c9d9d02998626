"""The words that `find` looks for, kept up to date with the rows that they come from.

A change of such a row is made between `forget` and `learn`, or within `relearned`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mailctl.store.engine.transaction import Transaction

# Lists load the modules that learn words, too.
if TYPE_CHECKING:
    from mailctl.store.engine.word_rows import WordRow

_DELETE = "DELETE FROM word WHERE kind = :kind AND word = :word AND row_id = :row_id"


def learn(transaction: Transaction, kind: str, key: int) -> None:
    """Add the words of a row as it stands."""
    from mailctl.store.engine.word_rows import INSERT

    transaction.execute_many(INSERT, _rows(transaction, kind, key))


def learn_addresses(transaction: Transaction, addresses: Iterable[tuple[int, str]]) -> None:
    """Add the words of new accounts, by their ids: many at once cost much less than one by one."""
    from mailctl.domain.search_words import address_words
    from mailctl.store.engine.word_rows import INSERT

    found = sorted(
        (word, account_id) for account_id, address in addresses for word in address_words(address)
    )
    transaction.execute_many(
        INSERT,
        ({"kind": "account", "word": word, "row_id": account_id} for word, account_id in found),
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
