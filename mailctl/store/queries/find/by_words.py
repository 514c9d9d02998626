"""Rows whose words begin as those that were asked for, by the index of the words alone.

However many rows a store has, only `most` of a kind are read; a search that meets more says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from typing import Generic, TypeVar

from mailctl.domain.search_words import (
    Reading,
    Token,
    is_short_number,
    is_whole,
    legal_words,
    matches,
    phone_words,
    place,
    readings,
    vat_words,
    wholes,
    words,
)
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import LAST
from mailctl.store.queries.find import rows
from mailctl.values import Value

MOST = 100
"""How many rows of a kind are compared at most, unless more are to be shown."""
# Of two words that many rows have, this many times more rows are looked at.
_LOOKED_AT = 25
# So many words of a row may begin alike: "ann", "anna" and the name as one word.
_ALIKE = 5

Fact = TypeVar("Fact")


class Match(Value, Generic[Fact]):
    """A row that matches, and how well: 0 is best.

    0: a whole value of it was given; 1: the beginning of one; 2: whole words; 3: their beginnings.
    """

    fact: Fact
    rank: int


@dataclass(slots=True)
class Matches(Generic[Fact]):
    """The rows of a kind that match; `is_cut` where there may be more than were compared."""

    found: dict[int, Match[Fact]] = field(default_factory=dict)
    is_cut: bool = False

    def add(self, key: int, fact: Fact, rank: int) -> None:
        """Add a row, or what a better reading of the question says of it."""
        if key not in self.found or rank < self.found[key].rank:
            self.found[key] = Match(fact=fact, rank=rank)


class _Texts(Value):
    """What is compared of a row: values that are given whole, and all its words."""

    wholes: set[str]
    words: set[str]


def customers(reader: Reader, text: str, most: int) -> Matches[rows.FoundCustomer]:
    """Customers by id, name, e-mail, phone, VAT number, legal id, street, postcode and city."""

    def texts(one: rows.FoundCustomer) -> _Texts:
        names = (one.slug, one.name, one.email, one.backup_email)
        numbers = phone_words(one.phone) | vat_words(one.vat_number) | legal_words(one.legal_id)
        where = (one.street, one.postcode, one.city)
        return _Texts(
            wholes=wholes(names) | numbers,
            words=words((*names, *where, place(*where))) | numbers,
        )

    return _of_kind(reader, "customer", text, most, rows.customer, texts)


def domains(reader: Reader, text: str, most: int) -> Matches[rows.FoundDomain]:
    """Domains, in Unicode or punycode."""
    return _of_kind(reader, "domain", text, most, rows.domain, lambda one: _texts(one.name))


def platforms(reader: Reader, text: str, most: int) -> Matches[rows.FoundPlatform]:
    """Platforms by name."""
    return _of_kind(reader, "platform", text, most, rows.platform, lambda one: _texts(one.name))


def methods(reader: Reader, text: str, most: int) -> Matches[rows.FoundMethod]:
    """Payment methods by mandate, the last characters of the number, or a whole IBAN.

    An IBAN is nowhere in the words: its end finds methods, whose own IBAN is then compared.
    """
    found = _of_kind(
        reader,
        "method",
        text,
        most,
        rows.method,
        lambda one: _texts(one.mandate, one.label.rpartition("…")[2]),
    )
    for (iban,) in readings(text)[:1]:
        keys, _ = keys_with(reader, "method", (iban[0][-4:],), most)
        for key in keys:
            one = rows.method(reader, key)
            if one is not None and (one.iban or "").lower() == iban[0]:
                found.add(key, one, 0)
    return found


def payments(reader: Reader, text: str, most: int) -> Matches[rows.FoundPayment]:
    """Payments by the bank's or gateway's reference."""
    return _of_kind(reader, "payment", text, most, rows.payment, lambda one: _texts(one.reference))


def movements(reader: Reader, text: str, most: int) -> Matches[rows.FoundMovement]:
    """Movements of prepaid accounts by the bank's reference."""
    return _of_kind(reader, "ledger", text, most, rows.movement, lambda one: _texts(one.reference))


