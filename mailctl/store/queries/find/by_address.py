"""Accounts whose address, or a word of it, begins as what was asked for, by index alone."""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.domain.search_words import Reading, is_whole, matches, readings, typed, words
from mailctl.store import left_addresses
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import LAST
from mailctl.store.queries.find import rows
from mailctl.store.queries.find.by_words import Matches, keys_with

_BETWEEN_WORDS = ("", ".", "-", "_", "+")


def accounts(reader: Reader, text: str, most: int) -> Matches[rows.Addressed]:
    """Accounts by address, whole or its beginning, or by words of it; deleted ones too.

    An address that an account left when it was renamed or reset is found by its beginning.

    The first words are looked for in the indexes of the addresses, later ones among the words, and
    those of the domain in the addresses that were found so.
    """
    found: Matches[rows.Addressed] = Matches()
    asked = readings(text)
    for prefix in _beginnings(text, asked):
        for one in with_address(reader, prefix, most, found):
            found.add(one.id, one, _rank_of_address(one, prefix))
    for left in left_addresses.moved(reader, typed(text), most):
        one = rows.Addressed(id=left.id, address=left.was, is_live=left.is_live)
        # Those of erased customers are no addresses any more.
        if "@" in one.address:
            found.add(left.id, one, _rank_of_address(one, typed(text)))
    for reading in asked:
        for one in _with_a_word(reader, reading, most, found):
            kept = words((*one.address.rpartition("@")[::2], one.address))
            if is_whole(reading, kept):
                found.add(one.id, one, 2)
            elif matches(reading, kept):
                found.add(one.id, one, 3)
    return found


def _beginnings(text: str, asked: tuple[Reading, ...]) -> Iterator[str]:
    """How addresses may begin: as was typed, or with the words joined in the usual ways."""
    found = {typed(text): None}
    for reading in asked[1:2]:
        first = [token[0] for token in reading]
        for order in (first, first[::-1]):
            found.update(dict.fromkeys(between.join(order) for between in _BETWEEN_WORDS))
        found[f"{first[0]}@{'.'.join(first[1:])}"] = None
    return iter(found)


def _rank_of_address(one: rows.Addressed, prefix: str) -> int:
    return 0 if prefix in (one.address, one.address.rpartition("@")[0]) else 1


def with_address(
    reader: Reader, prefix: str, most: int, found: Matches[rows.Addressed]
) -> list[rows.Addressed]:
    """Accounts whose address begins so, those that are not deleted first."""
    if not prefix:
        return []
    got: list[rows.Addressed] = []
    for condition in ("deleted_on IS NULL", "state = 'deleted' AND address IS NOT NULL"):
        some = reader.facts(
            rows.Addressed,
            f"""
            SELECT id, address, state <> 'deleted' AS is_live
            FROM account
            WHERE {condition} AND address >= :from AND address < :to
            ORDER BY address LIMIT :most
            """,
            {"from": prefix, "to": prefix + LAST, "most": most + 1},
        )
        found.is_cut = found.is_cut or len(some) > most
        got += some[:most]
    return got


def _with_a_word(
    reader: Reader, reading: Reading, most: int, found: Matches[rows.Addressed]
) -> Iterator[rows.Addressed]:
    """Accounts in whose local part one of the words begins a word, each once."""
    seen: set[int] = set()
    for token in reading:
        met = [one for word in token for one in with_address(reader, word, most, found)]
        keys, is_cut = keys_with(reader, "account", token, most)
        found.is_cut = found.is_cut or is_cut
        met += (one for key in keys if (one := rows.addressed(reader, key)) is not None)
        for one in met:
            if one.id not in seen:
                seen.add(one.id)
                yield one
