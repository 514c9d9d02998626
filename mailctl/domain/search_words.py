"""What `find` compares: words without case, accents and punctuation, and how a text is read.

Callers spell a name in their own way, and a number with spaces. Both sides are folded alike, here:
what is kept in the store, and what is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import combining, normalize

LONGEST = 100
"""Longer words are kept, and looked for, up to this length."""

_RUN = re.compile(r"[^\W_]+")
_JOINERS = re.compile("[\u200c\u200d]")
# Letters that Unicode does not take apart.
_SIMPLE = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "\u0131": "i", "þ": "th", "ð": "d"}
)
# The other usual spelling of some: Mueller and Müller are one name.
_AS_TWO = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_ZERO_OF_COUNTRY = re.compile(r"\(0\)")
_PUNYCODE = re.compile(r"\bxn--[a-z0-9-]+", re.ASCII)
_LEAST_WITHOUT_COUNTRY = 4
# A calling code has one to three digits.
_CALLING_CODES = range(4)
_LEAST_OF_PHONE = 6
_LEAST_BEGINNING = 4

Token = tuple[str, ...]
"""One word that is looked for, in each of its spellings."""
Reading = tuple[Token, ...]
"""Words that must all be there."""


def folded(text: str) -> str:
    """The text without case and accents: `É` is `e`, `ß` is `ss`."""
    if text.isascii():
        return text.lower()
    apart = normalize("NFKD", _JOINERS.sub("", text).casefold())
    plain = "".join(char for char in apart if not combining(char))
    return plain.casefold().translate(_SIMPLE)


def spellings(text: str) -> tuple[str, ...]:
    """The folded text, and as it is written where umlauts are two letters."""
    plain = folded(text)
    if text.isascii():
        return (plain,)
    two = folded(normalize("NFC", text).casefold().translate(_AS_TWO))
    return (plain,) if two == plain else (plain, two)


def wholes(texts: Iterable[str | None]) -> set[str]:
    """Each text as one word: only its letters and digits."""
    found = {
        "".join(_RUN.findall(spelling))[:LONGEST]
        for text in texts
        if text
        for spelling in spellings(text)
    }
    return found - {""}


def words(texts: Iterable[str | None]) -> set[str]:
    """The words of texts, and each text as one word."""
    given = [text for text in texts if text]
    found = {
        run[:LONGEST]
        for text in given
        for spelling in spellings(text)
        for run in _RUN.findall(spelling)
    }
    return found | wholes(given)


def place(street: str | None, postcode: str | None, city: str | None) -> str:
    """A postal address in one line, as people say it."""
    return " ".join(part for part in (street, postcode, city) if part)


def phone_words(phone: str | None) -> set[str]:
    """A number in E.164 form as people say it: with the calling code or without."""
    digits = re.sub(r"\D", "", phone or "")
    return {digits[start:] for start in _CALLING_CODES} - {""}


def vat_words(number: str | None) -> set[str]:
    """A VAT number with and without the two or three letters of its country."""
    found = wholes([number])
    return found | {
        word[letters:]
        for word in found
        for letters in (2, 3)
        if word[:letters].isalpha() and len(word) >= letters + _LEAST_WITHOUT_COUNTRY
    }


def legal_words(legal_id: str | None) -> set[str]:
    """A number in a register, with its scheme and without; a SIRET begins with its SIREN."""
    return wholes([legal_id]) | vat_words((legal_id or "").partition(":")[2])


def address_words(address: str) -> set[str]:
    """The words of a mailbox's local part that the address does not begin with.

    What it begins with is looked for in the index of the addresses, and the domain by itself.
    """
    local = address.rpartition("@")[0]
    if not local.isascii():
        return words([local])
    return {run for run in _RUN.findall(local.lower()) if not address.startswith(run)}


def reference_words(reference: str | None) -> set[str]:
    """The words of a reference, and the whole of it without spaces and punctuation."""
    return words([reference])


def method_words(mandate: str | None, label: str) -> set[str]:
    """A mandate's reference, and the last characters that a masked label shows."""
    _, masked, last = label.rpartition("…")
    return words([mandate, last if masked else None])


def typed(text: str) -> str:
    """What was asked for as an address is kept: in lower case and NFC, without spaces."""
    return normalize("NFC", "".join(_readable(text).split()))


def readings(text: str) -> tuple[Reading, ...]:
    """The ways to read what was asked for: as one word, as words, and with its numbers joined.

    `FR 40 303 265 045` is one word, `rue de la Paix` are four; in `Dupont 01 99 00 12 34` the
    digits belong together.
    """
    each = [_RUN.findall(spelling) for spelling in spellings(_readable(text))]
    if len({len(runs) for runs in each}) > 1:
        each = each[:1]
    if not each[0]:
        return ()
    joined = [("".join(runs),) for runs in each]
    numbers = [_numbers_joined(runs) for runs in each]
    found = [_reading(runs) for runs in (joined, each, numbers)]
    return tuple(dict.fromkeys(found))


def _reading(each: Iterable[Iterable[str]]) -> Reading:
    return tuple(
        tuple(dict.fromkeys(form[:LONGEST] for word in token for form in _dialled(word)))
        for token in zip(*each, strict=True)
    )


def _dialled(word: str) -> tuple[str, ...]:
    """A number also without the zeros that are dialled before it."""
    bare = word.lstrip("0")
    if word.isdigit() and len(word) >= _LEAST_OF_PHONE and bare and bare != word:
        return (word, bare)
    return (word,)


def _numbers_joined(runs: Iterable[str]) -> list[str]:
    found: list[str] = []
    was_number = False
    for run in runs:
        is_number = run.isdigit()
        if is_number and was_number:
            found[-1] += run
        else:
            found.append(run)
        was_number = is_number
    return found


def _readable(text: str) -> str:
    """The text without the zero of `+33 (0)1`, and with punycode in its Unicode form."""
    return _PUNYCODE.sub(_as_unicode, _ZERO_OF_COUNTRY.sub("", text.lower()))


def _as_unicode(label: re.Match[str]) -> str:
    try:
        return label[0].removeprefix("xn--").encode().decode("punycode")
    except UnicodeError:
        return label[0]


def is_short_number(word: str) -> bool:
    """Whether it is a number that too many others begin with: it is looked for as a whole."""
    return word.isdigit() and len(word) < _LEAST_BEGINNING


def begins(token: Token, kept: set[str]) -> bool:
    """Whether a word that is looked for begins one of the words kept."""
    return not kept.isdisjoint(token) or any(
        word.startswith(form) for form in token if not is_short_number(form) for word in kept
    )


def matches(reading: Reading, kept: set[str]) -> bool:
    """Whether each word that is looked for begins one of the words kept."""
    return all(begins(token, kept) for token in reading)


def is_whole(reading: Reading, kept: set[str]) -> bool:
    """Whether each word that is looked for is one of the words kept."""
    return all(not kept.isdisjoint(token) for token in reading)
