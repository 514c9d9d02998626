"""Charges by card and PayPal: the CSV that a gateway takes."""

from __future__ import annotations

import csv
import io

from mailctl.exports.gateway import Charge, charges


def charge(**changes: object) -> Charge:
    """A payment of 45.44 by a card's token."""
    values: dict[str, object] = {
        "payment": 7,
        "customer": "acme",
        "amount_cents": 4544,
        "reference": "tok_1",
        "description": "acme, payment 7",
    }
    return Charge(**(values | changes))  # type: ignore[arg-type]


def test_a_charge_is_a_line_under_a_header() -> None:
    """Amounts are euros and cents, with a dot."""
    assert charges([charge(), charge(payment=8, amount_cents=5)], currency="EUR") == (
        "payment,customer,amount,currency,reference,description\n"
        '7,acme,45.44,EUR,tok_1,"acme, payment 7"\n'
        '8,acme,0.05,EUR,tok_1,"acme, payment 7"\n'
    )


def test_a_reference_is_never_altered() -> None:
    """The gateway knows it as it is, whatever a spreadsheet would make of it."""
    for start in ("=", "+", "-", "@", "＝", "＋", "－", "＠"):  # noqa: RUF001
        text = charges([charge(reference=f"{start}cmd|' /C calc'!A1")], currency="EUR")
        (row,) = csv.DictReader(io.StringIO(text))
        assert row["reference"] == f"{start}cmd|' /C calc'!A1"
    text = charges([charge(description="a\x1b\nb")], currency="EUR")
    assert text.count("\n") == 2
    assert "\x1b" not in text


def test_no_charges_are_a_header() -> None:
    """A program that reads the file finds its columns."""
    assert charges([], currency="EUR") == "payment,customer,amount,currency,reference,description\n"


def test_what_nobody_can_see_is_marked() -> None:
    """mailctl accepts no such name or token; another program may have written one."""
    text = charges([charge(customer="a\x1b\n", reference="t\u202e")], currency="EUR")
    assert text.splitlines()[1] == '7,a\ufffd\ufffd,45.44,EUR,t\ufffd,"acme, payment 7"'
