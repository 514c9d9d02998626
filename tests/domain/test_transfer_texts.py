"""What the text of a transfer names, against a slow reading that was written apart (rules 20)."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from mailctl.domain.payment_references import printed, reference_of_invoice, reference_of_order
from mailctl.domain.transfer_texts import Number, named

ONE = Number(2026, 123)


@pytest.mark.parametrize(
    "text",
    [
        "2026-000123",
        "2026000123",
        "2026 000 123",
        "2026/000123",
        "2026.000123",
        "2026 - 000123",
        "facture n° 2026-000123 merci",
        "Rechnung:2026-000123.",
        "(2026-000123)",
        "2026\u2013000123",
        "RE-2026-000123",
        "2026-000123 18,40 EUR",
        "du 28.11.2026 2026-000123",
        "2026-000123 (invoice 123)",
        printed(reference_of_invoice("2026-000123")),
        printed(reference_of_invoice("2026-000123")).lower(),
        f"merci {reference_of_invoice('2026-000123')} 1 mois",
        "RF94\nI2026000123",
    ],
)
def test_an_invoice_is_named_in_full(text: str) -> None:
    """Through spaces, case and punctuation."""
    found = named(text)
    assert found.invoices == {ONE}
    assert not found.is_doubtful


@pytest.mark.parametrize(
    "text",
    ["2026-00012\n3 mailboxes", "2026-0001\n23", "mars 2026\n000123", "2026-\n000123"],
)
def test_what_a_lines_end_divides_is_no_number_in_full(text: str) -> None:
    """Two numbers that stand on two lines would become one that nobody wrote."""
    assert named(text).invoices == frozenset()


@pytest.mark.parametrize(
    "text", ["Standing order 12", "purchase order 12", "unsere Bestellung 12", "notre commande 12"]
)
def test_an_order_of_the_payer_is_not_one_of_ours_for_sure(text: str) -> None:
    """Their own number may be that of another customer's order."""
    found = named(text)
    assert (found.orders, found.loose_orders) == (frozenset(), {12})


@pytest.mark.parametrize(
    "text",
    [
        "12026-000123",
        "2026-0001234",
        "2026-0000123",
        "17-2026-000123",
        "2026-000123-17",
        "2026000123a",
        "X2026000123",
        "AV2026-000123",
        "AV-2026-000123",
        "avoir 2026-000123",
        "Gutschrift Nr. 2026-000123",
        "FR76 3000 2026 0001 2300 0123",
        "DE89202600012300000000",
        "+2026000123",
        "+49 2026 0001 23",
        "2026",
        "facture 2026",
        "2026-11-28",
        "RF00I2026000123",
        "2026-000000",
        "2026-00123x",
    ],
)
def test_what_is_part_of_something_else_names_no_invoice(text: str) -> None:
    """Neither surely, nor in short: a longer number, a credit note, an account, a date."""
    found = named(text)
    assert (found.invoices, found.loose_invoices) == (frozenset(), frozenset())


@pytest.mark.parametrize(
    "text",
    [
        "invoice 123",
        "facture n° 000123",
        "Rechnung 123/2026",
        "000123",
        "2026-123",
        "Kundennummer 2026000123",
        "Tel 2026000123",
        "2026000123 45",
        "45 2026000123",
        "2026000123\n45",
        "Order: 2026-000123",
    ],
)
def test_what_is_shorter_or_may_be_something_else_is_loose(text: str) -> None:
    """A person decides."""
    found = named(text)
    assert found.invoices == frozenset()
    assert {number.seq for number in found.loose_invoices} == {123}
    assert found.is_doubtful


@pytest.mark.parametrize(
    "text",
    ["O12", "o12", "Order 12", "order: 12", "BESTELLUNG 12", "Commande n° 12", "commande 12 merci",
     "Ihre Bestellung 12, danke", reference_of_order(12), printed(reference_of_order(12))],
)  # fmt: skip
def test_an_order_is_named_directly_after_its_letter_or_word(text: str) -> None:
    """As our letters write it."""
    found = named(text)
    assert (found.orders, found.invoices, found.is_doubtful) == ({12}, frozenset(), False)


