"""Money: amounts as people type them, tax as the rule rounds it, in Python and in the database."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from mailctl.domain.money import (
    format_amount,
    format_rate,
    parse_amount,
    parse_rate,
    tax_cents,
)
from tests.helpers import Cli
from tests.store.plain import opened, rows

RATES = (0, 1, 50, 210, 550, 700, 770, 810, 1000, 1600, 1700, 1900, 2000, 2100, 2550, 2700, 9999)
NETS = (*range(2_500), 3_787, 99_999, 123_456_789, 999_999_999, 10**12 + 1)


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("10", 1000),
        ("10.5", 1050),
        ("10,50", 1050),
        ("0", 0),
        ("0.01", 1),
        ("0,1", 10),
        ("007", 700),
        (" 10 ", 1000),
        ("9999999.99", 999_999_999),
        ("123456789012", 12_345_678_901_200),
    ],
)
def test_an_amount_has_a_dot_or_a_comma_and_at_most_two_decimals(text: str, cents: int) -> None:
    """What a person types, in cents."""
    assert parse_amount(text) == cents


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "10.", ",5", ".5", "10.555", "1.234,56", "1,234.56", "1 000", "1_000", "+10",
        "-10", "--10", "1e3", "10€", "EUR 10", "ten", "0x10", "10.5.5", "NaN", "inf",
        "\u0661\u0660", "\uff11\uff10", "1234567890123", "10\n5", "10\x00",
    ],
)  # fmt: skip
def test_anything_else_is_no_amount(text: str) -> None:
    """No signs, no thousands, no exponents, no other alphabet's digits, no third decimal."""
    with pytest.raises(ValueError):  # noqa: PT011 - the class is all that is promised
        parse_amount(text)


def test_every_amount_of_cents_is_read_back_as_it_is_shown() -> None:
    """Shown amounts have two decimals, thousands apart, the sign first."""
    assert [format_amount(cents) for cents in (0, 5, -5, 1050, -123_456, 999_999_999)] == [
        "0.00", "0.05", "-0.05", "10.50", "-1,234.56", "9,999,999.99",
    ]  # fmt: skip
    for cents in range(20_000):
        assert parse_amount(format_amount(cents).replace(",", "")) == cents


def test_rates_are_hundredths_of_a_percent() -> None:
    """20 is 2000, 8.1 is 810; shown without needless zeros."""
    texts = ("20", "8.1", "8,10", "8.05", "0", "99.99", "0.01")
    assert [parse_rate(text) for text in texts] == [2000, 810, 810, 805, 0, 9999, 1]
    for rate in range(10_000):
        assert parse_rate(format_rate(rate)) == rate
    for wrong in ("100", "-1", "20%", "20.001", "", "1e1"):
        with pytest.raises(ValueError):  # noqa: PT011 - the class is all that is promised
            parse_rate(wrong)


def exact_tax(net: int, rate: int) -> int:
    """The tax as the rule says it, in decimal arithmetic: half a cent goes up."""
    tax = Decimal(net) * Decimal(rate) / Decimal(10_000)
    return int(tax.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_tax_is_rounded_half_up_to_the_cent() -> None:
    """The guide's own figure, and the half cents that bankers' rounding gets wrong."""
    assert tax_cents(3787, 2000) == 757
    assert [tax_cents(net, 2000) for net in (2, 3, 12, 13)] == [0, 1, 2, 3]
    assert [tax_cents(net, 5000) for net in (1, 3, 5, 7)] == [1, 2, 3, 4]


@pytest.mark.parametrize("rate", RATES)
def test_tax_is_that_of_decimal_arithmetic(rate: int) -> None:
    """Every net from 0.00 to 24.99 and some large ones, at many rates."""
    assert [tax_cents(net, rate) for net in NETS] == [exact_tax(net, rate) for net in NETS]


# A country of the EU for each rate: their customers without a VAT number pay its tax.
COUNTRIES = (
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()
)


def test_what_a_tick_bills_is_taxed_as_the_rule_says(store: Cli) -> None:
    """A customer for each of many rates and prices, all billed by one statement of the database."""
    nets = (*range(120), 1_001, 3_787, 99_999, 987_654_321)
    cases = [(rate, net) for rate in RATES for net in nets]
    with opened(store.store) as base:
        base.execute("BEGIN")
        for number, rate in enumerate(RATES):
            base.execute(
                "INSERT INTO tax_rate VALUES (?, '2026-01-01', ?)", (COUNTRIES[number], rate)
            )
        for id_, (rate, net) in enumerate(cases, start=1):
            name, country = f"c{id_}", COUNTRIES[RATES.index(rate)]
            base.execute(
                "INSERT INTO customer (id, slug, name, email, country, language, created_on) "
                "VALUES (?, ?, ?, 'it@c.example', ?, 'en', '2026-01-01')",
                (id_, name, name, country),
            )
            base.execute(
                "INSERT INTO platform (id, name, customer_id, offer_id, created_on) "
                "VALUES (?, ?, ?, 1, '2026-01-01')",
                (id_, name, id_),
            )
            base.execute(
                "INSERT INTO customer_price VALUES (?, 1, 'monthly', '2026-01-01', ?, 0)",
                (id_, net),
            )
            base.execute(
                "INSERT INTO account (platform_id, period, renewal, ordered_on, anchor_day, "
                "expires_on) VALUES (?, 'monthly', 'monthly', '2026-01-01', 2, '2026-01-02')",
                (id_,),
            )
        base.execute("COMMIT")

    store.ok("tick")

    got = rows(store.store, "SELECT tax_rate, net_cents, tax_cents FROM invoice ORDER BY seq")
    assert got == [(rate, net, exact_tax(net, rate)) for rate, net in cases]


@pytest.mark.parametrize(("net", "rate"), [(3787, 2000), (1, 5000), (795, 810), (2, 2550)])
def test_an_order_is_taxed_as_its_plan_says(net: int, rate: int, store: Cli) -> None:
    """The invoice of an order is what was shown before the question."""
    store.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store.ok("platform", "add", "acme-pro", "--customer", "acme", "--offer", "email-pro")
    store.ok("tax", "set", "FR", format_rate(rate))
    store.ok("offer", "price", "email-pro", "monthly", f"{net // 100}.{net % 100:02}")
    made = store.ok("account", "order", "acme-pro", "-y")
    billed = store.ok("invoice", "show", made["invoice"])
    expected = (net, exact_tax(net, rate), net + exact_tax(net, rate))
    assert (made["net_cents"], made["tax_cents"], made["total_cents"]) == expected
    assert (billed["net_cents"], billed["tax_cents"], billed["total_cents"]) == expected
