"""What SEPA direct debits need: the debtor's country, bank and address, the mandate (rules 10).

The countries are data: the SEPA schemes' list (EPC409-09) and the European Economic Area.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from mailctl.errors import UsageError
from mailctl.hints import Hint
from mailctl.values import Value

LONGEST_MANDATE = 35
SELLER = ("seller-name", "seller-iban", "seller-creditor-id")
"""The settings without which no bank accepts a file of direct debits."""
# What every bank accepts (EPC217-08).
_FOREIGN = re.compile(r"[^A-Za-z0-9/?:().,'+ -]")

_EEA = frozenset(
    (
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"),
        *("IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"),
        # Parts of France that belong to the EU.
        *("GF", "GP", "MF", "MQ", "RE", "YT"),
    )
)
_OUTSIDE_EEA = frozenset(("AD", "AL", "CH", "GB", "GI", "MC", "MD", "ME", "MK", "RS", "SM", "VA"))
_NO_COUNTRY_OF_IBANS = frozenset(("GF", "GP", "MF", "MQ", "RE", "YT"))
SEPA_COUNTRIES = (_EEA - _NO_COUNTRY_OF_IBANS) | _OUTSIDE_EEA
"""The countries whose IBANs can be debited; others of the schemes' territory use one of these."""

_MORE_BIC_COUNTRIES = {
    "FR": frozenset(("GF", "GP", "MQ", "RE", "YT", "PM", "BL", "MF")),
    "GB": frozenset(("GG", "IM", "JE")),
    "MC": frozenset(("FR",)),
}
"""By the country of an IBAN, which other countries its bank's BIC may name."""


class Remedy(StrEnum):
    """What lets a payment be collected after all."""

    METHOD = "method"
    ADDRESS = "address"


class Obstacle(Value):
    """Why a payment cannot be collected by direct debit, as the end of a sentence."""

    reason: str
    remedy: Remedy = Remedy.METHOD


def mandate_key(reference: str) -> str:
    """A mandate's reference as banks compare it: case and spaces do not count."""
    return "".join(reference.split()).upper()


def check_mandate(reference: str) -> str:
    """The reference; UsageError where banks would not accept it."""
    wrong = _mandate_obstacle(reference)
    if wrong:
        raise UsageError(
            f"the mandate {reference!r} {wrong}",
            hint="give the reference that was signed, as M-17: 1 to 35 letters without accents, "
            "digits, spaces and /-?:().,'+",
        )
    return reference


def _mandate_obstacle(reference: str) -> str | None:
    if not 1 <= len(reference) <= LONGEST_MANDATE:
        return f"has {len(reference)} characters: 1 to {LONGEST_MANDATE} are possible"
    if _FOREIGN.search(reference):
        return "has characters that banks do not accept"
    if reference.startswith("/") or reference.endswith("/") or "//" in reference:
        return "has a slash at its beginning or end, or two together: banks do not accept that"
    return None


def check_debtor(iban: str, bic: str | None) -> None:
    """UsageError for a bank account that SEPA direct debits cannot reach."""
    found = _bank_obstacle(iban, bic)
    if found:
        raise UsageError(found, hint=_bank_hint(iban, bic))


def _bank_hint(iban: str, bic: str | None) -> str:
    if iban[:2] not in SEPA_COUNTRIES:
        return f"give an account that SEPA reaches, or a card or PayPal: {Hint.ADD_METHOD}"
    if bic:
        return "give the BIC of the account's own bank, or leave --bic out to have it looked up"
    return "give the BIC of the account's bank with --bic"


def _bank_obstacle(iban: str, bic: str | None) -> str | None:
    country = iban[:2]
    if country not in SEPA_COUNTRIES:
        return f"IBANs of {country} cannot be debited: SEPA direct debits do not reach that country"
    if bic and bic[4:6] not in {country} | _MORE_BIC_COUNTRIES.get(country, frozenset()):
        return f"the BIC {bic} is of a bank in {bic[4:6]}, the IBAN of one in {country}"
    if not bic and not _is_in_eea(iban, bic):
        return f"IBANs of {country} are debited by the BIC of their bank, which is not known"
    return None


def needs_address(iban: str, bic: str | None) -> bool:
    """Whether the debtor's address must be in the file: their bank is outside the EEA."""
    return not _is_in_eea(iban, bic)


def _is_in_eea(iban: str, bic: str | None) -> bool:
    # A French IBAN may be that of a bank on Saint-Pierre, which is outside.
    return iban[:2] in _EEA and (bic is None or bic[4:6] in _EEA)


def address_obstacle(iban: str, bic: str | None, city: str | None) -> Obstacle | None:
    """What is wrong with the debtor's address, where it is needed: it must name a city."""
    if needs_address(iban, bic) and not city:
        return Obstacle(
            reason=f"banks in {bic[4:6] if bic else iban[:2]} require the debtor's address, "
            "and no city is known",
            remedy=Remedy.ADDRESS,
        )
    return None


def obstacle(
    details: Mapping[str, str | None], *, city: str | None, shared_with: str | None
) -> Obstacle | None:
    """Why a bank account cannot be debited, from its stored details; None where it can.

    `shared_with` is a customer who had its mandate's reference before.
    """
    iban, bic, mandate = str(details["iban"]), details["bic"], str(details["mandate"])
    wrong = _mandate_obstacle(mandate)
    if wrong:
        return Obstacle(reason=f"the mandate {mandate!r} {wrong}")
    if shared_with:
        return Obstacle(reason=f"the mandate {mandate!r} is that of {shared_with}")
    bank = _bank_obstacle(iban, bic)
    if bank:
        return Obstacle(reason=bank)
    return address_obstacle(iban, bic, city)
