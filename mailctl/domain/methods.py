"""Payment methods: what is kept of each kind, and how it is shown (rules 10).

A card's number is never kept, shown or repeated: not even where somebody gives one by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from mailctl.domain.cards import card_number_refused, has_card_number
from mailctl.domain.debits import SEPA_COUNTRIES, check_debtor, check_mandate
from mailctl.domain.names import check_filled
from mailctl.domain.payments import MethodDetails, MethodKind, can_be_charged
from mailctl.domain.profile import normal_iban
from mailctl.errors import CardNumberRefusedError, UsageError

_LAST_FOUR = re.compile(r"\d{4}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


def _checked(text: str, what: str, *, glued: bool = True) -> str:
    checked = check_filled(text, what, longest=100)
    if has_card_number(checked, glued=glued):
        raise card_number_refused(f"the {what}")
    return checked


def bank(
    *, iban: str, holder: str, mandate: str, signed_on: date, today: date, bic: str | None = None
) -> MethodDetails:
    """A bank account with its SEPA mandate, verified as far as a library can.

    UsageError for an invalid IBAN, for an account that cannot be debited, and for a mandate's
    reference that banks do not take (rules 10).
    """
    number = normal_iban(iban)
    code = _bic(bic) if bic else bic_of(number)
    _check_signed(signed_on, today)
    check_debtor(number, code)
    return MethodDetails(
        kind=MethodKind.BANK,
        label=f"{number[:4]}…{number[-4:]}",
        details={
            "iban": number,
            "bic": code,
            "holder": _checked(holder, "holder"),
            "mandate": _mandate(mandate),
            "signed_on": signed_on.isoformat(),
        },
    )


def _bic(text: str) -> str:
    from stdnum import bic
    from stdnum.exceptions import ValidationError

    try:
        return str(bic.validate(text))
    except ValidationError:
        raise UsageError(f"{text!r} is not a BIC", hint="for example AGRIFRPP") from None


def _check_signed(day: date, today: date) -> None:
    if day > today:
        raise UsageError(f"the mandate cannot be signed on {day}: today is {today}")


def _mandate(text: str) -> str:
    return check_mandate(_checked(text, "mandate", glued=False))


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
    text, digits, month = _checked(token, "token"), _last_four(last4), _last_month(expires, today)
    name = _checked(brand, "brand")
    return MethodDetails(
        kind=MethodKind.CARD,
        label=f"{name} …{digits}",
        details={"token": text, "brand": name, "last4": digits},
        expires_on=month,
    )


def _last_four(text: str) -> str:
    if _LAST_FOUR.fullmatch(text.strip()) is None:
        if len(re.sub(r"\D", "", text)) > 4:
            raise CardNumberRefusedError(
                "only the last four digits of a card are kept", hint="for example 4242"
            )
        raise UsageError("the last four digits are four digits", hint="for example 4242")
    return text.strip()


def _last_month(text: str, today: date) -> str:
    month = text.strip()
    if _MONTH.fullmatch(month) is None:
        raise UsageError("a card's expiry is a month", hint="for example 2028-09")
    if not can_be_charged(month, today):
        raise UsageError(
            f"the card expired with {month}: nothing can be collected by it",
            hint="give a card that is valid, or another kind of method",
        )
    return month


def paypal(*, agreement: str) -> MethodDetails:
    """A PayPal billing agreement by its id."""
    text = _checked(agreement, "agreement", glued=False)
    return MethodDetails(
        kind=MethodKind.PAYPAL, label=f"PayPal …{text[-4:]}", details={"agreement": text}
    )


def _reachable_iban(text: str) -> None:
    # Whether the bank itself can be debited depends on the BIC, which may be asked for later.
    number = normal_iban(text)
    if number[:2] not in SEPA_COUNTRIES:
        check_debtor(number, None)


def check_detail(name: str, text: str, today: date) -> None:
    """Check one detail by itself, before the others are known; a day as `YYYY-MM-DD`.

    UsageError or CardNumberRefusedError, as for the whole method.
    """
    if name == "iban":
        _reachable_iban(text)
    elif name == "signed":
        _check_signed(date.fromisoformat(text), today)
    elif name == "expires":
        _last_month(text, today)
    elif name in _CHECKS:
        _CHECKS[name](text)
    else:
        _checked(text, name)


_CHECKS: dict[str, Callable[[str], str]] = {
    "bic": _bic,
    "mandate": _mandate,
    "last4": _last_four,
    "agreement": lambda text: _checked(text, "agreement", glued=False),
}
