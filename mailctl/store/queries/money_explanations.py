"""What explanations say of money: movements, debts, what pending payments would bring (rules 9)."""

from __future__ import annotations

from datetime import date

from mailctl.domain.payments import MethodKind, PaymentStatus
from mailctl.domain.prepaid import MovementKind
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import (
    can_be_charged,
    document_number,
    is_credited,
    is_default_of,
    is_overdue,
)
from mailctl.values import Value


class Movement(Value):
    """A ledger row with the documents that it concerns; `document_id` is its invoice or note.

    `corrects_id` is the invoice that a credit note gives back, `reverses` the row that a reversal
    undoes, `entry` that of the bank statement that brought or took the money, and `is_link` whether
    it was recorded before by hand.
    """

    id: int
    seq: int
    on: date
    kind: MovementKind
    amount_cents: int
    after_cents: int
    payment_id: int | None
    document_id: int | None
    document: str | None
    corrects_id: int | None
    reverses: int | None
    entry: int | None
    entry_on: date | None
    is_link: bool


def movements(reader: Reader, customer_id: int, *, until_id: int | None = None) -> list[Movement]:
    """Every movement of a customer's prepaid account, oldest first; up to a row's key."""
    return reader.facts(
        Movement,
        f"""
        SELECT l.id, l.seq, l.moved_on AS "on", l.kind, l.amount_cents, l.after_cents,
            l.payment_id, l.invoice_id AS document_id,
            {document_number("i")} AS document, i.corrects_id, r.seq AS reverses,
            e.id AS entry, e.booked_on AS entry_on, coalesce(b.is_link, 0) AS is_link
        FROM ledger l
        LEFT JOIN invoice i ON i.id = l.invoice_id
        LEFT JOIN ledger r ON r.id = l.reverses_id
        LEFT JOIN bank_booking b
            ON b.ledger_id = l.id AND (b.undone_on IS NULL OR b.is_link = 0)
        LEFT JOIN bank_entry e ON e.id = b.entry_id
        WHERE l.customer_id = :customer AND l.id <= coalesce(:until, l.id)
        ORDER BY l.seq
        """,
        {"customer": customer_id, "until": until_id},
    )


def last_ledger_id(reader: Reader, batch: int) -> int:
    """The newest ledger row that a batch, or one before it, covers."""
    return reader.number("SELECT last_ledger_id FROM batch WHERE id = :id", {"id": batch})


class Origin(Value):
    """The batch that made a document or a movement, and who caused it."""

    batch: int
    actor: str


def movement_origin(reader: Reader, ledger_id: int) -> Origin:
    """The batch that made a row of the ledger, and who caused it: every row belongs to one."""
    (found,) = reader.facts(
        Origin,
        "SELECT id AS batch, actor FROM batch WHERE last_ledger_id >= :id ORDER BY id LIMIT 1",
        {"id": ledger_id},
    )
    return found


def origin_of(reader: Reader, document_id: int) -> Origin:
    """The batch that made an invoice or a credit note: every document belongs to one."""
    (found,) = reader.facts(
        Origin,
        "SELECT id AS batch, actor FROM batch WHERE last_invoice_id >= :id ORDER BY id LIMIT 1",
        {"id": document_id},
    )
    return found


class Due(Value):
    """An invoice and by when it is, or was at first, to be paid."""

    id: int
    number: str
    due_on: date
    open_cents: int
    is_covered: bool
    is_overdue: bool


def billing_account(reader: Reader, account_id: int) -> list[Due]:
    """The invoices with a line of the account that no credit note gave back, the oldest first."""
    return reader.facts(
        Due,
        f"""
        SELECT DISTINCT i.id, {document_number("i")} AS number,
            o.due_on, o.open_cents, o.is_covered,
            CASE WHEN {is_overdue("o", "c")} THEN 1 ELSE 0 END AS is_overdue
        FROM invoice_line l
        JOIN invoice i ON i.id = l.invoice_id
        JOIN invoice_open o ON o.invoice_id = i.id
        JOIN customer c ON c.id = o.customer_id
        WHERE l.account_id = :account AND NOT {is_credited("l")}
        ORDER BY i.id
        """,
        {"account": account_id},
    )


def last_overdue(reader: Reader, customer_id: int) -> str | None:
    """The newest overdue invoice of a customer: once it is paid, so are all older ones."""
    return reader.text(
        f"""
        SELECT {document_number("i")}
        FROM invoice_open o
        JOIN invoice i ON i.id = o.invoice_id
        JOIN customer c ON c.id = o.customer_id
        WHERE o.customer_id = :customer AND {is_overdue("o", "c")}
        ORDER BY i.id DESC LIMIT 1
        """,
        {"customer": customer_id},
    )


class DueDate(Value):
    """The day of issue of an invoice, and the day on which it is due now."""

    issued_on: date
    due_on: date


def due_date_of(reader: Reader, invoice_id: int) -> DueDate:
    """When an invoice was issued, and when it is due."""
    (found,) = reader.facts(
        DueDate,
        """
        SELECT i.issued_on, o.due_on
        FROM invoice i
        JOIN invoice_open o ON o.invoice_id = i.id
        WHERE i.id = :id
        """,
        {"id": invoice_id},
    )
    return found


