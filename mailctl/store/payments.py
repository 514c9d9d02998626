"""Payments through methods (rules 10)."""

from __future__ import annotations

from datetime import date

from mailctl.contract import THINGS
from mailctl.domain.payments import MethodKind, PaymentStatus
from mailctl.errors import PaymentNotFoundError
from mailctl.store import words
from mailctl.store.engine.filters import where
from mailctl.store.engine.listing import Listing, Row
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import ON_EXPIRED_CARD, is_unasked, pending_cents
from mailctl.store.expressions import can_be_charged as method_can_be_charged
from mailctl.store.temp_tables import TempTable
from mailctl.values import Value


class Payment(Value):
    """What the rules need to know of a payment; money in cents."""

    id: int
    customer_id: int
    customer: str
    method_id: int
    amount_cents: int
    status: PaymentStatus
    exported_on: date | None
    next_try_on: date | None
    tries: int
    first_failed_on: date | None
    created_on: date
    method_kind: MethodKind


def columns(prefix: str = "") -> str:
    """The columns of a Payment of JOINED; `payment_` begins those of a nested one."""
    return f"""
        p.id AS {prefix}id,
        p.customer_id AS {prefix}customer_id,
        c.slug AS {prefix}customer,
        p.method_id AS {prefix}method_id,
        p.amount_cents AS {prefix}amount_cents,
        p.status AS {prefix}status,
        p.exported_on AS {prefix}exported_on,
        p.next_try_on AS {prefix}next_try_on,
        p.tries AS {prefix}tries,
        p.first_failed_on AS {prefix}first_failed_on,
        p.created_on AS {prefix}created_on,
        m.kind AS {prefix}method_kind
    """


JOINED = """
    payment p
    JOIN customer c ON c.id = p.customer_id
    JOIN method m ON m.id = p.method_id
"""


def find(reader: Reader, payment_id: int) -> Payment:
    """The payment of that id; PaymentNotFoundError."""
    found = reader.held_fact(
        Payment,
        f"SELECT {columns()} FROM {JOINED} WHERE p.id = :id",
        {"id": payment_id},
        lambda payment: payment.customer_id,
    )
    if found is None:
        from mailctl.store.restorations import loss_of_id

        raise PaymentNotFoundError(str(payment_id), lost=loss_of_id(reader, "payment", payment_id))
    return found


def settle(transaction: Transaction, payment_id: int, reference: str | None) -> None:
    """Record that the money of a payment came today."""
    with words.relearned(transaction, "payment", payment_id):
        transaction.execute(
            """
            UPDATE payment
            SET status = 'succeeded', settled_on = :today, reference = :reference,
                next_try_on = NULL
            WHERE id = :id
            """,
            {"reference": reference, "id": payment_id},
        )


def settle_each(transaction: Transaction, rows: TempTable) -> None:
    """Record that the money of the payments in these rows came today, each with its reference."""
    transaction.execute(
        f"""
        UPDATE payment
        SET status = 'succeeded', settled_on = :today, reference = r.reference, next_try_on = NULL
        FROM {rows} r
        WHERE payment.id = r.payment_id AND r.kind = 'payment'
        """
    )


def fail_try(
    transaction: Transaction, payment_id: int, reason: str, next_try_on: date | None
) -> None:
    """Record that a try failed, and the payment with it where there is no next try.

    The next try is announced by a notice of its own.
    """
    transaction.execute(
        """
        UPDATE payment
        SET tries = tries + 1, reason = :reason, exported_on = NULL, notice_id = NULL,
            told_on = NULL, first_failed_on = coalesce(first_failed_on, :today),
            next_try_on = :next,
            status = CASE WHEN CAST(:next AS TEXT) IS NULL THEN 'failed' ELSE status END
        WHERE id = :id
        """,
        {"reason": reason, "next": next_try_on, "id": payment_id},
    )


def give_up(transaction: Transaction, customer_id: int, cents: int) -> None:
    """Stop collecting, for now, what a failed payment covered."""
    transaction.execute(
        "UPDATE customer SET uncollected_cents = uncollected_cents + :amount WHERE id = :id",
        {"amount": cents, "id": customer_id},
    )


