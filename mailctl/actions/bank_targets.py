"""What an entry's money is said to be for: a customer, an invoice, an order or a payment."""

from __future__ import annotations

from mailctl.domain.invoices import Series
from mailctl.domain.prepaid import MovementKind
from mailctl.errors import EntryRefusedError, UsageError
from mailctl.store import bank_bookings, customers, invoices, orders, payments
from mailctl.store.bank_entries import Entry
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.payments import Payment
from mailctl.store.queries import bank_recorded
from mailctl.values import Value


class Target(Value):
    """Whose money it is, and for what; `told` says so in a sentence."""

    customer: Customer
    told: str
    invoice_id: int | None = None
    order: int | None = None
    payment: Payment | None = None

    def is_of(self, entry: Entry) -> bool:
        """Whether the entry was decided so."""
        payment_id = self.payment.id if self.payment else None
        return (entry.customer_id, entry.invoice_id, entry.order_number, entry.payment_id) == (
            self.customer.id,
            self.invoice_id,
            self.order,
            payment_id,
        )


def target_of(
    reader: Reader,
    *,
    customer: str | None = None,
    invoice: str | None = None,
    order: int | None = None,
    payment: int | None = None,
) -> Target:
    """The target that is named; the not-found error of what does not exist.

    UsageError for a credit note, which nobody pays.
    """
    if invoice is not None:
        found = invoices.find(reader, invoice)
        if found.series is not Series.INVOICE:
            raise UsageError(
                f"{found.number} is a credit note: nobody pays it",
                hint="mailctl bank match ENTRY --invoice with the number of an invoice",
            )
        return Target(
            customer=customers.find(reader, found.customer),
            told=f"money for invoice {found.number} of {found.customer}",
            invoice_id=found.id,
        )
    if order is not None:
        of = orders.find(reader, order).customer
        return Target(
            customer=customers.find(reader, of),
            told=f"money for order {order} of {of}",
            order=order,
        )
    if payment is not None:
        asked = payments.find(reader, payment)
        return Target(
            customer=customers.find(reader, asked.customer),
            told=f"money of payment {payment} of {asked.customer}",
            payment=asked,
        )
    assert customer is not None
    return Target(customer=customers.find(reader, customer), told=f"money of {customer}")


def proposed(reader: Reader, entry: Entry) -> Target:
    """The target that is proposed for an entry; EntryRefusedError where only a hint is."""
    if entry.payment_id is not None:
        return target_of(reader, payment=entry.payment_id)
    if entry.customer is None:
        raise EntryRefusedError(
            f"what is proposed for entry {entry.id} says not whose it is: {entry.evidence}",
            hint=f"mailctl bank match {entry.id} --customer CUSTOMER",
        )
    who = customers.find(reader, entry.customer)
    return Target(customer=who, told="", invoice_id=entry.invoice_id, order=entry.order_number)


def recorded_since(reader: Reader, entry: Entry, target: Target) -> int | None:
    """The movement by which a person recorded a payment's money since it was proposed, by its key.

    A credit that names the payment, or one of the customer that may be the entry's.
    """
    if target.payment is None or entry.amount_cents < 0:
        return None
    for one in bank_bookings.of_payment(reader, target.payment.id):
        is_free = one.entry_id is None and not one.is_reversed
        if is_free and one.kind is MovementKind.CREDIT and one.amount_cents == entry.amount_cents:
            return one.id
    row = bank_recorded.like(reader, entry, target.customer.id)
    found = bank_bookings.movement(reader, row.ledger_id) if row else None
    is_its = found is not None and found.payment_id in (None, target.payment.id)
    return found.id if found is not None and is_its else None
