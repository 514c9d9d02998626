"""An entry becomes money of a customer, and no longer (rules 20).

What an import books by itself is booked in sets (`bank_sets`), and gives the same books.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mailctl.billing import arrivals, payment_answers, payment_returns
from mailctl.billing.arrivals import Arrival
from mailctl.billing.bank_words import Received
from mailctl.domain.bank import EntryState, MatchedBy
from mailctl.domain.payments import PaymentStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.errors import (
    AlreadyRecordedError,
    EntryRefusedError,
    NotReversibleError,
    PaymentNotSettledError,
)
from mailctl.store import bank_bookings, bank_entries, customers, ledger, payments
from mailctl.store.bank_bookings import Booked, Movement
from mailctl.store.bank_entries import Entry
from mailctl.store.customers import Customer
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment

UNDONE = "bank undo"
"""Why a row was reversed whose entry a person took back."""


def book_credit(
    transaction: Transaction,
    entry: Entry,
    customer: Customer,
    *,
    invoice: int | None = None,
    order: int | None = None,
    matched_by: MatchedBy,
    evidence: str,
) -> Arrival:
    """Book an entry's money as a credit of a customer, which may name an order.

    An `invoice`, by its key, is what the money was for; the oldest is settled first all the same.
    AlreadyRecordedError where the customer has money with the entry's reference, recorded by hand.
    """
    _check_money(entry)
    came = arrivals.receive(
        transaction,
        customer,
        entry.amount_cents,
        order=order,
        received=Received(
            reference=new_reference(transaction, customer, entry), value_on=entry.value_on
        ),
        entry=entry.id,
    )
    row = bank_bookings.row_of(transaction, customer.id, came.seq)
    bank_bookings.add(transaction, entry.id, [row], link=False)
    bank_entries.decide(
        transaction,
        entry.id,
        EntryState.BOOKED,
        matched_by=matched_by,
        evidence=evidence,
        customer_id=customer.id,
        invoice_id=invoice,
        order_number=order,
    )
    record(transaction, "entry-booked", entry, customer.slug, matched_by, evidence)
    return came


def book_payment(
    transaction: Transaction,
    entry: Entry,
    payment: Payment,
    *,
    matched_by: MatchedBy,
    evidence: str,
) -> int:
    """Book an entry as a payment's money, as `payment settle`; how many accounts work again.

    The money of a payment that is no longer awaited becomes a credit that names it.
    AlreadyRecordedError as above.
    """
    _check_money(entry)
    came = receive(transaction, entry, payment)
    bank_bookings.add(transaction, entry.id, came.rows, link=False)
    decide_payment(transaction, entry, payment, matched_by, evidence)
    return came.reopened


class Came(NamedTuple):
    """Money of a payment: its movements, and how many accounts work again."""

    rows: list[int]
    reopened: int


def receive(transaction: Transaction, entry: Entry, payment: Payment) -> Came:
    """Record a payment's money, awaited or not."""
    customer = customers.find(transaction, payment.customer)
    reference = new_reference(transaction, customer, entry)
    before = {one.id for one in bank_bookings.of_payment(transaction, payment.id)}
    if payment.status is PaymentStatus.PENDING:
        reopened = payment_answers.settle(transaction, payment, reference, entry=entry.id)
    else:
        reopened = payment_returns.receive(transaction, payment, reference, entry=entry.id)
    now = bank_bookings.of_payment(transaction, payment.id)
    return Came([one.id for one in now if one.id not in before], reopened)


def book_return(
    transaction: Transaction,
    entry: Entry,
    payment: Payment,
    code: str,
    *,
    matched_by: MatchedBy,
    evidence: str,
) -> None:
    """Book an entry as the return of a payment.

    Where its answer is still awaited, it was settled first: both are booked, and the credit is
    linked when it comes. PaymentNotSettledError where the payment has no money to go back, as one
    that was not handed over.
    """
    rows = give_back(transaction, entry, payment, code)
    bank_bookings.add(transaction, entry.id, rows, link=False)
    decide_payment(transaction, entry, payment, matched_by, evidence)


def undone_by(entry_id: int) -> str:
    """The reference of a credit that stands for a return which a person took back.

    With one of its own, it is not taken for money that still needs its entry.
    """
    return f"{UNDONE} {entry_id}"


