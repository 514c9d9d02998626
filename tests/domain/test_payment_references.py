"""A payment reference names one invoice or order, and one that was mistyped names none."""

from __future__ import annotations

import pytest
from stdnum import iso11649

from mailctl.domain.payment_references import (
    printed,
    reference_of_invoice,
    reference_of_order,
    referred,
)

INVOICES = (
    [f"2026-{seq:06d}" for seq in (*range(1, 2000), 123456, 999999)]
    + [f"{year}-000123" for year in (1970, 1999, 2000, 2025, *range(2027, 2100), 9999)]
    + ["2026-1000000", "2026-999999999999"]
)
ORDERS = [*range(1, 3000), 10**6, 123456789012]


def _remainder(reference: str) -> int:
    """ISO 11649 by its text: the head last, letters as 10 to 35, modulo 97."""
    turned = reference[4:] + reference[:4]
    digits = "".join(str(ord(one) - 55) if one.isalpha() else one for one in turned)
    return int(digits) % 97


def test_known_ones():
    assert reference_of_invoice("2026-000123") == "RF94I2026000123"
    assert reference_of_order(1234) == "RF42O1234"
    assert printed("RF94I2026000123") == "RF94 I202 6000 123"
    assert printed("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189"


def test_every_reference_is_one_that_banks_accept():
    """At most 25 characters, and the check digits right by the standard's own sum."""
    made = [reference_of_invoice(number) for number in INVOICES]
    made += [reference_of_order(number) for number in ORDERS]
    assert len(set(made)) == len(INVOICES) + len(ORDERS)
    for reference in made:
        assert len(reference) <= 25
        assert _remainder(reference) == 1
        assert iso11649.is_valid(reference)


def test_a_reference_leads_back_to_what_it_names():
    """In one piece, in groups as it is printed, and in lower case with the spaces of a bank."""
    for number in INVOICES:
        reference = reference_of_invoice(number)
        assert referred(reference) == referred(printed(reference)) == number
    for number in ORDERS:
        reference = reference_of_order(number)
        assert referred(reference) == referred(printed(reference)) == number
    assert referred("  rf94 i2026 000 123\n") == "2026-000123"
    assert referred("RF94\N{NO-BREAK SPACE}I202\N{NO-BREAK SPACE}6000\N{NO-BREAK SPACE}123")


@pytest.mark.parametrize("reference", ["RF94I2026000123", "RF42O1234", "RF83I2026999999999999"])
def test_a_wrong_character_names_nothing(reference):
    """Any character mistyped, any two neighbours exchanged: the standard promises to see them."""
    wrong = {
        reference[:at] + other + reference[at + 1 :]
        for at in range(len(reference))
        for other in "0123456789IO"
    }
    wrong |= {
        reference[:at] + reference[at + 1] + reference[at] + reference[at + 2 :]
        for at in range(len(reference) - 1)
    }
    assert referred(reference) is not None
    assert {text: referred(text) for text in wrong - {reference} if referred(text)} == {}


def test_other_check_digits_of_the_same_remainder_are_refused():
    """00, 01 and 99 leave the remainder that 97, 98 and 02 leave; only these are ever given."""
    seen = set()
    for number in ORDERS[:2000]:
        reference = reference_of_order(number)
        for alias in {"97": "00", "98": "01", "02": "99"}.get(reference[2:4], "").split():
            other = f"RF{alias}{reference[4:]}"
            seen.add(alias)
            assert iso11649.is_valid(other)
            assert referred(other) is None
    assert seen == {"00", "01", "99"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "RF",
        "RF94",
        "RF18 5390 0754 7034",  # Somebody else's, valid.
        "2026-000123",
        "O1234",
        "payment RF94I2026000123",
        "RF94I2026000123 thank you",
        "RF94\N{FULLWIDTH LATIN CAPITAL LETTER I}2026000123",
        "RF94I202600012\N{ARABIC-INDIC DIGIT THREE}",
        "RF" + "9" * 5000,
    ],
)
def test_what_is_no_reference_of_ours(text):
    assert referred(text) is None


def test_references_of_others_with_leading_zeros_are_not_ours():
    """An order 0 or 0012, or an invoice with a longer count than it has, was never given."""
    for content in ("O0", "O0012", "I20260000123", "I202600123", "I2026123"):
        other = f"RF{iso11649.mod_97_10.calc_check_digits(content + 'RF')}{content}"
        assert iso11649.is_valid(other)
        assert referred(other) is None


@pytest.mark.parametrize("number", ["AV2026-000001", "2026-123", "2026000123", "", "2026-000123 "])
def test_only_an_invoice_has_a_reference(number):
    with pytest.raises(ValueError, match="not the number of an invoice"):
        reference_of_invoice(number)
