"""What a card's number looks like, however it is written (rules 4, rules 10).

A number is a card's if it begins as an issuer's numbers do, has that issuer's length and a correct
check digit. A SIRET, an IBAN or the address of a business with its scheme may look like one: they
are left alone.
"""

from __future__ import annotations

import re

from mailctl.errors import CardNumberRefusedError
from mailctl.values import Value

# By beginning (first and last of a range, of equal length): the lengths that the issuer's numbers
# have. ISO/IEC 7812; the card schemes' published ranges.
_ISSUERS: tuple[tuple[str, str, tuple[int, ...]], ...] = (
    ("4", "4", (13, 16, 19)),  # Visa
    ("51", "55", (16,)),  # Mastercard
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),  # American Express
    ("37", "37", (15,)),
    ("300", "305", (14, 16, 19)),  # Diners Club
    ("3095", "3095", (14, 16, 19)),
    ("36", "36", (14, 16, 19)),
    ("38", "39", (14, 16, 19)),
    ("6011", "6011", (16, 17, 18, 19)),  # Discover
    ("644", "649", (16, 17, 18, 19)),
    ("65", "65", (16, 17, 18, 19)),
    ("62", "62", (16, 17, 18, 19)),  # UnionPay
    ("81", "81", (16, 17, 18, 19)),
    ("3528", "3589", (16, 17, 18, 19)),  # JCB
    ("2200", "2204", (16, 17, 18, 19)),  # Mir
    ("9792", "9792", (16,)),  # Troy
    ("60", "60", (16,)),  # RuPay, Hipercard
    ("82", "82", (16,)),
    ("50", "50", tuple(range(12, 20))),  # Maestro and what it has taken in
    ("56", "58", tuple(range(12, 20))),
    ("6304", "6304", tuple(range(12, 20))),
    ("6333", "6334", tuple(range(12, 20))),
    ("636", "639", tuple(range(12, 20))),
    ("67", "69", tuple(range(12, 20))),
)
FEWEST_DIGITS, MOST_DIGITS = 12, 19

# What has fewer digits has no card's number, as most texts: looked for first.
_ENOUGH_DIGITS = re.compile(rf"(?:\D*+\d){{{FEWEST_DIGITS}}}", re.DOTALL)
# Groups of digits with up to three characters between them: no letters but x.
_RUN = re.compile(r"\d+(?:(?:[^\w\n]|[_xX]){1,3}\d+)*")
# As cards are embossed, with the same of anything between the groups.
_EMBOSSED = re.compile(r"\d{4}([^\d\n]{1,3})(?:\d{4}\1\d{4}\1\d{1,7}|\d{6}\1\d{4,5})(?!\d)")
_GROUP = re.compile(r"\d+")
# What people put between the groups of a number; other things stand between several numbers too.
_USUAL = re.compile(r"[^\w\n@:,;]{1,3}")
_FEWEST_OF_A_GROUP = 3
# Behind other digits only these count: with Maestro's lengths any number would match.
_USUAL_LENGTHS = (14, 15, 16, 19)
_MAY_BE_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}")
# Addresses of businesses with their scheme (EAS): a GLN, a Leitweg-ID, a SIREN and its SIRET.
_GLN = re.compile(r"(?<!\d)0088:(\d{13})(?!\d)")
_LEITWEG_ID = re.compile(r"(?<!\d)0204:([0-9A-Za-z-]+)")
_OF_PLATFORM = re.compile(r"(?<!\d)0225:(\d{9})_(\1\d{5})(?!\d)")
_IBAN_LENGTHS = range(15, 35)
_HIDDEN = "[card number]"


def has_card_number(text: str, *, glued: bool = True) -> bool:
    """Whether a text holds what looks like a whole card number.

    It is found with digits right before it too, unless `glued` is false: where a number is to
    stand, as a mandate's reference, it counts as a whole.
    """
    return bool(_card_numbers(text, glued=glued))


def without_card_numbers(text: str) -> str:
    """The text with everything that looks like a card's number left out."""
    for start, end in reversed(_card_numbers(text, glued=True)):
        text = text[:start] + _HIDDEN + text[end:]
    return text


def card_number_refused(what: str) -> CardNumberRefusedError:
    """The refusal of a text that holds a card's number."""
    return CardNumberRefusedError(
        f"{what} looks like a card's number, which mailctl never keeps",
        hint="give the token that the gateway gave for the card",
    )


class _Group(Value):
    """Digits next to each other, with their place; `before` stands between them and the last."""

    start: int
    end: int
    digits: str
    before: str = ""