def give_back(transaction: Transaction, entry: Entry, payment: Payment, code: str) -> list[int]:
    """Record that a payment's money was taken back, with its settlement; the reversal's key."""
    if payment.status is PaymentStatus.PENDING and payment.exported_on is not None:
        payment_answers.settle(transaction, payment, None, entry=entry.id)
        payment = payments.find(transaction, payment.id)
    customer = customers.find(transaction, payment.customer)
    seq = ledger.settlement_of(transaction, customer, payment.id)
    if payment.status is not PaymentStatus.SUCCEEDED or seq is None:
        raise PaymentNotSettledError(
            f"payment {payment.id} is {payment.status}: it has no money that could go back",
            hint=f"mailctl prepaid statement {payment.customer}",
        )
    payment_returns.take_back(transaction, payment, seq, code, entry=entry.id)
    rows = [
        one.id
        for one in bank_bookings.of_payment(transaction, payment.id)
        if one.kind is MovementKind.REVERSAL and one.entry_id is None
    ]
    return rows[-1:]


def link(
    transaction: Transaction,
    entry: Entry,
    ledger_ids: Sequence[int],
    *,
    evidence: str,
    matched_by: MatchedBy = MatchedBy.RECORDED,
) -> None:
    """Say that movements which are in the books are an entry's money: nothing is booked.

    AlreadyRecordedError where one of them is the money of another entry, EntryRefusedError where
    one was reversed since, so that it is no money any more.
    """
    found = [bank_bookings.movement(transaction, one) for one in ledger_ids]
    rows = [one for one in found if one is not None]
    for one in rows:
        if one.entry_id is not None:
            raise AlreadyRecordedError(
                f"row {one.seq} of {one.customer} is the money of entry {one.entry_id}",
                hint=f"mailctl bank show {one.entry_id}",
            )
        if one.is_reversed and not _went_back(transaction, one):
            raise EntryRefusedError(
                f"row {one.seq} of {one.customer} was reversed: the money of entry {entry.id} is "
                "not in the books by it",
                hint=f"to book it: mailctl bank match {entry.id} --customer {one.customer}",
            )
    bank_bookings.add(transaction, entry.id, [one.id for one in rows], link=True)
    whose = {one.customer_id: one.customer for one in rows}
    of_payments = {one.payment_id for one in rows if one.payment_id is not None}
    is_one = len(whose) == 1
    bank_entries.decide(
        transaction,
        entry.id,
        EntryState.BOOKED,
        matched_by=matched_by,
        evidence=evidence,
        customer_id=next(iter(whose)) if is_one else None,
        payment_id=of_payments.pop() if len(of_payments) == 1 else None,
    )
    slug = next(iter(whose.values())) if is_one else None
    record(transaction, "entry-linked", entry, slug, matched_by, evidence)


def _went_back(reader: Reader, row: Movement) -> bool:
    """Whether a movement is that of a payment which the bank took back: it came all the same."""
    if row.kind is MovementKind.REVERSAL:
        return True
    if row.kind is not MovementKind.PAYMENT or row.payment_id is None:
        return False
    return payments.find(reader, row.payment_id).status is PaymentStatus.RETURNED


def link_proposed(transaction: Transaction, entry: Entry, ledger_id: int, *, evidence: str) -> int:
    """Link a movement that is proposed for an entry; how many accounts work again.

    A credit that was recorded by hand instead of the settlement of the payment that the entry
    names gives way to that: else the payment would wait for money that has come, and get it twice.
    """
    row = bank_bookings.movement(transaction, ledger_id)
    payment = payments.find(transaction, entry.payment_id) if entry.payment_id else None
    is_awaited = payment is not None and payment.status is PaymentStatus.PENDING
    is_credit = row is not None and row.kind is MovementKind.CREDIT and row.payment_id is None
    if payment is not None and payment.status is PaymentStatus.RETURNED and is_credit:
        raise EntryRefusedError(
            f"payment {payment.id} was returned since: the money of entry {entry.id} is in the "
            "books by that",
            hint=f"mailctl bank match {entry.id} --payment {payment.id}",
        )
    if row is None or payment is None or not (is_awaited and is_credit) or row.is_reversed:
        link(transaction, entry, [ledger_id], evidence=evidence)
        return 0
    reopened = book_payment(
        transaction, entry, payment, matched_by=MatchedBy.RECORDED, evidence=evidence
    )
    customer = customers.find(transaction, row.customer)
    recorded = ledger.find(transaction, customer, row.seq)
    why = f"the money of payment {payment.id}, by entry {entry.id}"
    arrivals.reverse(transaction, customer, recorded, row.seq, why)
    return reopened


