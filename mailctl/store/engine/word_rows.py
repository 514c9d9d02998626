"""The table of words that `find` looks for: which words each kind of row has.

They follow from the other tables alone. A migration fills the table, `store/words.py` keeps it up
to date with every change, and `store check` computes it again in its own way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mailctl.domain import search_words
from mailctl.values import Value

Row = tuple[Any, ...]
WordRow = dict[str, object]

INSERT = "INSERT INTO word (kind, word, row_id) VALUES (:kind, :word, :row_id)"


class Source(Value):
    """Rows that have words: their key, the columns for `words_of`, and which rows those are."""

    select: str
    key: str
    words_of: Callable[[Row], set[str]]


def _of_customer(row: Row) -> set[str]:
    slug, state, name, email, backup_email, phone, street, postcode, city, vat_number, legal = row
    if state == "erased":
        return search_words.words([slug])
    return (
        search_words.words([slug, name, email, backup_email, street, postcode, city])
        | search_words.wholes([search_words.place(street, postcode, city)])
        | search_words.phone_words(phone)
        | search_words.vat_words(vat_number)
        | search_words.legal_words(legal)
    )


SOURCES: Mapping[str, Source] = {
    "customer": Source(
        select="""
            SELECT c.id, c.slug, c.state, c.name, c.email, c.backup_email, c.phone, c.street,
                c.postcode, c.city, c.vat_number, c.legal_id
            FROM customer c
            WHERE 1 = 1
        """,
        key="c.id",
        words_of=_of_customer,
    ),
    "domain": Source(
        select="SELECT d.id, d.name FROM domain d WHERE 1 = 1",
        key="d.id",
        words_of=search_words.words,
    ),
    "platform": Source(
        select="SELECT p.id, p.name FROM platform p WHERE 1 = 1",
        key="p.id",
        words_of=search_words.words,
    ),
    "account": Source(
        select="SELECT a.id, a.address FROM account a WHERE a.address IS NOT NULL",
        key="a.id",
        words_of=lambda row: search_words.address_words(row[0]),
    ),
    "method": Source(
        select="SELECT m.id, m.mandate_key, m.label FROM method m WHERE 1 = 1",
        key="m.id",
        words_of=lambda row: search_words.method_words(row[0], row[1]),
    ),
    "payment": Source(
        select="SELECT p.id, p.reference FROM payment p WHERE p.reference IS NOT NULL",
        key="p.id",
        words_of=lambda row: search_words.reference_words(row[0]),
    ),
    "ledger": Source(
        select="""
            SELECT l.id, l.reference
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id AND c.state <> 'erased'
            WHERE l.reference IS NOT NULL
        """,
        key="l.id",
        words_of=lambda row: search_words.reference_words(row[0]),
    ),
    # References and IBANs have indexes of their own; an erasure leaves no name.
    "entry": Source(
        select="SELECT e.id, e.name FROM bank_entry e WHERE e.name IS NOT NULL",
        key="e.id",
        words_of=search_words.words,
    ),
}
"""By kind; the kinds are those that the table allows."""


def rows(kind: str, found: Iterable[Row]) -> Iterator[WordRow]:
    """The rows of words for rows of a source: each begins with its key."""
    words_of = SOURCES[kind].words_of
    for key, *columns in found:
        for word in words_of(tuple(columns)):
            yield {"kind": kind, "word": word, "row_id": key}
