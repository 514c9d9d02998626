"""A card's number is refused wherever it is typed, and repeated nowhere (rules 10).

The words are checked before anything else reads them, so that no message, journal or store can
contain the number; where a message would repeat it, as from a line of a file, it is left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import groupby

from mailctl.errors import CardNumberRefusedError, MailctlError, UsageError

FEWEST_DIGITS = 12
# Long numbers with a form of their own; a library checks each.
_OWN_FORMS = {
    "--iban": re.compile(r"[A-Za-z]{2}\d{2}"),
    "seller-iban": re.compile(r"[A-Za-z]{2}\d{2}"),
    "--vat-number": re.compile(r"[A-Za-z]{2}"),
    "--phone": re.compile(r"\+|00"),
}
# Numbers that others give out, of any length, and names of files, which may have two dates in them:
# only as a whole may they be a card's.
_WHOLE_NUMBERS = frozenset(
    ("--mandate", "--reference", "--agreement", "--key", "--buyer-reference", "--to")
)
_QUARTETS = re.compile(r"\d{3,6}")


def refuse(words: Sequence[str]) -> None:
    """CardNumberRefusedError where a word of the command line holds a card's number."""
    before = ""
    for word in words:
        if _may_hold(word) and _holds(word, before):
            raise _refused()
        before = word


def instead(error: MailctlError, words: Sequence[str]) -> MailctlError:
    """The error to report: another one where a card's number was typed as several words."""
    if isinstance(error, UsageError):
        for is_group, run in groupby(words, lambda word: bool(_QUARTETS.fullmatch(word))):
            together = " ".join(run)
            if is_group and _may_hold(together) and _holds(together, ""):
                return _refused()
    return error


def without(text: str) -> str:
    """A message without what looks like a card's number."""
    if not _may_hold(text):
        return text
    from mailctl.domain.cards import without_card_numbers

    return without_card_numbers(text)


def _refused() -> CardNumberRefusedError:
    from mailctl.domain.cards import card_number_refused

    return card_number_refused("that")


def _may_hold(text: str) -> bool:
    return len(text) >= FEWEST_DIGITS and sum(map(str.isdecimal, text)) >= FEWEST_DIGITS


def _holds(word: str, before: str) -> bool:
    from stdnum import iban

    from mailctl.domain.cards import has_card_number

    name, equals, value = word.partition("=")
    is_named = equals and (name.startswith("--") or name in _OWN_FORMS)
    option, given = (name, value) if is_named else (before, word)
    form = _OWN_FORMS.get(option)
    if (form and form.match(given)) or iban.is_valid(given, check_country=False):
        return False
    is_whole = option in _WHOLE_NUMBERS or os.path.lexists(given)
    return has_card_number(word, glued=not is_whole)