@pytest.mark.parametrize(
    "text",
    ["KTO12", "NO12", "PRO-O12", "O012", "O12-3", "O12.50", "Order 12.50", "Order 2026-000123",
     "reorder 12", "12", "Order", "order of 12", "Bestellung 12. November", "Order 3 mailboxes",
     "commande 2 boîtes", "Order 12 34", "Bestell-Nr. 12", "orders 12"],
)  # fmt: skip
def test_a_number_elsewhere_names_no_order(text: str) -> None:
    """Inside a word, with a leading zero, an amount, a quantity, a day."""
    assert named(text).orders == frozenset()


def test_several_are_named_and_one_that_is_not_in_full_is_a_doubt() -> None:
    """Facture 2026-000002 et 000003."""
    for text in ("2026-000001, 2026-000002", "2026-000001\n2026-000002", "2026000001 2026000002"):
        found = named(text)
        assert found.invoices == {Number(2026, 1), Number(2026, 2)}
        assert not found.is_doubtful
    for text in ("Facture 2026-000002 et 000003", "2026-000002 + 3", "2026-000002,3", "O12 und 13"):
        assert named(text).is_doubtful


def test_a_structured_reference_counts_beside_the_text() -> None:
    """A foreign or mistyped one names nothing."""
    reference = reference_of_invoice("2026-000123")
    assert named("thanks", printed(reference)).by_reference == {ONE}
    assert named("thanks", "RF18539007547034").is_empty
    assert named("thanks", reference[:-1] + "4").is_empty


# A second reading, of what stands between separators: it knows nothing of the first.
_WORDS = ["merci", "Miete", "Herr", "Rue", "November", "thanks", "boîte", "GmbH"]
_FORMS: list[Callable[[int, int], str]] = [
    lambda year, seq: f"{year}-{seq:06}",
    lambda year, seq: f"{year}{seq:06}",
    lambda year, seq: f"{year}/{seq:06}",
    lambda year, seq: f"{year} {seq:06}",
    lambda year, seq: f"{year} {seq // 1000:03} {seq % 1000:03}",
    lambda year, seq: printed(reference_of_invoice(f"{year}-{seq:06}")),
    lambda year, seq: reference_of_invoice(f"{year}-{seq:06}").lower(),
]
_NOT_OURS: list[Callable[[int, int], str]] = [
    lambda year, seq: f"7{year}-{seq:06}",
    lambda year, seq: f"{year}-{seq:06}7",
    lambda year, seq: f"K{year}{seq:06}",
    lambda year, seq: f"{year}-{seq:06}-3",
    lambda year, seq: f"3/{year}-{seq:06}",
    lambda year, seq: f"AV{year}-{seq:06}",
    lambda year, seq: f"{year}-{seq:05}" if seq < 100_000 else "x",
    lambda year, seq: f"00{year}{seq:06}",
    lambda year, seq: f"RF11I{year}{seq:06}Z",
]


def test_thousands_of_texts_name_what_was_put_into_them() -> None:
    """Words around a number in any form change nothing; what only looks like one names none."""
    rng = random.Random(20)
    for _ in range(6000):
        year, seq = rng.choice((2024, 2025, 2026)), rng.randrange(1, 10 ** rng.randrange(1, 6))
        is_ours = rng.random() < 0.6
        form = rng.choice(_FORMS if is_ours else _NOT_OURS)
        words = [rng.choice(_WORDS) for _ in range(rng.randrange(4))]
        at = rng.randrange(len(words) + 1)
        text = rng.choice((" ", ", ", "\n", " / ")).join(
            [*words[:at], form(year, seq), *words[at:]]
        )
        expected = {Number(year, seq)} if is_ours else set()
        assert named(text).invoices == expected, text


def test_any_text_is_read() -> None:
    """Whatever somebody types; each sure name stands in the text, digit by digit."""
    rng = random.Random(21)
    letters = "0123456789" * 4 + "  --//\n.,+OoRFrfIi°nN" + "Order Bestellung RF2026"
    for _ in range(6000):
        text = "".join(rng.choice(letters) for _ in range(rng.randrange(60)))
        digits = "".join(character for character in text if character.isdigit())
        found = named(text)
        for number in found.invoices:
            assert f"{number.year}{number.seq:06}" in digits
        for order in found.orders:
            assert str(order) in digits
