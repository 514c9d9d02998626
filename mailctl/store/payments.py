"""Payments through methods, and the files that asked for them, as they are kept (SPEC 10)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from mailctl.contract import THINGS
from mailctl.errors import PaymentNotFoundError
from mailctl.store.connection import Reader, Transaction
from mailctl.store.listing import Listing, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """What the rules need to know of a payment; money in cents."""

    id: int
    customer_id: int
    customer: str
    method_id: int
    amount_cents: int
    status: str
    exported_on: date | None
    next_try_on: date | None
    tries: int
    first_failed_on: date | None
    created_on: date


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


_COLUMNS = (
    "p.id, p.customer_id, c.slug, p.method_id, p.amount_cents, p.status, p.exported_on, "
    "p.next_try_on, p.tries, p.first_failed_on, p.created_on"
)


def _from_row(row: tuple[object, ...]) -> Payment:
    return Payment(
        id=int(str(row[0])),
        customer_id=int(str(row[1])),
        customer=str(row[2]),
        method_id=int(str(row[3])),
        amount_cents=int(str(row[4])),
        status=str(row[5]),
        exported_on=_day(row[6]),
        next_try_on=_day(row[7]),
        tries=int(str(row[8])),
        first_failed_on=_day(row[9]),
        created_on=date.fromisoformat(str(row[10])),
    )


def find(reader: Reader, payment_id: int) -> Payment:
    """The payment of that id; PaymentNotFoundError."""
    row = reader.row(
        f"SELECT {_COLUMNS} FROM payment p JOIN customer c ON c.id = p.customer_id "
        "WHERE p.id = :id",
        {"id": payment_id},
    )
    if row is None:
        raise PaymentNotFoundError(str(payment_id))
    return _from_row(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToExport:
    """A payment to be asked for now, with the method's details; `is_first` of its method."""

    payment: Payment
    details: dict[str, str | None]
    is_first: bool


def to_export(reader: Reader, kind: str) -> list[ToExport]:
    """The pending payments of a kind whose try has come and has not been handed over yet."""
    rows = reader.execute(
        f"SELECT {_COLUMNS}, m.details, NOT EXISTS (SELECT 1 FROM payment e "
        "WHERE e.method_id = m.id AND e.status = 'succeeded') FROM payment p "
        "JOIN customer c ON c.id = p.customer_id JOIN method m ON m.id = p.method_id "
        "WHERE p.status = 'pending' AND p.exported_on IS NULL AND m.kind = :kind "
        "AND (p.next_try_on IS NULL OR p.next_try_on <= :today) "
        "AND (m.expires_on IS NULL OR m.expires_on >= substr(:today, 1, 7)) ORDER BY p.id",
        {"kind": kind, "today": reader.today.isoformat()},
    )
    return [
        ToExport(
            payment=_from_row(row[:11]), details=json.loads(str(row[11])), is_first=bool(row[12])
        )
        for row in rows
    ]


def mark_exported(transaction: Transaction, payment_ids: list[int]) -> None:
    """These tries were handed over today."""
    transaction.connection.executemany(
        "UPDATE payment SET exported_on = ?, next_try_on = NULL WHERE id = ?",
        [(transaction.today.isoformat(), payment_id) for payment_id in payment_ids],
    )


def keep_file(transaction: Transaction, kind: str, form: str, content: str) -> None:
    """Keep the last file of a kind, to be repeated unchanged."""
    transaction.execute(
        "DELETE FROM payment_export WHERE kind = :kind AND format = :form",
        {"kind": kind, "form": form},
    )
    transaction.execute(
        "INSERT INTO payment_export (kind, format, exported_on, content) "
        "VALUES (:kind, :form, :today, :content)",
        {
            "kind": kind,
            "form": form,
            "today": transaction.today.isoformat(),
            "content": content,
        },
    )


def last_file(reader: Reader, kind: str, form: str) -> str | None:
    """The last file of a kind as it was handed over, or None."""
    row = reader.row(
        "SELECT content FROM payment_export WHERE kind = :kind AND format = :form",
        {"kind": kind, "form": form},
    )
    return None if row is None else str(row[0])


def settle(transaction: Transaction, payment_id: int, reference: str | None) -> None:
    """The money of a payment came today."""
    transaction.execute(
        "UPDATE payment SET status = 'succeeded', settled_on = :today, reference = :reference, "
        "next_try_on = NULL WHERE id = :id",
        {"today": transaction.today.isoformat(), "reference": reference, "id": payment_id},
    )


