"""The prepaid accounts: movements are added, never changed (rules 9)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.prepaid import MovementKind
from mailctl.errors import LedgerRowNotFoundError
from mailctl.store import customers, words
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import (
    debt_due_on,
    document_number,
    entry_of,
    is_overdue,
    pay_by,
    pending_cents,
)
from mailctl.values import Value, fields

LARGEST_BALANCE_CENTS = 10**15
"""Far over any real balance, far under what an integer of the database holds."""

_SET_BALANCES = """
    UPDATE customer
    SET balance_cents = l.after_cents,
        debt_since_on = CASE
            WHEN l.after_cents < 0 THEN coalesce(customer.debt_since_on, :today)
        END
    FROM ledger l
    WHERE l.id > :last AND customer.id = l.customer_id
"""


def add_each(
    transaction: Transaction,
    values: Mapping[str, str],
    source: str,
    facts: Mapping[str, object],
    *,
    position: str,
) -> int:
    """Add a movement for each customer `c` of a source, and bring the balances up to them.

    Values are the SQL of columns; the number, the day and the balances are computed here.
    `position` is SQL for the place of each in the source, from 1 on. Gives the key before theirs.
    """
    last = transaction.last_key("ledger")
    transaction.execute(
        f"""
        INSERT INTO ledger (
            id, customer_id, seq, moved_on, before_cents, after_cents, {", ".join(values)}
        )
        SELECT
            :last + {position},
            c.id,
            coalesce((SELECT max(l.seq) FROM ledger l WHERE l.customer_id = c.id), 0) + 1,
            :today, c.balance_cents, c.balance_cents + {values["amount_cents"]},
            {", ".join(values.values())}
        FROM {source}
        """,
        {"last": last, **facts},
    )
    transaction.execute(_SET_BALANCES, {"last": last})
    return last


def add(
    transaction: Transaction,
    customer: customers.Customer,
    kind: MovementKind,
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
    facts = {
        "kind": kind,
        "order_number": order_number,
        "invoice_id": invoice_id,
        "payment_id": payment_id,
        "reverses_id": reverses_id,
        "reason": reason,
        "reference": reference,
        "value_on": value_on,
    }
    before = add_each(
        transaction,
        {"amount_cents": "CAST(:amount AS BIGINT)", **{name: f":{name}" for name in facts}},
        "customer c WHERE c.id = :customer",
        {"customer": customer.id, "amount": amount_cents, **facts},
        position="1",
    )
    if reference:
        words.learn(transaction, "ledger", before + 1)
    return customers.find(transaction, customer.slug).balance_cents


def _is_reversed(movement: str) -> str:
    """Whether a later movement takes this one back."""
    return f"EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = {movement}.id)"


class LedgerRow(Value):
    """What the rules need to know of a movement; signed cents."""

    id: int
    kind: MovementKind
    amount_cents: int
    order_number: int | None
    payment_id: int | None
    is_reversed: bool
    reference: str | None
    value_on: date | None


def find(reader: Reader, customer: customers.Customer, seq: int) -> LedgerRow:
    """A row of a customer's statement; LedgerRowNotFoundError."""
    found = reader.fact(
        LedgerRow,
        f"""
        SELECT
            l.id, l.kind, l.amount_cents, l.order_number, l.payment_id,
            {_is_reversed("l")} AS is_reversed, l.reference, l.value_on
        FROM ledger l
        WHERE l.customer_id = :customer AND l.seq = :seq
        """,
        {"customer": customer.id, "seq": seq},
    )
    if found is None:
        raise LedgerRowNotFoundError(
            f"{seq} of {customer.slug}", hint=f"mailctl prepaid statement {customer.slug}"
        )
    return found


def recorded_as(reader: Reader, customer_id: int, reference: str) -> int | None:
    """The statement's row of the customer's money with that reference, unless it was reversed."""
    found = reader.number(
        f"""
        SELECT l.seq
        FROM ledger l
        WHERE l.customer_id = :customer AND l.reference = :reference AND NOT {_is_reversed("l")}
        ORDER BY l.seq LIMIT 1
        """,
        {"customer": customer_id, "reference": reference},
    )
    return found or None


