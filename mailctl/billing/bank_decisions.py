"""What is decided of an entry: how far it comes, what led to it, and what it books (rules 20)."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from mailctl.domain.bank import EntryState, MatchedBy


class Doing(StrEnum):
    """What an entry books."""

    CREDIT = "credit"
    """A credit of the customer, which may name an order."""
    SETTLE = "settle"
    """The money of a payment whose answer is awaited."""
    RECEIVE = "receive"
    """The money of a payment that is no longer awaited."""
    RETURN = "return"
    """A payment's money that the bank took back."""


class Item(NamedTuple):
    """One movement that an entry books for one customer."""

    doing: Doing
    customer_id: int
    customer: str
    cents: int
    order_number: int | None = None
    payment_id: int | None = None
    code: str = ""


class Decision(NamedTuple):
    """What becomes of an entry; `links` are the movements that are its money already."""

    state: EntryState = EntryState.UNMATCHED
    matched_by: MatchedBy | None = None
    evidence: str | None = None
    customer_id: int | None = None
    customer: str | None = None
    invoice_id: int | None = None
    order_number: int | None = None
    payment_id: int | None = None
    ledger_id: int | None = None
    same_as_id: int | None = None
    items: tuple[Item, ...] = ()
    links: tuple[int, ...] = ()


NOTHING = Decision()


def unmatched(evidence: str) -> Decision:
    """What nobody may book without looking; the evidence says why."""
    return Decision(evidence=evidence)
