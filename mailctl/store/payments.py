"""Payments through methods, as they are kept (SPEC 10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.contract import THINGS
from mailctl.errors import PaymentNotFoundError
from mailctl.store.engine.dialect import PENDING_CENTS
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


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
    method_kind: str
    reference: str | None


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


COLUMNS = (
    "p.id, p.customer_id, c.slug, p.method_id, p.amount_cents, p.status, p.exported_on, "
    "p.next_try_on, p.tries, p.first_failed_on, p.created_on, k.kind, p.reference"
)
"""SQL for the columns of a `Payment`, over FROM."""
FROM = "FROM payment p JOIN customer c ON c.id = p.customer_id JOIN method k ON k.id = p.method_id"
READ = 13
"""How many columns COLUMNS has."""


def from_row(row: tuple[object, ...]) -> Payment:
    """A payment from a row that has COLUMNS."""
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
        method_kind=str(row[11]),
        reference=None if row[12] is None else str(row[12]),
    )


def find(reader: Reader, payment_id: int) -> Payment:
    """The payment of that id; PaymentNotFoundError."""
    row = reader.row(
        f"SELECT {COLUMNS} {FROM} WHERE p.id = :id",
        {"id": payment_id},
    )
    if row is None:
        raise PaymentNotFoundError(str(payment_id))
    return from_row(row)


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
        # The next try is announced anew.
        "notice_id = NULL, told_on = NULL, "
        "first_failed_on = coalesce(first_failed_on, :today), next_try_on = :next, "
        "status = CASE WHEN :next IS NULL THEN 'failed' ELSE status END WHERE id = :id",
        {
            "reason": reason,
            "today": transaction.today.isoformat(),
            "next": next_try_on.isoformat() if next_try_on else None,
            "id": payment_id,
        },
    )


def give_up(transaction: Transaction, customer_id: int, cents: int) -> None:
    """What a failed payment covered is not collected again for now."""
    transaction.execute(
        "UPDATE customer SET uncollected_cents = uncollected_cents + :amount WHERE id = :id",
        {"amount": cents, "id": customer_id},
    )


def settled_as(reader: Reader, customer_id: int, reference: str) -> int | None:
    """The payment of a customer whose money came under a reference, whatever became of it."""
    row = reader.row(
        """
        SELECT id
        FROM payment
        WHERE customer_id = :customer AND reference = :reference
        ORDER BY id
        LIMIT 1
        """,
        {"customer": customer_id, "reference": reference},
    )
    return None if row is None else int(str(row[0]))


def came_after_all(transaction: Transaction, customer_id: int, cents: int) -> None:
    """So much of what was collected in vain came all the same."""
    transaction.execute(
        """
        UPDATE customer SET uncollected_cents = CASE
            WHEN uncollected_cents > :amount THEN uncollected_cents - :amount
            ELSE 0
        END
        WHERE id = :id
        """,
        {"amount": cents, "id": customer_id},
    )


_NEEDLESS = """
SELECT q.id FROM (
    SELECT p.id, p.amount_cents,
        CAST(sum(p.amount_cents) OVER (ORDER BY p.id DESC) AS BIGINT) AS with_newer
    FROM payment p
    WHERE p.customer_id = :customer AND p.status = 'pending' AND p.exported_on IS NULL
) q
WHERE q.with_newer - q.amount_cents < (
    SELECT CAST(coalesce(sum(y.amount_cents), 0) AS BIGINT) FROM payment y
    WHERE y.customer_id = :customer AND y.status = 'pending'
) - (
    SELECT CASE WHEN -c.balance_cents > c.uncollected_cents
        THEN -c.balance_cents - c.uncollected_cents ELSE 0 END
    FROM customer c
    WHERE c.id = :customer
)
ORDER BY q.id
"""


def asking_too_much(reader: Reader, customer_id: int) -> list[int]:
    """Payments not asked for yet that would bring more than is missing, the newest first chosen."""
    rows = reader.execute(_NEEDLESS, {"customer": customer_id})
    return [int(row[0]) for row in rows]


def cancel(transaction: Transaction, payment_id: int) -> None:
    """Nobody is asked for a payment any more."""
    transaction.execute(
        "UPDATE payment SET status = 'cancelled', next_try_on = NULL WHERE id = :id",
        {"id": payment_id},
    )


_RETURNED = """
UPDATE payment
SET status = 'returned', tries = tries + 1, reason = :reason, next_try_on = NULL
WHERE id = :id
"""
_TO_COLLECT = f"""
SELECT -c.balance_cents - c.uncollected_cents - {PENDING_CENTS.format("c.id")}
FROM customer c
WHERE c.id = :customer
"""
_TRIED_AGAIN = """
INSERT INTO payment (customer_id, method_id, amount_cents, status, created_on, next_try_on,
    follows_id, tries, first_failed_on)
SELECT p.customer_id, p.method_id, :amount, 'pending', :today, :next, p.id, p.tries,
    coalesce(p.first_failed_on, :today)
FROM payment p
WHERE p.id = :id
RETURNING id
"""
_UNSETTLED = """
UPDATE payment
SET status = 'pending', settled_on = NULL, reference = NULL, next_try_on = :next
WHERE id = :id
"""


def take_back(transaction: Transaction, payment_id: int, reason: str) -> None:
    """The money of a payment that had come was taken back; it counts as a failed try."""
    transaction.execute(_RETURNED, {"reason": reason, "id": payment_id})


def to_collect(reader: Reader, customer_id: int) -> int:
    """What a customer lacks, in cents, less what is being collected or was in vain."""
    return max(0, reader.number(_TO_COLLECT, {"customer": customer_id}))


def try_again(
    transaction: Transaction, returned_id: int, amount_cents: int, next_try_on: date
) -> int:
    """Begin a payment by the method of one that came back, with its count of tries; its id."""
    return transaction.number(
        _TRIED_AGAIN,
        {
            "id": returned_id,
            "amount": amount_cents,
            "today": transaction.today.isoformat(),
            "next": next_try_on.isoformat(),
        },
    )


def unsettle(transaction: Transaction, payment_id: int, next_try_on: date | None) -> None:
    """The money of a payment had not come: its answer, or the day of its next try, is awaited."""
    following = next_try_on.isoformat() if next_try_on else None
    transaction.execute(_UNSETTLED, {"id": payment_id, "next": following})


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


def move_unexported(transaction: Transaction, customer_id: int, method_id: int) -> list[int]:
    """Let a customer's payments that nobody has been asked for yet go through a method; which.

    They are announced anew: by another account, another mandate.
    """
    moved = transaction.execute(
        """
        UPDATE payment SET method_id = :method, notice_id = NULL, told_on = NULL
        WHERE customer_id = :customer
            AND status = 'pending'
            AND exported_on IS NULL
            AND method_id <> :method
        RETURNING id
        """,
        {"method": method_id, "customer": customer_id},
    ).fetchall()
    return sorted(int(row[0]) for row in moved)


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


def unanswered(reader: Reader, exported_on: date) -> int:
    """How many payments were handed over on a day or before it, and have no answer yet."""
    return reader.number(
        "SELECT count(*) FROM payment WHERE status = 'pending' AND exported_on <= :day",
        {"day": exported_on.isoformat()},
    )


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
        reader,
        THINGS["payment"],
        "SELECT p.id, c.slug AS customer, p.method_id AS method, p.amount_cents, "
        ":currency AS currency, p.status, p.created_on, p.exported_on, p.next_try_on, p.tries, "
        "p.reference, p.settled_on, p.reason, p.follows_id AS follows FROM payment p "
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