def entries(reader: Reader, text: str, most: int) -> Matches[rows.FoundEntry]:
    """Bank entries by the name of who paid or was paid."""
    return _of_kind(reader, "entry", text, most, rows.entry, lambda one: _texts(one.name))


def _texts(*texts: str | None) -> _Texts:
    return _Texts(wholes=wholes(texts), words=words(texts))


def _of_kind(
    reader: Reader,
    kind: str,
    text: str,
    most: int,
    read: Callable[[Reader, int], Fact | None],
    texts: Callable[[Fact], _Texts],
) -> Matches[Fact]:
    found: Matches[Fact] = Matches()
    asked = readings(text)
    for reading in asked:
        keys, is_cut = _keys_with_all(reader, kind, reading, most)
        found.is_cut = found.is_cut or is_cut
        for key in keys:
            fact = read(reader, key)
            if fact is not None and (rank := _rank(asked[0], reading, texts(fact))) is not None:
                found.add(key, fact, rank)
    return found


def _rank(whole: Reading, reading: Reading, texts: _Texts) -> int | None:
    """How well a row matches; None where it does not."""
    if is_whole(whole, texts.wholes):
        return 0
    if matches(whole, texts.wholes):
        return 1
    if is_whole(reading, texts.words):
        return 2
    return 3 if matches(reading, texts.words) else None


def _keys_with_all(
    reader: Reader, kind: str, reading: Reading, most: int
) -> tuple[list[int], bool]:
    """Rows that have all words of a reading; of words that many rows have, only some are known."""
    sets: list[list[int]] = []
    cut: list[list[int]] = []
    for token in reading:
        keys, is_cut = keys_with(reader, kind, token, most)
        if not keys:
            return [], False
        (cut if is_cut else sets).append(keys)
    if not sets:
        both = _with_both_words(reader, kind, reading, most)
        return list(dict.fromkeys((*both, *cut[0]))), True
    common = set(sets[0]).intersection(*sets[1:])
    return [key for key in sets[0] if key in common], False


def _with_both_words(reader: Reader, kind: str, reading: Reading, most: int) -> list[int]:
    """Rows that have the two longest words of a reading as they are given."""
    longest = sorted((token[0] for token in reading), key=len, reverse=True)[:2]
    if len(longest) < 2:
        return []
    return reader.numbers(
        """
        WITH one AS (
            SELECT row_id
            FROM word
            WHERE kind = :kind AND word = :one
            ORDER BY row_id LIMIT :looked_at
        )
        SELECT one.row_id
        FROM one
        JOIN word other
            ON other.kind = :kind AND other.word = :other AND other.row_id = one.row_id
        ORDER BY one.row_id LIMIT :most
        """,
        {
            "kind": kind,
            "one": longest[0],
            "other": longest[1],
            "looked_at": most * _LOOKED_AT,
            "most": most,
        },
    )


def keys_with(reader: Reader, kind: str, token: Token, most: int) -> tuple[list[int], bool]:
    """Rows with a word that begins like one of a token's spellings, and whether there are more.

    Those with exactly that word come first.
    """
    found: dict[int, None] = {}
    is_cut = False
    for word in token:
        of_rows = _rows_of_words(reader, kind, word, most)
        is_cut = is_cut or len(of_rows) > most
        found.update(dict.fromkeys(islice(of_rows, most)))
    return list(found), is_cut


def _rows_of_words(reader: Reader, kind: str, word: str, most: int) -> dict[int, None]:
    """Rows with a word that begins like this one: all of them, or more than `most`."""
    words_at_most = most * _ALIKE + 1
    while True:
        keys = reader.numbers(
            """
            SELECT row_id
            FROM word
            WHERE kind = :kind AND word >= :from AND word < :to
            ORDER BY word, row_id LIMIT :words
            """,
            {"kind": kind, "from": word, "to": _end(word), "words": words_at_most},
        )
        of_rows = dict.fromkeys(keys)
        if len(of_rows) > most or len(keys) < words_at_most:
            return of_rows
        # Some rows have many words that begin alike.
        words_at_most *= 2


# Before every character that a word has; PostgreSQL takes no NUL.
_FIRST = "\x01"


def _end(word: str) -> str:
    """Before which words begin like this one, or are this one."""
    return word + (_FIRST if is_short_number(word) else LAST)