class CustomerMoney(Value):
    """What explanations need to know of a customer who pays; money in cents.

    `method_id` is the method that is charged by default, None where it cannot be charged now.
    """

    id: int
    slug: str
    payment_days: int
    has_own_days: bool
    grace_until_on: date | None
    method_id: int | None


def customer_money(reader: Reader, customer_id: int) -> CustomerMoney:
    """A customer as they pay: their days, and the method that is charged by default."""
    (found,) = reader.facts(
        CustomerMoney,
        f"""
        SELECT c.id, c.slug, coalesce(c.payment_days, :days) AS payment_days,
            c.payment_days IS NOT NULL AS has_own_days, c.grace_until_on, m.id AS method_id
        FROM customer c
        LEFT JOIN method m ON {is_default_of("m", "c.id")} AND {can_be_charged("m", ":today")}
        WHERE c.id = :id
        """,
        {"id": customer_id, "days": reader.setting_number("payment-days")},
    )
    return found


class Label(Value):
    """How a payment method is shown."""

    id: int
    label: str


def method_labels(reader: Reader, customer_id: int) -> dict[int, str]:
    """How a customer's payment methods are shown, removed ones too; none of an erased customer."""
    found = reader.facts(
        Label,
        """
        SELECT m.id, m.label
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.customer_id = :customer AND c.state <> 'erased'
        """,
        {"customer": customer_id},
    )
    return {method.id: method.label for method in found}


class PendingPayment(Value):
    """A payment that is being collected; asked for on a day, or still to be."""

    id: int
    amount_cents: int
    kind: MethodKind
    exported_on: date | None
    next_try_on: date | None


def pending_payments(reader: Reader, customer_id: int) -> list[PendingPayment]:
    """A customer's pending payments, in order of their ids."""
    return reader.facts(
        PendingPayment,
        """
        SELECT p.id, p.amount_cents, m.kind, p.exported_on, p.next_try_on
        FROM payment p
        JOIN method m ON m.id = p.method_id
        WHERE p.customer_id = :customer AND p.status = 'pending'
        ORDER BY p.id
        """,
        {"customer": customer_id},
    )


class DebtOrder(Value):
    """The open purchase order of a debt, which is always for all that is missing."""

    number: int
    total_cents: int


def debt_order(reader: Reader, customer_id: int) -> DebtOrder | None:
    """The order with which a customer pays the whole debt; None where there is none."""
    return reader.fact(
        DebtOrder,
        """
        SELECT number, total_cents
        FROM purchase_order
        WHERE customer_id = :customer AND kind = 'debt' AND status = 'not-paid'
        """,
        {"customer": customer_id},
    )


class GivenUp(Value):
    """A payment that is no longer awaited, and whose money was not recorded."""

    id: int
    amount_cents: int
    status: PaymentStatus


def given_up(reader: Reader, customer_id: int) -> list[GivenUp]:
    """The newest payment that failed or was cancelled after it was asked for (rules 10)."""
    return reader.facts(
        GivenUp,
        """
        SELECT p.id, p.amount_cents, p.status
        FROM payment p
        WHERE p.customer_id = :customer
            AND p.status IN ('failed', 'cancelled')
            AND p.tries > 0
            AND NOT EXISTS (SELECT 1 FROM ledger l WHERE l.payment_id = p.id)
        ORDER BY p.id DESC LIMIT 1
        """,
        {"customer": customer_id},
    )


def other_methods(reader: Reader, customer_id: int) -> list[Label]:
    """The methods that can be charged today and are not the default one, the newest first."""
    return reader.facts(
        Label,
        f"""
        SELECT m.id, m.label
        FROM method m
        WHERE m.customer_id = :customer
            AND m.is_default = 0
            AND m.removed_on IS NULL
            AND {can_be_charged("m", ":today")}
        ORDER BY m.id DESC LIMIT 2
        """,
        {"customer": customer_id},
    )


class HeldAccounts(Value):
    """How many accounts an unpaid invoice would suspend, and how many debt has suspended."""

    active: int
    suspended: int
    deletes_on: date | None


def held_by(reader: Reader, invoice_id: int) -> HeldAccounts:
    """How an invoice's accounts stand; those whose line was given back do not count (rules 9)."""
    (found,) = reader.facts(
        HeldAccounts,
        f"""
        WITH billed AS (
            SELECT a.deletes_on,
                CASE WHEN a.state = 'active' THEN 1 END AS is_active,
                CASE WHEN a.state = 'suspended' AND a.suspended_for = 'debt' THEN 1 END AS is_held
            FROM account a
            WHERE a.id IN (
                SELECT l.account_id
                FROM invoice_line l
                WHERE l.invoice_id = :id AND NOT {is_credited("l")}
            )
        )
        SELECT count(is_active) AS active, count(is_held) AS suspended,
            min(CASE WHEN is_held = 1 THEN deletes_on END) AS deletes_on
        FROM billed
        """,
        {"id": invoice_id},
    )
    return found
