"""Invoices: paid, and credited."""

from __future__ import annotations

import pytest

from mailctl.actions import invoices, received
from mailctl.errors import InvoiceNotFoundError, NothingToCreditError, UsageError
from mailctl.store import customers
from mailctl.store import invoices as kept
from mailctl.store.engine.transaction import Transaction


def open_invoice(tx: Transaction, customer: str) -> str:
    """The number of the customer's newest invoice."""
    *_, newest = kept.listing(tx, customer=customer).dicts()
    return str(newest["number"])


def test_paying_an_invoice_reopens_what_its_debt_suspended(tx: Transaction) -> None:
    """A paid invoice takes no more money, and says how other money is recorded."""
    number = open_invoice(tx, "late")
    result = invoices.pay(tx, number=number)
    assert (result.cents, result.reopened, result.item["status"]) == (191, 1, "paid")
    again = invoices.pay(tx, number=number, received=received.received("R-1", None))
    assert (again.cents, again.changed) == (0, False)
    assert "no money was recorded" in again.warnings[0]


def test_a_credit_note_gives_back_what_was_billed(tx: Transaction) -> None:
    """Once; the balance is the one after everything that follows."""
    number = open_invoice(tx, "bolt")
    before = customers.find(tx, "bolt").balance_cents
    result = invoices.credit(tx, number=number, reason="ordered twice")
    assert (result.invoice, result.cents) == (number, 475)
    assert result.balance_cents == before + 475
    with pytest.raises(NothingToCreditError):
        invoices.plan_credit(tx, number=number, reason="ordered twice")
    with pytest.raises(InvoiceNotFoundError):
        invoices.pay(tx, number=str(result.item["number"]))


def test_a_line_that_does_not_exist_is_refused(tx: Transaction) -> None:
    """bolt's invoice has one line."""
    with pytest.raises(UsageError, match="has no line 2"):
        invoices.plan_credit(tx, number=open_invoice(tx, "bolt"), lines=(2,), reason="typo")