def settled_as(reader: Reader, customer_id: int, reference: str) -> int | None:
    """The payment of a customer whose money came under a reference, whatever happened since."""
    found = reader.number(
        """
        SELECT id
        FROM payment
        WHERE customer_id = :customer AND reference = :reference
        ORDER BY id LIMIT 1
        """,
        {"customer": customer_id, "reference": reference},
    )
    return found or None


def came_after_all(transaction: Transaction, customer_id: int, cents: int) -> None:
    """Reduce what counts as uncollected: this much came after all."""
    transaction.execute(
        """
        UPDATE customer
        SET uncollected_cents = CASE
            WHEN uncollected_cents > :amount THEN uncollected_cents - :amount
            ELSE 0
        END
        WHERE id = :id
        """,
        {"amount": cents, "id": customer_id},
    )


def asking_too_much(reader: Reader, customer_id: int) -> list[int]:
    """Unasked payments that would bring more than is missing; newer ones are chosen first."""
    return reader.numbers(
        f"""
        WITH unasked AS (
            SELECT
                p.id, p.amount_cents,
                CAST(sum(p.amount_cents) OVER (ORDER BY p.id DESC) AS BIGINT) AS with_newer
            FROM payment p
            WHERE p.customer_id = :customer AND {is_unasked("p")}
        ),
        spare AS (
            SELECT {pending_cents("c.id")} - CASE
                WHEN -c.balance_cents > c.uncollected_cents
                    THEN -c.balance_cents - c.uncollected_cents
                ELSE 0
            END AS cents
            FROM customer c
            WHERE c.id = :customer
        )
        SELECT unasked.id
        FROM unasked
        CROSS JOIN spare
        WHERE unasked.with_newer - unasked.amount_cents < spare.cents
        ORDER BY unasked.id
        """,
        {"customer": customer_id},
    )


def cancel(transaction: Transaction, payment_id: int) -> None:
    """Cancel a payment: nobody is asked for it any more."""
    transaction.execute(
        "UPDATE payment SET status = 'cancelled', next_try_on = NULL WHERE id = :id",
        {"id": payment_id},
    )


def take_back(transaction: Transaction, payment_id: int, reason: str) -> None:
    """Record that the money of a payment was taken back; it counts as a failed try."""
    transaction.execute(
        """
        UPDATE payment
        SET status = 'returned', tries = tries + 1, reason = :reason, next_try_on = NULL
        WHERE id = :id
        """,
        {"reason": reason, "id": payment_id},
    )


def to_collect(reader: Reader, customer_id: int) -> int:
    """What a customer lacks, in cents, less what is being collected or could not be collected."""
    missing = reader.number(
        f"""
        SELECT -c.balance_cents - c.uncollected_cents - {pending_cents("c.id")}
        FROM customer c
        WHERE c.id = :customer
        """,
        {"customer": customer_id},
    )
    return max(0, missing)


def try_again(
    transaction: Transaction, returned_id: int, amount_cents: int, next_try_on: date
) -> int:
    """Begin a payment by the method of one that came back, with its count of tries; its id."""
    payment_id = transaction.next_key("payment")
    transaction.execute(
        """
        INSERT INTO payment (
            id, customer_id, method_id, amount_cents, status, created_on, next_try_on,
            follows_id, tries, first_failed_on
        )
        SELECT
            :id, p.customer_id, p.method_id, :amount, 'pending', :today, :next,
            p.id, p.tries, coalesce(p.first_failed_on, :today)
        FROM payment p
        WHERE p.id = :returned
        """,
        {
            "id": payment_id,
            "returned": returned_id,
            "amount": amount_cents,
            "next": next_try_on,
        },
    )
    return payment_id


def unsettle(transaction: Transaction, payment_id: int, next_try_on: date | None) -> None:
    """Let a payment whose money had not come wait for its answer, or for the day of a try."""
    words.forget(transaction, "payment", payment_id)
    transaction.execute(
        """
        UPDATE payment
        SET status = 'pending', settled_on = NULL, reference = NULL, next_try_on = :next
        WHERE id = :id
        """,
        {"id": payment_id, "next": next_try_on},
    )


