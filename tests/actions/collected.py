"""Payments of a customer who owes money, by a bank account."""

from __future__ import annotations

from datetime import date

from mailctl.actions import methods
from mailctl.actions.methods import MethodChanged
from mailctl.domain.methods import bank
from mailctl.store import payments
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment

SIGNED_ON = date(2026, 1, 15)


def add_bank(
    tx: Transaction, customer: str, mandate: str, *, as_default: bool = False
) -> MethodChanged:
    """Add a bank account under a mandate of that reference."""
    details = bank(
        iban="FR7630006000011234567890189",
        holder="Late and Sons",
        mandate=mandate,
        signed_on=SIGNED_ON,
        today=tx.today,
    )
    return methods.add(tx, customer=customer, method=details, as_default=as_default)


def pending(tx: Transaction) -> Payment:
    """The payment that collects what late owes, after it added its first method."""
    add_bank(tx, "late", "M-1")
    (row,) = payments.listing(tx, customer="late").dicts()
    number = row["id"]
    assert isinstance(number, int)
    return payments.find(tx, number)