def fail_try(
    transaction: Transaction, payment_id: int, reason: str, next_try_on: date | None
) -> None:
    """A try failed; the payment with it where no other follows."""
    transaction.execute(
        "UPDATE payment SET tries = tries + 1, reason = :reason, exported_on = NULL, "
        "first_failed_on = coalesce(first_failed_on, :today), next_try_on = :next, "
        "status = CASE WHEN :next IS NULL THEN 'failed' ELSE status END WHERE id = :id",
        {
            "reason": reason,
            "today": transaction.today.isoformat(),
            "next": next_try_on.isoformat() if next_try_on else None,
            "id": payment_id,
        },
    )


def give_up(transaction: Transaction, payment: Payment) -> None:
    """What a failed payment covered is not collected again for now."""
    transaction.execute(
        "UPDATE customer SET uncollected_cents = uncollected_cents + :amount WHERE id = :id",
        {"amount": payment.amount_cents, "id": payment.customer_id},
    )


def delay_covered(transaction: Transaction, customer_id: int, due_on: date) -> None:
    """Every open invoice that pending payments cover is due on a day, if that is later."""
    transaction.execute(
        "UPDATE invoice_open SET due_on = :due_on WHERE customer_id = :customer "
        "AND open_cents > 0 AND is_covered = 1 AND due_on < :due_on",
        {"due_on": due_on.isoformat(), "customer": customer_id},
    )


def cancel_unexported(transaction: Transaction, method_id: int) -> None:
    """Cancel the payments of a method that nobody has been asked for yet."""
    transaction.execute(
        "UPDATE payment SET status = 'cancelled', next_try_on = NULL WHERE method_id = :id "
        "AND status = 'pending' AND exported_on IS NULL",
        {"id": method_id},
    )


def can_be_tried_again(reader: Reader, payment: Payment) -> bool:
    """Whether the method of a payment is still there: without its details nobody can be asked."""
    found = reader.row(
        "SELECT 1 FROM method WHERE id = :id AND removed_on IS NULL", {"id": payment.method_id}
    )
    return found is not None


def can_be_charged(reader: Reader, payment: Payment, day: date) -> bool:
    """Whether the method of a payment can be charged on a day: a card not past its month."""
    found = reader.row(
        "SELECT 1 FROM method WHERE id = :id AND (expires_on IS NULL OR expires_on >= :month)",
        {"id": payment.method_id, "month": day.isoformat()[:7]},
    )
    return found is not None


def unanswered(reader: Reader, exported_before: date) -> list[int]:
    """Pending payments that were handed over before a day."""
    rows = reader.execute(
        "SELECT id FROM payment WHERE status = 'pending' AND exported_on <= :day ORDER BY id",
        {"day": exported_before.isoformat()},
    )
    return [int(row[0]) for row in rows]


EXPIRED_CARD = (
    "FROM payment p JOIN method m ON m.id = p.method_id WHERE p.status = 'pending' "
    "AND p.exported_on IS NULL AND (p.next_try_on IS NULL OR p.next_try_on <= :today) "
    "AND m.expires_on < substr(:today, 1, 7)"
)
"""SQL for pending payments whose card can no longer be charged."""


def on_expired_cards(reader: Reader) -> list[int]:
    """Pending payments whose card can no longer be charged."""
    rows = reader.execute(
        f"SELECT p.id {EXPIRED_CARD} ORDER BY p.id", {"today": reader.today.isoformat()}
    )
    return [int(row[0]) for row in rows]


def listing(
    reader: Reader,
    *,
    status: str | None = None,
    customer: str | None = None,
    payment_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Payments by id."""
    where, values = ["1 = 1"], dict[str, object](currency=reader.info.currency)
    for name, text, value in (
        ("status", "p.status = :status", status),
        ("customer", "c.slug = :customer", customer),
        ("payment_id", "p.id = :payment_id", payment_id),
    ):
        if value is not None:
            where.append(text)
            values[name] = value
    return Listing(
        reader.connection,
        THINGS["payment"],
        "SELECT p.id, c.slug AS customer, p.method_id AS method, p.amount_cents, "
        ":currency AS currency, p.status, p.created_on, p.exported_on, p.next_try_on, p.tries, "
        "p.reference, p.settled_on, p.reason FROM payment p "
        f"JOIN customer c ON c.id = p.customer_id WHERE {' AND '.join(where)}",
        values,
        order_by="id",
        limit=limit,
    )


def show(reader: Reader, payment_id: int) -> Row:
    """One payment, with every key of the contract."""
    find(reader, payment_id)
    (row,) = listing(reader, payment_id=payment_id).dicts()
    return row
