"""A card's number is found however it is written, and what only looks long is left alone."""

from __future__ import annotations

import pytest

from mailctl.domain.methods import has_card_number, without_card_numbers


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


def test_a_text_is_told_without_its_card_numbers() -> None:
    """Everything else of it stays."""
    got = without_card_numbers("4111 1111 1111 1111 on 2026-01-31, then 4242424242424242.")

    assert got == "[card number] on 2026-01-31, then [card number]."
