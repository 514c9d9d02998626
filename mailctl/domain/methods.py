"""Payment methods: what is kept of each kind, and how it is shown (SPEC 10).

A card's number is never kept, shown or repeated: not even where somebody gives one by mistake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailctl.domain.debits import check_debtor, check_mandate
from mailctl.domain.names import check_filled
from mailctl.domain.profile import normal_iban
from mailctl.errors import CardNumberRefusedError, UsageError

# Digits of any script, in groups that spaces, dots, dashes and the like hold together.
_DIGITS = re.compile(r"\d+(?:[^\w\n@:,;]{1,3}\d+)*")
_GROUP = re.compile(r"\d+")
# No card's number begins so, but dates and sequences do.
_NO_CARD = ("0", "1", "20", "21")
_FEWEST, _MOST = 12, 19
_HIDDEN = "[card number]"
_LAST_FOUR = re.compile(r"\d{4}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


class MethodKind(StrEnum):
    """How money is collected."""

    BANK = "bank"
    CARD = "card"
    PAYPAL = "paypal"


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodDetails:
    """A method as it is kept: shown as `label`, used through `details`; cards expire."""

    kind: MethodKind
    label: str
    details: dict[str, str | None]
    expires_on: str | None = None


def has_card_number(text: str) -> bool:
    """Whether a text holds what looks like a whole card number: 12 to 19 digits that check."""
    return bool(_card_numbers(text))


def without_card_numbers(text: str) -> str:
    """The text with everything that looks like a card's number left out."""
    for start, end in reversed(_card_numbers(text)):
        text = text[:start] + _HIDDEN + text[end:]
    return text


def _card_numbers(text: str) -> list[tuple[int, int]]:
    """Where card numbers stand: one number, or groups of digits next to each other."""
    found: list[tuple[int, int]] = []
    if len(text) < _FEWEST:
        return found
    for run in _DIGITS.finditer(text):
        groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
        first = 0
        while first < len(groups):
            last = _last_group(text, groups[first:])
            if last is not None:
                found.append((groups[first][0], groups[first + last][1]))
                first += last
            first += 1
    return found


def _last_group(text: str, groups: list[tuple[int, int]]) -> int | None:
    """With which of the groups a card number ends that begins with the first; None for none."""
    from stdnum import luhn

    digits, found = "", None
    for position, (start, end) in enumerate(groups):
        digits += "".join(str(int(digit)) for digit in text[start:end])
        if len(digits) > _MOST or digits.startswith(_NO_CARD):
            break
        # The longest counts: the first three groups of a number may check as well.
        if len(digits) >= _FEWEST and luhn.is_valid(digits):
            found = position
    return found


def _checked(text: str, what: str) -> str:
    said = check_filled(text, what, longest=100)
    if has_card_number(said):
        raise CardNumberRefusedError(
            f"the {what} looks like a card's number, which mailctl never keeps",
            hint="give the token that the gateway gave for the card",
        )
    return said


def bank(
    *, iban: str, holder: str, mandate: str, signed_on: date, today: date, bic: str | None = None
) -> MethodDetails:
    """A bank account with its SEPA mandate, verified as far as a library can.

    UsageError for what is none, for one that cannot be debited, and for a mandate's reference that
    banks do not take (SPEC 10).
    """
    from stdnum import bic as bics
    from stdnum.exceptions import ValidationError

    number = normal_iban(iban)
    try:
        code = str(bics.validate(bic)) if bic else bic_of(number)
    except ValidationError:
        raise UsageError(f"{bic!r} is not a BIC", hint="for example AGRIFRPP") from None
    if signed_on > today:
        raise UsageError(f"the mandate cannot be signed on {signed_on}: today is {today}")
    check_debtor(number, code)
    return MethodDetails(
        kind=MethodKind.BANK,
        label=f"{number[:4]}…{number[-4:]}",
        details={
            "iban": number,
            "bic": code,
            "holder": _checked(holder, "holder"),
            "mandate": check_mandate(_checked(mandate, "mandate")),
            "signed_on": signed_on.isoformat(),
        },
    )


def bic_of(iban: str) -> str | None:
    """The BIC of an IBAN, where the extra with the list of banks is there and knows it."""
    try:
        from schwifty import IBAN
    except ModuleNotFoundError:
        return None
    found = IBAN(iban, allow_invalid=True).bic
    return str(found) if found else None


def card(*, token: str, brand: str, last4: str, expires: str, today: date) -> MethodDetails:
    """A card by the gateway's token; `expires` is its last month, `YYYY-MM`.

    UsageError for one that has expired: nothing could ever be collected by it.
    """
    said = _checked(token, "token")
    if _LAST_FOUR.fullmatch(last4.strip()) is None:
        if len(re.sub(r"\D", "", last4)) > 4:
            raise CardNumberRefusedError(
                "only the last four digits of a card are kept",
                hint="--last4 4242",
            )
        raise UsageError("the last four digits are four digits", hint="--last4 4242")
    if _MONTH.fullmatch(expires.strip()) is None:
        raise UsageError("a card's expiry is a month", hint="--expires 2028-09")
    if expires.strip() < today.isoformat()[:7]:
        raise UsageError(
            f"the card expired with {expires.strip()}: nothing can be collected by it",
            hint="give a card that is valid, or another kind of method",
        )
    name = _checked(brand, "brand")
    return MethodDetails(
        kind=MethodKind.CARD,
        label=f"{name} …{last4.strip()}",
        details={"token": said, "brand": name, "last4": last4.strip()},
        expires_on=expires.strip(),
    )


def paypal(*, agreement: str) -> MethodDetails:
    """A PayPal billing agreement by its id."""
    said = _checked(agreement, "agreement")
    return MethodDetails(
        kind=MethodKind.PAYPAL, label=f"PayPal …{said[-4:]}", details={"agreement": said}
    )
