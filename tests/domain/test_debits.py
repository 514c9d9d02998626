"""Who can be debited: countries, banks and mandates, held against lists of their own."""

from __future__ import annotations

import pytest

from mailctl.domain.debits import (
    SEPA_COUNTRIES,
    check_debtor,
    check_mandate,
    mandate_key,
    needs_address,
    obstacle,
)
from mailctl.errors import UsageError

# As the European Payments Council lists them, by the code that their IBANs begin with.
EEA = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK"
OTHERS = "AD AL CH GB GI MC MD ME MK RS SM VA"


def test_the_countries_are_those_of_the_payments_council() -> None:
    """42 codes of IBANs; Turkey, Ukraine and the United States are none of them."""
    assert sorted(SEPA_COUNTRIES) == sorted(f"{EEA} {OTHERS}".split())


@pytest.mark.parametrize("country", EEA.split())
def test_a_bank_within_the_eea_needs_neither_bic_nor_address(country: str) -> None:
    """Its IBAN suffices."""
    check_debtor(f"{country}00", None)
    assert not needs_address(f"{country}00", None)


@pytest.mark.parametrize("country", OTHERS.split())
def test_a_bank_outside_the_eea_needs_its_bic_and_an_address(country: str) -> None:
    """Else the bank of the seller refuses the file."""
    with pytest.raises(UsageError, match="BIC of their bank"):
        check_debtor(f"{country}00", None)
    check_debtor(f"{country}00", f"BANK{country}22")
    assert needs_address(f"{country}00", f"BANK{country}22")


@pytest.mark.parametrize(
    ("iban", "bics"),
    [
        ("FR", "FR GF GP MQ RE YT PM BL MF"),
        ("GB", "GB GG IM JE"),
        ("MC", "MC FR"),
        ("DE", "DE"),
        ("CH", "CH"),
    ],
)
def test_a_bic_is_of_the_ibans_country_or_its_territories(iban: str, bics: str) -> None:
    """Every pair of two of these countries is right or wrong as the table says."""
    for country in {*"FR GF GP MQ RE YT PM BL MF GB GG IM JE MC DE CH NC".split(), iban}:
        if country in bics.split():
            check_debtor(f"{iban}00", f"BANK{country}22")
        else:
            with pytest.raises(UsageError, match="is of a bank in"):
                check_debtor(f"{iban}00", f"BANK{country}22")


def test_a_french_account_at_a_bank_of_saint_pierre_needs_an_address() -> None:
    """Saint-Pierre and Saint-Barthélemy are not in the EEA; Guadeloupe is."""
    assert needs_address("FR00", "BANKPM22")
    assert needs_address("FR00", "BANKBL22")
    assert not needs_address("FR00", "BANKGP22")


def test_mandates_are_the_same_whatever_their_case_and_spaces() -> None:
    """As banks compare them."""
    assert mandate_key("m 17/a") == mandate_key("M17/A")
    assert mandate_key("M-17") != mandate_key("M-18")


def test_every_printable_character_is_taken_or_refused_as_banks_do() -> None:
    """Letters and digits of ASCII, a space within, and eleven signs."""
    taken = {chr(code) for code in range(32, 127) if _is_taken(f"a{chr(code)}b")}
    letters = {chr(code) for code in range(32, 127) if chr(code).isalnum()}
    assert taken == letters | set(" /-?:().,'+")


def _is_taken(reference: str) -> bool:
    try:
        check_mandate(reference)
    except UsageError:
        return False
    return True


def test_the_first_obstacle_is_reported() -> None:
    """One at a time, as the end of a sentence; none where all is well."""
    details: dict[str, str | None] = {"iban": "CH00", "bic": "BANKCH22", "mandate": "M-1"}
    assert obstacle(details, city="Bern", shared_with=None) is None
    without_town = obstacle(details, city=None, shared_with=None)
    assert without_town is not None
    assert (without_town.remedy, "no city is known" in without_town.reason) == ("address", True)
    shared = obstacle(details, city="Bern", shared_with="acme")
    assert shared is not None
    assert shared.reason == "the mandate 'M-1' is that of acme"
