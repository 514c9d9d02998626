"""The words that `find` looks for are those of the rows, no more and no fewer.

They are computed here letter by letter, in another way than where they are kept. A word too many
could outlive the erasure of a customer; one too few would hide a row from whoever looks for it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.reader import Reader

_LONGEST = 100
_BATCH = 1000
_MOST = 100
"""How many words are named at most: where all are missing, there are millions."""
_APART = {
    "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d",
}  # fmt: skip
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
_Word = tuple[str, str, int]


def _letters(text: str) -> str:
    """Each letter and digit in its plain form, everything else as a space."""
    return text.translate(_OF_ASCII) if text.isascii() else _one_by_one(text)


def _one_by_one(text: str) -> str:
    plain = []
    for char in unicodedata.normalize("NFKD", text.casefold()):
        if unicodedata.combining(char) or char in "\u200c\u200d":
            continue
        plain += [_APART.get(one, one) if one.isalnum() else " " for one in char.casefold()]
    return "".join(plain)


# Nearly all texts are ASCII, of which each letter always has the same form.
_OF_ASCII = "".join(_one_by_one(chr(code)) for code in range(128))


def _forms(text: str | None) -> list[str]:
    if text is None or text.isascii():
        return [_letters(text or "")]
    composed = unicodedata.normalize("NFC", text).casefold()
    umlauts = "".join(_UMLAUTS.get(char, char) for char in composed)
    return [_letters(text), _letters(umlauts)]


def _whole(*texts: str | None) -> set[str]:
    return {form.replace(" ", "")[:_LONGEST] for text in texts for form in _forms(text)}


def _split(*texts: str | None) -> set[str]:
    found = {part[:_LONGEST] for text in texts for form in _forms(text) for part in form.split()}
    return found | _whole(*texts)


def _of_customer(columns: Sequence[str | None]) -> set[str]:
    slug, state, *texts = columns
    if state == "erased":
        return _split(slug)
    *names, street, postcode, city, phone, vat, legal_id = texts
    digits = "".join(char for char in phone or "" if char.isdigit())
    found = _split(slug, *names, street, postcode, city)
    found |= _whole(" ".join(filter(None, (street, postcode, city))))
    found |= {digits, digits[1:], digits[2:], digits[3:]}
    # With the four digits of its scheme, and without.
    found |= _whole(legal_id)
    for number in _whole(vat, (legal_id or "")[5:]):
        found.add(number)
        # Two or three letters of a country, and at least four more characters.
        if len(number) >= 6 and number[0].isalpha() and number[1].isalpha():
            found.add(number[2:])
            if len(number) >= 7 and number[2].isalpha():
                found.add(number[3:])
    return found


def _of_account(columns: Sequence[str | None]) -> set[str]:
    address = columns[0] or ""
    local, _, _ = address.rpartition("@")
    if local.isascii():
        return {part for part in _letters(local).split() if not address.startswith(part)}
    return _split(local)


def _of_method(columns: Sequence[str | None]) -> set[str]:
    mandate, label = columns
    found = _split(mandate)
    return found | _split(label.split("…")[1]) if label and "…" in label else found


def _of_texts(columns: Sequence[str | None]) -> set[str]:
    return _split(*columns)


_ROWS = (
    (
        "customer",
        """
        SELECT id, slug, state, name, email, backup_email, street, postcode, city, phone,
            vat_number, legal_id
        FROM customer
        """,
        _of_customer,
    ),
    ("domain", "SELECT id, name FROM domain", _of_texts),
    ("platform", "SELECT id, name FROM platform", _of_texts),
    ("account", "SELECT id, address FROM account WHERE address IS NOT NULL", _of_account),
    ("method", "SELECT id, mandate_key, label FROM method", _of_method),
    ("payment", "SELECT id, reference FROM payment WHERE reference IS NOT NULL", _of_texts),
    (
        "ledger",
        """
        SELECT l.id, l.reference
        FROM ledger l
        JOIN customer c ON c.id = l.customer_id
        WHERE l.reference IS NOT NULL AND c.state <> 'erased'
        """,
        _of_texts,
    ),
    ("entry", "SELECT id, name FROM bank_entry WHERE name IS NOT NULL", _of_texts),
)


def _wanted(reader: Reader) -> Iterator[list[_Word]]:
    for kind, query, words_of in _ROWS:
        cursor = reader.execute(query)
        while rows := cursor.fetchmany(_BATCH):
            yield [
                (kind, word, key) for key, *columns in rows for word in words_of(columns) if word
            ]


def _kept(reader: Reader) -> Iterator[list[_Word]]:
    cursor = reader.execute("SELECT kind, word, row_id FROM word")
    while rows := cursor.fetchmany(_BATCH):
        yield rows


def _sum(batches: Iterable[list[_Word]]) -> tuple[int, int]:
    """How many there are and the sum of their hashes: enough to see that nothing differs."""
    count = total = 0
    for words in batches:
        count += len(words)
        total += sum(map(hash, words))
    return count, total


def _faults(reader: Reader) -> Iterator[Fault]:
    if _sum(_wanted(reader)) == _sum(_kept(reader)):
        return
    wanted, kept = (
        set(chain.from_iterable(_wanted(reader))),
        set(chain.from_iterable(_kept(reader))),
    )
    for kind, word, key in islice(sorted(wanted - kept), _MOST):
        yield Fault(subject=f"word/{kind}/{key}", message=f"is not found by {word!r}")
    for kind, word, key in islice(sorted(kept - wanted), _MOST):
        yield Fault(subject=f"word/{kind}/{key}", message=f"is found by {word!r}, not a word of it")


VALIDATORS = (
    Validator(
        name="words",
        sentence="`find` looks for the words of every row, and for no others",
        finder=_faults,
    ),
)