def take_back(transaction: Transaction, entry: Entry) -> None:
    """Take back what was booked of an entry; it is unmatched then, and nothing matches it again.

    A credit is reversed, a settled payment waits for its answer again, a return becomes a credit
    that names the payment; what was linked stays in the books. NotReversibleError where the money
    of a payment went back since.
    """
    for booked in bank_bookings.of_entry(transaction, entry.id):
        if not booked.is_link:
            _take_back(transaction, entry, booked)
    bank_bookings.undo(transaction, entry.id)
    bank_entries.decide(transaction, entry.id, EntryState.UNMATCHED)
    transaction.record(
        "entry-undone", entry.subject, {"cents": entry.amount_cents, "customer": entry.customer}
    )


def check_not_returned(booked: Booked) -> None:
    """NotReversibleError where a payment's money, which an entry brought, went back since."""
    if booked.kind is MovementKind.PAYMENT and booked.is_reversed and not booked.is_link:
        raise NotReversibleError(
            f"the money of payment {booked.payment_id} went back since: row {booked.seq} of "
            f"{booked.customer} is reversed",
            hint=f"mailctl prepaid statement {booked.customer}",
        )


def _take_back(transaction: Transaction, entry: Entry, booked: Booked) -> None:
    if booked.kind is MovementKind.REVERSAL:
        assert booked.payment_id is not None
        payment = payments.find(transaction, booked.payment_id)
        payment_returns.receive(transaction, payment, undone_by(entry.id), entry=entry.id)
        return
    check_not_returned(booked)
    if booked.is_reversed:
        return
    if booked.kind is MovementKind.PAYMENT:
        assert booked.payment_id is not None
        payment = payments.find(transaction, booked.payment_id)
        payment_returns.unsettle(transaction, payment, booked.seq, UNDONE)
        return
    customer = customers.find(transaction, booked.customer)
    row = ledger.find(transaction, customer, booked.seq)
    arrivals.reverse(transaction, customer, row, booked.seq, UNDONE)


def new_reference(reader: Reader, customer: Customer, entry: Entry) -> str | None:
    """The entry's reference, by which its customer has no money yet; None where it has one.

    A bank may give the same to several entries. AlreadyRecordedError where that money was recorded
    by hand, and is no entry's yet: it may be this one.
    """
    if entry.reference is None:
        return None
    seq = ledger.recorded_as(reader, customer.id, entry.reference)
    if seq is None and payments.settled_as(reader, customer.id, entry.reference) is None:
        return entry.reference
    if seq is not None:
        found = bank_bookings.movement(reader, bank_bookings.row_of(reader, customer.id, seq))
        if found is not None and found.entry_id is None:
            raise arrivals.recorded_already(entry.reference, seq, customer)
    return None


def _check_money(entry: Entry) -> None:
    assert entry.amount_cents > 0, "only money that came is booked as such"
    assert entry.state is not EntryState.BOOKED, "an entry is booked once"


def decide_payment(
    transaction: Transaction,
    entry: Entry,
    payment: Payment,
    matched_by: MatchedBy,
    evidence: str,
) -> None:
    """Say of an entry that it is booked as a payment's, with what led to it."""
    bank_entries.decide(
        transaction,
        entry.id,
        EntryState.BOOKED,
        matched_by=matched_by,
        evidence=evidence,
        customer_id=payment.customer_id,
        payment_id=payment.id,
    )
    record(transaction, "entry-booked", entry, payment.customer, matched_by, evidence)


def record(
    transaction: Transaction,
    kind: str,
    entry: Entry,
    customer: str | None,
    matched_by: MatchedBy,
    evidence: str,
) -> None:
    """Say in the journal what became of an entry, and what led to it."""
    found = for_journal(
        customer=customer, cents=entry.amount_cents, matched_by=matched_by, evidence=evidence
    )
    transaction.record(kind, entry.subject, found.details, found.personal)


class JournalWords(NamedTuple):
    """What the journal says of an entry; the personal part goes with its customer."""

    details: dict[str, object]
    personal: dict[str, object]


def for_journal(
    *, customer: str | None, cents: int, matched_by: MatchedBy | None, evidence: str | None
) -> JournalWords:
    """What the journal says of an entry.

    The evidence of money that was recorded before may quote a reference that the payer wrote.
    """
    details: dict[str, object] = {"customer": customer, "cents": cents, "matched_by": matched_by}
    if matched_by is MatchedBy.RECORDED:
        return JournalWords(details, {"evidence": evidence})
    return JournalWords({**details, "evidence": evidence}, {})
