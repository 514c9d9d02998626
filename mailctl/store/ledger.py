"""The prepaid accounts: movements are added, never changed (SPEC 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.contract import THINGS
from mailctl.errors import LedgerRowNotFoundError
from mailctl.store import customers
from mailctl.store.engine.dialect import DEBT_DUE_ON, DOCUMENT_NUMBER, OVERDUE, PENDING_CENTS
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

LARGEST_BALANCE_CENTS = 10**15
"""Far over any real balance, far under what an integer of the database holds."""

_ADDED = """
INSERT INTO ledger (customer_id, seq, moved_on, kind, amount_cents, before_cents, after_cents,
    order_number, invoice_id, payment_id, reverses_id, reason, reference, value_on)
VALUES (:customer,
    (SELECT coalesce(max(seq), 0) + 1 FROM ledger WHERE customer_id = :customer),
    :today, :kind, :amount, :before, :after,
    :order_number, :invoice_id, :payment_id, :reverses_id, :reason, :reference, :value_on)
"""


def add(
    transaction: Transaction,
    customer: customers.Customer,
    kind: str,
    amount_cents: int,
    *,
    order_number: int | None = None,
    invoice_id: int | None = None,
    payment_id: int | None = None,
    reverses_id: int | None = None,
    reason: str | None = None,
    reference: str | None = None,
    value_on: date | None = None,
) -> int:
    """Add a movement of signed cents to a customer's prepaid account; the balance after it.

    `reference` and `value_on` are the bank's, of money that came.
    """
    before = customers.find(transaction, customer.slug).balance_cents
    after = before + amount_cents
    today = transaction.today.isoformat()
    transaction.execute(
        _ADDED,
        {
            "customer": customer.id,
            "today": today,
            "kind": kind,
            "amount": amount_cents,
            "before": before,
            "after": after,
            "order_number": order_number,
            "invoice_id": invoice_id,
            "payment_id": payment_id,
            "reverses_id": reverses_id,
            "reason": reason,
            "reference": reference,
            "value_on": None if value_on is None else value_on.isoformat(),
        },
    )
    transaction.execute(
        "UPDATE customer SET balance_cents = :after, debt_since_on = CASE WHEN :after < 0 "
        "THEN coalesce(debt_since_on, :today) END WHERE id = :customer",
        {"after": after, "today": today, "customer": customer.id},
    )
    return after


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """What the rules need to know of a movement; signed cents."""

    id: int
    kind: str
    amount_cents: int
    payment_id: int | None
    is_reversed: bool


def find(reader: Reader, customer: customers.Customer, seq: int) -> LedgerRow:
    """A row of a customer's statement; LedgerRowNotFoundError."""
    row = reader.row(
        "SELECT l.id, l.kind, l.amount_cents, l.payment_id, "
        "(SELECT count(*) FROM ledger r WHERE r.reverses_id = l.id) FROM ledger l "
        "WHERE l.customer_id = :customer AND l.seq = :seq",
        {"customer": customer.id, "seq": seq},
    )
    if row is None:
        raise LedgerRowNotFoundError(
            f"{seq} of {customer.slug}", hint=f"mailctl prepaid statement {customer.slug}"
        )
    return LedgerRow(
        id=int(str(row[0])),
        kind=str(row[1]),
        amount_cents=int(str(row[2])),
        payment_id=None if row[3] is None else int(str(row[3])),
        is_reversed=bool(row[4]),
    )


def recorded_as(reader: Reader, customer_id: int, reference: str) -> int | None:
    """The statement's row of the customer's money with that reference, unless it was reversed."""
    row = reader.row(
        """
        SELECT l.seq
        FROM ledger l
        WHERE l.customer_id = :customer AND l.reference = :reference
            AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
        ORDER BY l.seq
        LIMIT 1
        """,
        {"customer": customer_id, "reference": reference},
    )
    return None if row is None else int(str(row[0]))


def settlement_of(reader: Reader, customer: customers.Customer, payment_id: int) -> int | None:
    """The statement's number of the row by which a payment's money came and was not taken back."""
    row = reader.row(
        """
        SELECT l.seq
        FROM ledger l
        WHERE l.customer_id = :customer AND l.payment_id = :payment AND l.kind = 'payment'
            AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
        """,
        {"customer": customer.id, "payment": payment_id},
    )
    return None if row is None else int(str(row[0]))


_CREDITS_OF_PAYMENT = """
SELECT l.reference
FROM ledger l
WHERE l.payment_id = :payment AND l.kind = 'credit'
    AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
ORDER BY l.seq
"""


def credits_of_payment(reader: Reader, payment_id: int) -> list[str | None]:
    """The references of the credits that name a payment, without those that were reversed."""
    rows = reader.execute(_CREDITS_OF_PAYMENT, {"payment": payment_id})
    return [None if row[0] is None else str(row[0]) for row in rows]


def last_seq(reader: Reader, customer_id: int) -> int:
    """The number of the newest row of a customer's statement."""
    return reader.number("SELECT max(seq) FROM ledger WHERE customer_id = :id", {"id": customer_id})


def statement(
    reader: Reader,
    slug: str,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """The movements of a customer's prepaid account; CustomerNotFoundError."""
    customer = customers.find(reader, slug)
    where, parameters = ["l.customer_id = :customer"], {"customer": customer.id}
    values: dict[str, object] = dict(parameters)
    for name, text, day in (
        ("since", "l.moved_on >= :since", since),
        ("until", "l.moved_on <= :until", until),
    ):
        if day is not None:
            where.append(text)
            values[name] = day.isoformat()
    return Listing(
        reader,
        THINGS["statement"],
        'SELECT l.seq, l.moved_on AS "on", l.kind, l.amount_cents, l.before_cents, l.after_cents, '
        f'l.order_number AS "order", {DOCUMENT_NUMBER.format("i")} AS invoice, '
        "l.payment_id AS payment, l.reason, l.reference, l.value_on FROM ledger l "
        f"LEFT JOIN invoice i ON i.id = l.invoice_id WHERE {' AND '.join(where)}",
        values,
        order_by="seq",
        limit=limit,
    )


def show(reader: Reader, slug: str) -> Row:
    """A prepaid account, with every key of the contract."""
    customer = customers.find(reader, slug)
    found = reader.row(
        "SELECT c.debt_since_on, CASE WHEN c.balance_cents < 0 "
        f"THEN {DEBT_DUE_ON.format('c.id')} END, {PENDING_CENTS.format('c.id')}, c.alert_cents, "
        "c.grace_until_on FROM customer c WHERE c.id = :id",
        {"id": customer.id},
    )
    assert found is not None
    return {
        "customer": customer.slug,
        "balance_cents": customer.balance_cents,
        "currency": reader.info.currency,
        "debt_since_on": found[0],
        "debt_due_on": found[1],
        "pending_cents": found[2],
        "alert_cents": found[3],
        "grace_until_on": found[4],
    }


def has_overdue_invoice(reader: Reader, customer_id: int) -> bool:
    """Whether an invoice of the customer is overdue: nothing covers it, nor does a grace."""
    row = reader.row(
        "SELECT 1 FROM invoice_open o JOIN customer c ON c.id = o.customer_id "
        f"WHERE c.id = :id AND {OVERDUE.format('c')} LIMIT 1",
        {"id": customer_id, "today": reader.today.isoformat()},
    )
    return row is not None
