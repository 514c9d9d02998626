"""A card's number is found however it is written, and what only looks long is left alone."""

from __future__ import annotations

import random
import re

import pytest
from stdnum import luhn
from stdnum.fr import siret

from mailctl.domain.cards import has_card_number, without_card_numbers


@pytest.mark.parametrize(
    "text",
    [
        "4242424242424242",
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "3782 822463 10005",
        "30569309025904",
        "6011.1111.1111.1117",
        "6759649826438453",
        "card 4242424242424242!",
        "x4242424242424242y",
        "31 4242424242424242",
        "2026-01-31 4242 4242 4242 4242",
        "\N{FULLWIDTH DIGIT FOUR}\N{FULLWIDTH DIGIT TWO}" * 8,
        "4242\u00a04242\u00a04242\u00a04242",
        "4242 - 4242 - 4242 - 4242",
    ],
)
def test_a_card_number_is_found(text: str) -> None:
    """In groups, among words and dates, in digits of another width."""
    assert has_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4242",
        "4242424242424241",
        "tok_1N3T00LkdIwHu7ix",
        "2026-01-31 2026-02-28",
        "2026-000123, 2026-000124",
        "FR7630006000011234567890189",
        "DE89370400440532013000",
        "+33 1 99 00 12 34",
        "0000000000000000",
        "17 18 19 20",
    ],
)
def test_what_is_none_is_left_alone(text: str) -> None:
    """Tokens, dates, numbers of documents and accounts."""
    assert not has_card_number(text)
    assert without_card_numbers(text) == text


BRANDS = {
    "Visa": "4111111111111111",
    "Visa of 19 digits": "4111111111111111110",
    "Mastercard": "5555555555554444",
    "Mastercard's second range": "2223003122003222",
    "American Express": "378282246310005",
    "Diners Club": "30569309025904",
    "Discover": "6011111111111117",
    "JCB": "3530111333300000",
    "UnionPay": "6200000000000005",
    "Maestro": "6759649826438453",
    "Mir": "2200000000000004",
}
SEPARATORS = [
    *"_,;:@xX .-/|+*#~&=()'",
    " - ", ", ", "::", "\u00a0", "\u2013", "\u00d7", "\u2009", "_-_", " x ",
]  # fmt: skip


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("brand", BRANDS)
def test_a_card_number_is_found_whatever_separates_its_digits(brand: str, separator: str) -> None:
    """In groups as they are embossed, digit by digit, inside words, with digits right before it."""
    number = BRANDS[brand]
    cuts = [0, 4, 10] if len(number) == 15 else range(0, len(number), 4)
    ends = [*list(cuts)[1:], len(number)]
    grouped = separator.join(number[cut:end] for cut, end in zip(cuts, ends, strict=True))
    for text in (grouped, separator.join(number), f"pay {grouped}, soon", f"12{grouped}"):
        assert has_card_number(text), text
        assert not re.search(r"\d.*\d", without_card_numbers(text).removeprefix("12")), text


@pytest.mark.parametrize("brand", BRANDS)
@pytest.mark.parametrize("before", ["1", "12", "000", "99", "2026"])
def test_a_card_number_is_found_behind_other_digits(brand: str, before: str) -> None:
    """Glued to it, or apart; but not one of 19 digits, which is the longest that there is."""
    number = BRANDS[brand]
    assert has_card_number(f"{before} {number}")
    assert has_card_number(before + number) or len(number) == 19


def test_between_letters_that_repeat_it_is_found_too() -> None:
    """As somebody writes it who has been told that numbers are refused."""
    assert has_card_number("4111and1111and1111and1111")
    assert has_card_number("3782a822463a10005")
    assert not has_card_number("4111and1111or1111and1111")


def test_no_siret_is_a_card_number() -> None:
    """`customer edit c --street "SIRET 73282932000074"`: length and check are a Diners Club's."""
    dice, checked = random.Random(7), 0
    assert not has_card_number("SIRET 73282932000074")
    while checked < 2000:
        siren = "".join(dice.choices("0123456789", k=8))
        siren += luhn.calc_check_digit(siren)
        number = f"{siren}{dice.randrange(10_000):04d}"
        number += luhn.calc_check_digit(number)
        if siret.is_valid(number):
            checked += 1
            spaced = f"{number[:3]} {number[3:6]} {number[6:9]} {number[9:]}"
            assert not has_card_number(f"SIRET {number}"), number
            assert not has_card_number(f"RCS Paris, SIRET {spaced}"), number