def settlement_of(reader: Reader, customer: customers.Customer, payment_id: int) -> int | None:
    """The statement's number of the row by which a payment's money came and was not taken back."""
    found = reader.number(
        f"""
        SELECT l.seq
        FROM ledger l
        WHERE l.customer_id = :customer
            AND l.payment_id = :payment
            AND l.kind = 'payment'
            AND NOT {_is_reversed("l")}
        """,
        {"customer": customer.id, "payment": payment_id},
    )
    return found or None


def money_of_payment(reader: Reader, payment_id: int) -> int:
    """The statement's number of the newest row that recorded a payment's money."""
    return reader.number(
        f"""
        SELECT max(l.seq)
        FROM ledger l
        WHERE l.payment_id = :payment
            AND l.kind IN ('payment', 'credit')
            AND NOT {_is_reversed("l")}
        """,
        {"payment": payment_id},
    )


def credits_of_payment(reader: Reader, payment_id: int) -> list[str | None]:
    """The references of the credits that name a payment, without those that were reversed."""
    rows = reader.execute(
        f"""
        SELECT l.reference
        FROM ledger l
        WHERE l.payment_id = :payment AND l.kind = 'credit' AND NOT {_is_reversed("l")}
        ORDER BY l.seq
        """,
        {"payment": payment_id},
    )
    return [reference for (reference,) in rows]


def last_seq(reader: Reader, customer_id: int) -> int:
    """The number of the newest row of a customer's statement."""
    return reader.number("SELECT max(seq) FROM ledger WHERE customer_id = :id", {"id": customer_id})


def balances_after(reader: Reader, last: int) -> list[int]:
    """The balances after the movements that follow a key, in their order."""
    return reader.numbers(
        "SELECT after_cents FROM ledger WHERE id > :last ORDER BY id", {"last": last}
    )


_STATEMENT = f"""
    SELECT
        l.seq, l.moved_on AS "on", l.kind, l.amount_cents, l.before_cents, l.after_cents,
        l.order_number AS "order", {document_number("i")} AS invoice, l.payment_id AS payment,
        l.reason, l.reference, l.value_on, {entry_of("l")} AS entry
    FROM ledger l
    LEFT JOIN invoice i ON i.id = l.invoice_id
"""


def statement(
    reader: Reader,
    slug: str,
    *,
    since: date | None = None,
    until: date | None = None,
    limit: int | None = None,
) -> Listing:
    """The movements of a customer's prepaid account; CustomerNotFoundError."""
    condition, values = where(
        customer=("l.customer_id = :customer", customers.find(reader, slug).id),
        since=("l.moved_on >= :since", since),
        until=("l.moved_on <= :until", until),
    )
    return Listing(
        reader,
        THINGS["statement"],
        f"{_STATEMENT} {condition}",
        values,
        order_by="seq",
        limit=limit,
    )


class _Prepaid(Value):
    debt_since_on: str | None
    debt_due_on: str | None
    pending_cents: int
    alert_cents: int
    grace_until_on: str | None
    pay_by_on: str | None


def show(reader: Reader, slug: str) -> Row:
    """A prepaid account, with every key of the contract."""
    customer = customers.find(reader, slug)
    (found,) = reader.facts(
        _Prepaid,
        f"""
        SELECT
            c.debt_since_on,
            CASE WHEN c.balance_cents < 0 THEN {debt_due_on("c.id")} END AS debt_due_on,
            {pending_cents("c.id")} AS pending_cents, c.alert_cents, c.grace_until_on,
            CASE WHEN c.balance_cents < 0 THEN {pay_by("c")} END AS pay_by_on
        FROM customer c
        WHERE c.id = :id
        """,
        {"id": customer.id},
    )
    return {
        "customer": customer.slug,
        "balance_cents": customer.balance_cents,
        "currency": reader.info.currency,
        **fields(found),
    }


def has_overdue_invoice(reader: Reader, customer_id: int) -> bool:
    """Whether an invoice of the customer is overdue: no payment and no grace covers it."""
    return reader.exists(
        f"""
        SELECT 1
        FROM invoice_open o
        JOIN customer c ON c.id = o.customer_id
        WHERE c.id = :id AND {is_overdue("o", "c")}
        LIMIT 1
        """,
        {"id": customer_id},
    )