def delay_covered(transaction: Transaction, customer_id: int, due_on: date) -> None:
    """Move the due date of every open invoice that pending payments cover, where it is earlier."""
    transaction.execute(
        """
        UPDATE invoice_open
        SET due_on = :due_on
        WHERE customer_id = :customer
            AND open_cents > 0
            AND is_covered = 1
            AND due_on < :due_on
        """,
        {"due_on": due_on, "customer": customer_id},
    )


def cancel_unexported(transaction: Transaction, method_id: int) -> None:
    """Cancel the payments of a method that nobody has been asked for yet."""
    transaction.execute(
        f"""
        UPDATE payment
        SET status = 'cancelled', next_try_on = NULL
        WHERE method_id = :id AND {is_unasked("payment")}
        """,
        {"id": method_id},
    )


def move_unexported(transaction: Transaction, customer_id: int, method_id: int) -> list[int]:
    """Collect a customer's payments that nobody has been asked for yet by this method; which.

    They are announced again: another account is debited, under another mandate.
    """
    return sorted(
        transaction.numbers(
            f"""
            UPDATE payment
            SET method_id = :method, notice_id = NULL, told_on = NULL
            WHERE customer_id = :customer AND method_id <> :method AND {is_unasked("payment")}
            RETURNING id
            """,
            {"method": method_id, "customer": customer_id},
        )
    )


def can_be_tried_again(reader: Reader, payment: Payment) -> bool:
    """Whether the method of a payment is still there: without its details nobody can be asked."""
    return reader.exists(
        "SELECT 1 FROM method WHERE id = :id AND removed_on IS NULL", {"id": payment.method_id}
    )


def can_be_charged(reader: Reader, payment: Payment, day: date) -> bool:
    """Whether the method of a payment can be charged on a day: a card not past its month."""
    return reader.exists(
        f"SELECT 1 FROM method m WHERE m.id = :id AND {method_can_be_charged('m', ':day')}",
        {"id": payment.method_id, "day": day},
    )


def unanswered(reader: Reader, exported_on: date) -> int:
    """How many payments were handed over on a day or before it, and have no answer yet."""
    return reader.number(
        "SELECT count(*) FROM payment WHERE status = 'pending' AND exported_on <= :day",
        {"day": exported_on},
    )


def on_expired_cards(reader: Reader) -> list[int]:
    """Pending payments whose card can no longer be charged."""
    return reader.numbers(f"SELECT p.id {ON_EXPIRED_CARD} ORDER BY p.id")


_LIST = """
    SELECT
        p.id, c.slug AS customer, p.method_id AS method, p.amount_cents, :currency AS currency,
        p.status, p.created_on, p.exported_on, p.next_try_on, p.tries, p.reference, p.settled_on,
        p.reason, p.follows_id AS follows,
        (
            SELECT b.entry_id
            FROM ledger l
            JOIN bank_booking b ON b.ledger_id = l.id AND b.undone_on IS NULL
            WHERE l.payment_id = p.id
            ORDER BY l.id DESC LIMIT 1
        ) AS entry
    FROM payment p
    JOIN customer c ON c.id = p.customer_id
"""


def listing(
    reader: Reader,
    *,
    status: str | None = None,
    kind: str | None = None,
    customer: str | None = None,
    since: date | None = None,
    until: date | None = None,
    payment_id: int | None = None,
    limit: int | None = None,
) -> Listing:
    """Payments by id."""
    condition, values = where(
        status=("p.status = :status", status),
        kind=(
            "EXISTS (SELECT 1 FROM method m WHERE m.id = p.method_id AND m.kind = :kind)",
            kind,
        ),
        customer=("c.slug = :customer", customer),
        since=("p.created_on >= :since", since),
        until=("p.created_on <= :until", until),
        payment_id=("p.id = :payment_id", payment_id),
    )
    return Listing(
        reader,
        THINGS["payment"],
        f"{_LIST} {condition}",
        {"currency": reader.info.currency, **values},
        order_by="id",
        limit=limit,
    )


def show(reader: Reader, payment_id: int) -> Row:
    """One payment, with every key of the contract."""
    find(reader, payment_id)
    (row,) = listing(reader, payment_id=payment_id).dicts()
    return row