def test_an_iban_in_a_text_is_no_card_number() -> None:
    """With spaces or without, of any country, in the middle of a sentence."""
    from schwifty import IBAN

    random.seed(7)
    for country in ("FR", "DE", "BE", "ES", "IT", "NL", "GB", "PL"):
        for _ in range(100):
            number = str(IBAN.random(country))
            spaced = " ".join(number[at : at + 4] for at in range(0, len(number), 4))
            assert not has_card_number(f"paid to {number} on 12 May"), number
            assert not has_card_number(f"paid to {spaced}, thanks"), number


def card_shape(number: str) -> bool:
    """Whether a number could be a card's, by the ranges that the schemes publish."""
    first, two, three, four = number[0], int(number[:2]), int(number[:3]), int(number[:4])
    size = len(number)
    shapes = (
        first == "4" and size in (13, 16, 19),
        (51 <= two <= 55 or 2221 <= four <= 2720) and size == 16,
        two in (34, 37) and size == 15,
        (300 <= three <= 305 or four == 3095 or two in (36, 38, 39)) and size in (14, 16, 19),
        (two in (60, 62, 64, 65, 81, 82) or 2200 <= four <= 2204 or four == 9792) and size >= 16,
        3528 <= four <= 3589 and size >= 16,
        two == 50 or 56 <= two <= 58 or two in (63, 67, 68, 69),
    )
    return luhn.is_valid(number) and any(shapes) and not siret.is_valid(number)


def test_numeric_mandates_are_taken() -> None:
    """A tenth was refused: of 10,000 only those that could be a card's to the last digit."""
    dice = random.Random(7)
    numbers = ["".join(dice.choices("0123456789", k=dice.randint(12, 19))) for _ in range(10_000)]
    refused = [number for number in numbers if has_card_number(number, glued=False)]
    assert len(refused) < 200
    assert [number for number in refused if not card_shape(number)] == []


def test_a_text_is_repeated_without_its_card_numbers() -> None:
    """Everything else of it stays."""
    got = without_card_numbers("4111 1111 1111 1111 on 2026-01-31, then 4242424242424242.")

    assert got == "[card number] on 2026-01-31, then [card number]."


def test_a_gln_with_its_scheme_is_no_card_number() -> None:
    """One in ten of those from Germany has what a card's number has: 13 digits, 4, the sum."""
    from stdnum import ean, luhn

    stems = [f"40{number:010}" for number in range(500)]
    glns = [stem + ean.calc_check_digit(stem) for stem in stems]
    alike = [gln for gln in glns if luhn.is_valid(gln)]
    assert alike
    for gln in alike:
        assert has_card_number(gln)
        assert not has_card_number(f"0088:{gln}")
        assert has_card_number(f"0130:{gln}")
    # A card's number is none, whatever stands before it.
    assert has_card_number("0088:4222222222222")


def test_an_address_of_a_business_is_no_card_number() -> None:
    """One in forty of `SIREN_SIRET` at French platforms, one in twelve of Leitweg-IDs."""
    from stdnum import luhn
    from stdnum.de import leitweg

    sirens = [
        stem + luhn.calc_check_digit(stem) for stem in map(str, range(30_326_000, 30_327_000))
    ]
    sirets = [stem + luhn.calc_check_digit(stem) for stem in (f"{siren}0001" for siren in sirens)]
    alike = [one for one in sirets if has_card_number(f"{one[:9]}_{one}")]
    ids = [
        f"04011000-{part:010}-{check:02}" for part in range(1000, 1099) for check in range(2, 99)
    ]
    offices = [one for one in ids if leitweg.is_valid(one) and has_card_number(one)]
    assert alike
    assert offices
    for one in alike:
        assert not has_card_number(f"0225:{one[:9]}_{one}")
        assert not has_card_number(f"0225:{one[:9]}_{one}_COMPTA")
    for one in offices:
        assert not has_card_number(f"0204:{one}")
    # A card's number is one, whatever stands before it.
    assert has_card_number("0225:732829320_4111111111111111")
    assert has_card_number("0204:04011000-4111111111111111-06")
    valid = next(
        one
        for check in range(2, 99)
        if leitweg.is_valid(one := f"04011000-4111111111111111-{check:02}")
    )
    assert has_card_number(f"0204:{valid}")
