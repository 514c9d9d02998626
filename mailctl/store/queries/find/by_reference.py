"""Bank entries whose reference, EndToEndId or IBAN is what was asked for, by index alone.

A month may have 100,000 of them: only the names of those who paid are among the words.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import LAST
from mailctl.store.queries.find import by_words, rows
from mailctl.store.queries.find.by_words import Matches

# Shorter ones begin too many: `FR` every French IBAN.
_LEAST_BEGINNING = 4


def entries(reader: Reader, text: str, most: int) -> Matches[rows.FoundEntry]:
    """Entries by the bank's reference, EndToEndId, IBAN, or the name of who paid or was paid.

    The text is as it was typed: banks' references may differ by their case alone.
    """
    found = by_words.entries(reader, text, most)
    compact = "".join(text.split()).upper()
    as_written = dict.fromkeys((text, text.upper(), compact))
    wanted = (
        ("reference", as_written, ""),
        ("iban", dict.fromkeys([compact]), ""),
        # What follows is the try: `payment-1` is no beginning of `payment-12-1`.
        ("end_to_end_id", dict.fromkeys((text, text.lower(), text.upper())), "-"),
    )
    for column, spellings, after in wanted:
        for spelling in spellings:
            _add(reader, found, f"{column} = :whole", {"whole": spelling}, most, rank=0)
            if len(spelling) >= _LEAST_BEGINNING:
                beginning = {"from": spelling + after, "to": spelling + after + LAST}
                condition = f"{column} >= :from AND {column} < :to"
                _add(reader, found, condition, beginning, most, rank=1)
    return found


def _add(
    reader: Reader,
    found: Matches[rows.FoundEntry],
    condition: str,
    values: Mapping[str, object],
    most: int,
    *,
    rank: int,
) -> None:
    column = condition.partition(" ")[0]
    keys = reader.numbers(
        f"""
        SELECT id
        FROM bank_entry
        WHERE {condition}
        ORDER BY {column}, id LIMIT :most
        """,
        {**values, "most": most + 1},
    )
    found.is_cut = found.is_cut or len(keys) > most
    for key in keys[:most]:
        one = rows.entry(reader, key)
        if one is not None:
            found.add(key, one, rank)