def _card_numbers(text: str, *, glued: bool) -> list[tuple[int, int]]:
    """Where card numbers stand, in order: one number, or groups of digits near each other."""
    if _ENOUGH_DIGITS.match(text) is None:
        return []
    found = [span for run in _RUN.finditer(text) for span in _of_run(text, run, glued=glued)]
    found += [run.span() for run in _EMBOSSED.finditer(text) if is_card_number(_digits(run[0]))]
    if not found:
        return []
    others = [*_ibans(text), *_locations(text)]
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        is_other = any(first <= start and end <= last for first, last in others)
        if not is_other and (not apart or start >= apart[-1][1]):
            apart.append((start, end))
    return apart


def _of_run(text: str, run: re.Match[str], *, glued: bool) -> list[tuple[int, int]]:
    groups: list[_Group] = []
    for place in _GROUP.finditer(text, *run.span()):
        before = text[groups[-1].end : place.start()] if groups else ""
        digits = _digits(place[0])
        groups.append(_Group(start=place.start(), end=place.end(), digits=digits, before=before))
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(groups):
        span, count = _from(groups[first:], glued=glued)
        if span is not None:
            found.append(span)
        first += count
    return found


def _from(groups: list[_Group], *, glued: bool) -> tuple[tuple[int, int] | None, int]:
    """The card number that begins in the first of the groups, and how many groups to go on by."""
    digits, best, is_whole = "", None, False
    for position, group in enumerate(groups):
        digits += group.digits
        if not _go_together(groups[: position + 1]):
            continue
        if is_card_number(digits):
            # The longest counts: the first groups of a number may check as well.
            best, is_whole = ((groups[0].start, group.end), position + 1), True
        elif glued and not (best and is_whole) and (cut := _glued(digits, groups[0])):
            best = (groups[0].start + cut, group.end), position + 1
        if len(digits) > MOST_DIGITS + len(groups[0].digits):
            break
    return best or (None, 1)


def _glued(digits: str, first: _Group) -> int:
    """How many digits of the first group stand before a card's number; 0 where there is none."""
    at_most = len(first.digits) - (4 if len(digits) > len(first.digits) else FEWEST_DIGITS)
    for cut in range(1, at_most + 1):
        if len(digits) - cut in _USUAL_LENGTHS and is_card_number(digits[cut:]):
            return cut
    return 0


def _go_together(groups: list[_Group]) -> bool:
    """Whether groups may be those of one number, and are not several numbers in a list."""
    between = {group.before for group in groups[1:]}
    if len(between) <= 1 or all(_USUAL.fullmatch(text) for text in between):
        return True
    return all(len(group.digits) >= _FEWEST_OF_A_GROUP for group in groups[:-1])


def is_card_number(digits: str) -> bool:
    """Whether ASCII digits have an issuer's beginning, its length and a correct check digit.

    A valid SIRET has its own meaning, though its length and check digit are those of Diners Club.
    """
    from stdnum import luhn
    from stdnum.fr import siret

    if not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return False
    is_issued = any(
        first <= digits[: len(first)] <= last and len(digits) in lengths
        for first, last, lengths in _ISSUERS
    )
    return is_issued and luhn.is_valid(digits) and not siret.is_valid(digits)


def _digits(text: str) -> str:
    return "".join(str(int(char)) for char in text if char.isdecimal())


def _locations(text: str) -> list[tuple[int, int]]:
    """Where valid addresses of businesses stand with their scheme, for electronic invoices."""
    from stdnum import ean
    from stdnum.fr import siret

    valid = [found for found in _GLN.finditer(text) if ean.is_valid(found[1])]
    valid += [found for found in _LEITWEG_ID.finditer(text) if _is_leitweg_id(found[1])]
    valid += [found for found in _OF_PLATFORM.finditer(text) if siret.is_valid(found[2])]
    return [found.span() for found in valid]


def _is_leitweg_id(text: str) -> bool:
    """Whether it is one, of whose parts none is a card's number by itself."""
    from stdnum.de import leitweg

    return leitweg.is_valid(text) and not any(map(is_card_number, text.split("-")))


def _ibans(text: str) -> list[tuple[int, int]]:
    """Where valid IBANs stand, with or without spaces."""
    from stdnum import iban

    found = []
    for start in (match.start() for match in _MAY_BE_IBAN.finditer(text)):
        number, at = "", start
        while at < len(text) and (text[at].isalnum() or text[at] == " "):
            number += text[at].strip()
            at += 1
            is_whole = at == len(text) or not text[at].isalnum()
            is_long = len(number) in _IBAN_LENGTHS
            if is_whole and is_long and iban.is_valid(number, check_country=False):
                found.append((start, at))
                break
    return found
