"""What entries book, carried out in sets: the books are those of one booking after another.

In a round each customer has one movement; what a customer has more follows in the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from mailctl.billing import balance, bank_booking
from mailctl.billing.bank_decisions import Decision, Doing, Item
from mailctl.billing.bank_facts import Waiting
from mailctl.billing.bank_words import of_entry
from mailctl.billing.order_payment import Tried, pay_named, pay_named_of
from mailctl.domain.prepaid import MovementKind
from mailctl.store import bank_bookings, bank_entries, ledger, orders, payments, words
from mailctl.store.engine.journal import Entry as JournalRow
from mailctl.store.engine.journal import compact
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet, TempTable

_COLUMNS = {
    "position": "INTEGER PRIMARY KEY",
    "customer_id": "INTEGER NOT NULL",
    "kind": "TEXT NOT NULL",
    "cents": "INTEGER NOT NULL",
    "order_number": "INTEGER",
    "payment_id": "INTEGER",
    "reference": "TEXT",
    "value_on": "TEXT",
}


class Booking(NamedTuple):
    """One movement to be booked, with the bank's reference where its customer has none by it."""

    entry: Waiting
    item: Item
    reference: str | None


class Followed:
    """What followed of all that was booked: orders that were tried, accounts that work again."""

    def __init__(self) -> None:
        self.tried: list[Tried] = []
        self.reopened = 0


def carry_out(transaction: Transaction, decided: Sequence[tuple[Waiting, Decision]]) -> Followed:
    """Book what was decided of these entries."""
    followed = Followed()
    for bookings in _rounds(decided):
        alone = _alone(transaction, bookings)
        ids = {id(one) for one in alone}
        together = [one for one in bookings if id(one) not in ids]
        if together:
            _book_together(transaction, _with_new_references(transaction, together), followed)
        for one in alone:
            _book_alone(transaction, one, followed)
    return followed


def _rounds(decided: Sequence[tuple[Waiting, Decision]]) -> list[list[Booking]]:
    rounds: list[list[Booking]] = []
    of_customer: dict[int, int] = {}
    for entry, decision in decided:
        with_reference: set[int] = set()
        for item in decision.items:
            place = of_customer.get(item.customer_id, 0)
            of_customer[item.customer_id] = place + 1
            if place == len(rounds):
                rounds.append([])
            # A customer has money by a reference once.
            is_first = item.customer_id not in with_reference
            with_reference.add(item.customer_id)
            rounds[place].append(Booking(entry, item, entry.reference if is_first else None))
    return rounds


def _alone(transaction: Transaction, bookings: Sequence[Booking]) -> list[Booking]:
    """What is booked one by one: returns, and money of payments that are no longer awaited.

    Money that came before, in the same import, may have cancelled a payment.
    """
    asked = {one.item.payment_id for one in bookings if one.item.doing is Doing.SETTLE}
    awaited = bank_bookings.awaited(transaction, {one for one in asked if one is not None})
    return [
        one
        for one in bookings
        if one.item.doing in (Doing.RECEIVE, Doing.RETURN)
        or (one.item.doing is Doing.SETTLE and one.item.payment_id not in awaited)
    ]


def _with_new_references(transaction: Transaction, bookings: Sequence[Booking]) -> list[Booking]:
    """The bookings without the references by which their customers have other money already."""
    given = {(one.item.customer_id, one.reference) for one in bookings if one.reference}
    taken = bank_bookings.taken_references(transaction, given)
    return [
        one._replace(reference=None) if (one.item.customer_id, one.reference) in taken else one
        for one in bookings
    ]


