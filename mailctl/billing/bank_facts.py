"""What is known of entries when they are matched: what they name, and what that is today.

Nothing here decides (`bank_rules`, `bank_payments`, `bank_debits`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from mailctl.domain.bank import DAYS_BY_HAND
from mailctl.domain.statements import ReadEntry
from mailctl.domain.transfer_texts import Named, named
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries import bank_candidates as candidates
from mailctl.store.queries.bank_candidates import (
    LARGEST_KEY,
    Handed,
    Invoice,
    Movement,
    Order,
    Payment,
)

EARLIER_YEARS = 3
"""A number without its year may be of this year or one of so many before."""

_END_TO_END = re.compile(r"payment-([1-9]\d{0,9})-([1-9]\d{0,3})", re.ASCII)
_FILE = re.compile(r"mailctl-file-([1-9]\d{0,9})(?:-([1-9]\d{0,5}))?", re.ASCII)


class Waiting:
    """An entry that waits to be matched, and what it names."""

    def __init__(self, row: Sequence[Any], details: Mapping[str, Any]) -> None:
        (self.id, booked_on, value_on, self.cents, self.parts, self.iban, *texts) = row
        self.reference, self.end_to_end_id, self.creditor_reference, self.text = texts
        self.booked_on = date.fromisoformat(booked_on)
        self.value_on: str | None = value_on
        self.details = details
        if not isinstance(self.cents, int):
            raise TypeError(self.cents)

    @cached_property
    def named(self) -> Named:
        """What its text and its structured reference name."""
        return named(self.text or "", self.creditor_reference)

    @cached_property
    def payment_try(self) -> tuple[int, int] | None:
        """The payment and the try that its EndToEndId names, as we write it."""
        return self.payment_try_of(self.end_to_end_id)

    @staticmethod
    def payment_try_of(end_to_end_id: str | None) -> tuple[int, int] | None:
        """The payment and the try of an EndToEndId of ours."""
        match = _END_TO_END.fullmatch(end_to_end_id or "")
        return (int(match[1]), int(match[2])) if match and int(match[1]) < LARGEST_KEY else None

    @cached_property
    def file(self) -> tuple[int, int | None] | None:
        """The file of direct debits that it answers as a whole, and which batch of it."""
        if self.end_to_end_id or self.parts > 1:
            return None
        given = (self.details.get(name) for name in ("batch_id", "message_id"))
        return next(filter(None, (self.file_of(str(one or "")) for one in given)), None)

    @staticmethod
    def file_of(name: str) -> tuple[int, int | None] | None:
        """The file, and which batch of it, that an identification of ours names."""
        match = _FILE.fullmatch(name)
        if match is None or int(match[1]) >= LARGEST_KEY:
            return None
        return int(match[1]), int(match[2]) if match[2] else None

    @property
    def references(self) -> tuple[str, ...]:
        """By what it may have been recorded by hand."""
        given = (self.reference, self.end_to_end_id)
        return tuple(dict.fromkeys(one for one in given if one))

    def numbers(self, this_year: int) -> Iterable[tuple[int, int]]:
        """The years and counts of all invoices that it may name."""
        for number in (*self.named.invoices, *self.named.loose_invoices):
            if number.seq < LARGEST_KEY:
                years = range(this_year - EARLIER_YEARS, this_year + 1)
                for year in [number.year] if number.year is not None else years:
                    yield year, number.seq


class Batch(NamedTuple):
    """The payments of a file of ours, or of a batch of it, with their tries."""

    name: str
    tries: tuple[tuple[int, int], ...]


class Facts(NamedTuple):
    """What is known of the things that a few entries name."""

    payments: Mapping[int, Payment]
    movements: Mapping[int, list[Movement]]
    recorded: Mapping[str, list[Movement]]
    invoices: Mapping[tuple[int, int], Invoice]
    orders: Mapping[int, Order]
    by_hand: Mapping[int, list[Movement]]
    batches: Mapping[tuple[int, int | None], Batch]
    this_year: int
    currency: str

    def customers(self, entry: Waiting) -> frozenset[int]:
        """The customers whose money an entry may be, by what it names."""
        found: set[int] = set()
        if entry.payment_try and (payment := self.payments.get(entry.payment_try[0])):
            found.add(payment.customer_id)
        if entry.file and (batch := self.batches.get(entry.file)):
            found |= {
                self.payments[one].customer_id for one, _ in batch.tries if one in self.payments
            }
        for reference in entry.references:
            rows = self.recorded.get(reference, ())
            # Money of another entry is not this one's: all entries of a batch have one reference.
            found |= {one.customer_id for one in rows if one.entry_id is None}
        for number in entry.numbers(self.this_year):
            if invoice := self.invoices.get(number):
                found.add(invoice.customer_id)
        for order_number in (*entry.named.orders, *entry.named.loose_orders):
            if order := self.orders.get(order_number):
                found.add(order.customer_id)
        return frozenset(found)


def facts_of(transaction: Transaction, entries: Sequence[Waiting]) -> Facts:
    """What these entries name, as it is now: a few statements, however many they are."""
    this_year = transaction.today.year
    batches = batches_of(transaction, {one.file for one in entries if one.file})
    payments = candidates.payments(
        transaction,
        {one.payment_try[0] for one in entries if one.payment_try}
        | {payment for batch in batches.values() for payment, _ in batch.tries},
    )
    facts = Facts(
        payments=payments,
        movements=candidates.of_payments(transaction, payments),
        recorded=candidates.recorded(
            transaction,
            {reference for one in entries for reference in one.references},
            of_entries=any(one.details.get("is_reversal") for one in entries),
        ),
        invoices=candidates.invoices(
            transaction, {number for one in entries for number in one.numbers(this_year)}
        ),
        orders=candidates.orders(
            transaction,
            {
                number
                for one in entries
                for number in (*one.named.orders, *one.named.loose_orders)
                if number < LARGEST_KEY
            },
        ),
        by_hand={},
        batches=batches,
        this_year=this_year,
        currency=transaction.info.currency,
    )
    customers = {customer for one in entries for customer in facts.customers(one)}
    return facts._replace(by_hand=by_hand(transaction, entries, customers))


def names_somebody(transaction: Transaction, entry: ReadEntry) -> bool:
    """Whether an entry that is not in the store yet names a customer who was not erased."""
    row = (0, entry.booked_on, entry.value_on, entry.amount_cents, entry.parts, entry.iban)
    texts = (entry.reference, entry.end_to_end_id, entry.creditor_reference or None, entry.text)
    facts = facts_of(transaction, [Waiting((*row, *texts), {})])
    states = [one.state for one in facts.payments.values()]
    states += [one.state for one in facts.invoices.values()]
    states += [one.state for one in facts.orders.values()]
    return any(state != "erased" for state in states)


def by_hand(
    transaction: Transaction, entries: Sequence[Waiting], customers: Iterable[int]
) -> dict[int, list[Movement]]:
    """Money of customers that was recorded by hand about when these entries were booked."""
    since = min(one.booked_on for one in entries) - timedelta(days=DAYS_BY_HAND)
    return candidates.by_hand(transaction, set(customers), since)


def batches_of(
    transaction: Transaction, asked: set[tuple[int, int | None]]
) -> dict[tuple[int, int | None], Batch]:
    """The files, and batches of them, that were handed over."""
    files = candidates.handed_over(transaction, {number for number, _ in asked})
    return {
        one: batch
        for one in asked
        if (file := files.get(one[0])) is not None and (batch := _batch(file, one[1])) is not None
    }


def _batch(file: Handed, number: int | None) -> Batch | None:
    """The tries of a whole file, or of the batch of a number as the file has it."""
    if number is None:
        return Batch(f"file {file.id}", file.tries)
    from xml.etree import ElementTree as ET

    name = f"mailctl-file-{file.id}-{number}"
    root = ET.fromstring(file.content)  # noqa: S314 - our own text
    for batch in root.iter():
        if batch.tag.rpartition("}")[2] != "PmtInf" or _text(batch, "PmtInfId") != name:
            continue
        ids = {one.text for one in batch.iter() if one.tag.rpartition("}")[2] == "EndToEndId"}
        tries = tuple(one for one in file.tries if f"payment-{one[0]}-{one[1]}" in ids)
        return Batch(f"batch {number} of file {file.id}", tries)
    return None


def _text(parent: Any, name: str) -> str | None:
    found = (one.text for one in parent if one.tag.rpartition("}")[2] == name)
    return next(found, None)
