"""Money of a returned payment that came again, and went back once more (rules 20)."""

from __future__ import annotations

from mailctl.billing import arrivals, bank_booking
from mailctl.domain.bank import MatchedBy
from mailctl.domain.prepaid import MovementKind
from mailctl.store import bank_bookings, customers, ledger, payments
from mailctl.store.bank_bookings import Movement
from mailctl.store.bank_entries import Entry
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import Payment


def came_again(reader: Reader, entry: Entry, payment: Payment) -> Movement | None:
    """The money of a returned payment that came again, if this entry takes that back.

    So it does where its own return was undone, and where each earlier return has its entry.
    """
    rows = bank_bookings.of_payment(reader, payment.id)
    came = [one for one in rows if one.kind is MovementKind.CREDIT and not one.is_reversed]
    own = ledger.recorded_as(reader, payment.customer_id, bank_booking.undone_by(entry.id))
    of_entry = [one for one in came if one.seq == own]
    if of_entry:
        return of_entry[0]
    is_free = any(one.kind is MovementKind.REVERSAL and one.entry_id is None for one in rows)
    return came[-1] if came and not is_free else None


def book_return_again(
    transaction: Transaction,
    entry: Entry,
    payment: Payment,
    came: Movement,
    *,
    matched_by: MatchedBy,
    evidence: str,
) -> None:
    """Book an entry as money that went back once more: what had come again is reversed."""
    customer = customers.find(transaction, payment.customer)
    code = str(entry.details.get("return_code") or "").upper() or "return"
    # As of any return: it is not asked for again by itself.
    payments.give_up(transaction, customer.id, payment.amount_cents)
    arrivals.reverse(
        transaction, customer, ledger.find(transaction, customer, came.seq), came.seq, code
    )
    row = bank_bookings.row_of(transaction, customer.id, ledger.last_seq(transaction, customer.id))
    bank_bookings.add(transaction, entry.id, [row], link=False)
    bank_booking.decide_payment(transaction, entry, payment, matched_by, evidence)