def _book_together(
    transaction: Transaction, bookings: Sequence[Booking], followed: Followed
) -> None:
    """Book credits and settlements, one a customer, and all that follows."""
    rows = _rows(transaction, bookings)
    columns = ", ".join(f"{name} {kind}" for name, kind in _COLUMNS.items())
    with TempTable(transaction, "bank_round", columns) as table:
        transaction.add_rows(table.name, tuple(_COLUMNS), rows)
        payments.settle_each(transaction, table)
        last = ledger.add_each(
            transaction,
            {
                "kind": "r.kind",
                "amount_cents": "r.cents",
                "order_number": "r.order_number",
                "payment_id": "r.payment_id",
                "reference": "CASE WHEN r.kind = 'credit' THEN r.reference END",
                "value_on": "CASE WHEN r.kind = 'credit' THEN r.value_on END",
            },
            f"{table} r JOIN customer c ON c.id = r.customer_id",
            {},
            position="r.position",
        )
    _learn(transaction, last, bookings)
    bank_bookings.add_new(
        transaction, [(last + place, one.entry.id) for place, one in enumerate(bookings, start=1)]
    )
    _record(transaction, last, bookings, [row[4] for row in rows])
    _follow(transaction, bookings, followed)


def _rows(transaction: Transaction, bookings: Sequence[Booking]) -> list[tuple[object, ...]]:
    """The movements in their order; a credit that names no order gets one of its own."""
    credits_ = [
        (one.item.customer_id, one.item.cents)
        for one in bookings
        if one.item.doing is Doing.CREDIT and one.item.order_number is None
    ]
    numbers = iter(orders.add_credits(transaction, credits_))
    return [
        (
            place,
            one.item.customer_id,
            (MovementKind.PAYMENT if one.item.doing is Doing.SETTLE else MovementKind.CREDIT).value,
            one.item.cents,
            None if one.item.doing is Doing.SETTLE else one.item.order_number or next(numbers),
            one.item.payment_id,
            one.reference,
            one.entry.value_on,
        )
        for place, one in enumerate(bookings, start=1)
    ]


def _learn(transaction: Transaction, last: int, bookings: Sequence[Booking]) -> None:
    """Let `find` know the references of what was booked."""
    for place, one in enumerate(bookings, start=1):
        if one.reference is None:
            continue
        if one.item.payment_id is not None:
            words.learn(transaction, "payment", one.item.payment_id)
        else:
            words.learn(transaction, "ledger", last + place)


def _record(
    transaction: Transaction, last: int, bookings: Sequence[Booking], numbers: Sequence[object]
) -> None:
    """The journal rows of the movements, as of those that come one by one."""
    after = ledger.balances_after(transaction, last)
    rows: list[JournalRow] = []
    for one, number, after_cents in zip(bookings, numbers, after, strict=True):
        details: dict[str, object] = {
            "cents": one.item.cents,
            "balance_cents": after_cents,
            **of_entry(one.entry.id),
        }
        if one.item.doing is Doing.SETTLE:
            kind, details["payment"] = "payment-settled", one.item.payment_id
        else:
            kind, details["order"] = "credited", number
            if one.reference is not None:
                details["reference"] = one.reference
            if one.entry.value_on is not None:
                details["value_on"] = one.entry.value_on
        rows.append(JournalRow(kind, f"customer/{one.item.customer}", compact(details)))
    transaction.record_all(rows)


def _follow(transaction: Transaction, bookings: Sequence[Booking], followed: Followed) -> None:
    named = frozenset(
        one.item.order_number for one in bookings if one.item.order_number is not None
    )
    whose = [one.item.customer_id for one in bookings]
    with CustomerSet(transaction, "booked_customer", whose) as of_round:
        done = balance.changed_each(transaction, of_round, paid_orders=named)
        followed.reopened += done.reopened
        followed.tried += pay_named_of(transaction, of_round)


def _book_alone(transaction: Transaction, booking: Booking, followed: Followed) -> None:
    """Book a return, or the money of a payment that is no longer awaited."""
    assert booking.item.payment_id is not None
    payment = payments.find(transaction, booking.item.payment_id)
    entry = bank_entries.find(transaction, booking.entry.id)
    if booking.item.doing is Doing.RETURN:
        rows = bank_booking.give_back(transaction, entry, payment, booking.item.code)
    else:
        came = bank_booking.receive(transaction, entry, payment)
        rows, followed.reopened = came.rows, followed.reopened + came.reopened
        followed.tried += pay_named(transaction, payment.customer_id)
    bank_bookings.add(transaction, entry.id, rows, link=False)
