"""Words of a question that nothing begins with, and the known words that are spelt like them."""

from __future__ import annotations

from mailctl.close_words import close_words
from mailctl.domain.search_words import Token, readings, words
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import neighbours
from mailctl.store.queries.find import rows
from mailctl.store.queries.find.by_address import with_address
from mailctl.store.queries.find.by_words import Matches, keys_with

# A word that was mistyped has letters too many or too few, but not many.
_SLIPS = 2
_KINDS = ("customer", "domain", "platform", "account", "entry")


def with_close_words(reader: Reader, text: str) -> dict[str, tuple[str, ...]]:
    """The words of a question that nothing begins with, each with known words like it."""
    asked = readings(text)
    tokens = asked[min(1, len(asked) - 1)] if asked else ()
    return {
        token[0]: close_words(token[0], _words_near(reader, token[0]))
        for token in tokens
        if not _is_known(reader, token)
    }


def _is_known(reader: Reader, token: Token) -> bool:
    nowhere: Matches[rows.Addressed] = Matches()
    return any(keys_with(reader, kind, token, 1)[0] for kind in _KINDS) or any(
        with_address(reader, word, 1, nowhere) for word in token
    )


def _words_near(reader: Reader, word: str) -> set[str]:
    """The words that sort next to a word, of names and of addresses."""
    near = neighbours(reader, word, "address", "account WHERE deleted_on IS NULL")
    found = words(address.rpartition("@")[0] for address in near)
    for kind in _KINDS:
        found.update(neighbours(reader, word, "word", f"word WHERE kind = '{kind}'"))
    return {one for one in found if abs(len(one) - len(word)) <= _SLIPS}
