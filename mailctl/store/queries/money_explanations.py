"""What explanations say of money: movements, debts, what pending payments would bring (SPEC 9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.store.engine.dialect import DOCUMENT_NUMBER, OVERDUE
from mailctl.store.engine.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A ledger row with the documents that it concerns; `document_id` is its invoice or note.

    `corrects_id` is the invoice that a credit note gives back, `reverses` the row that a reversal
    undoes.
    """

    id: int
    seq: int
    on: date
    kind: str
    amount_cents: int
    after_cents: int
    order_number: int | None
    payment_id: int | None
    document_id: int | None
    document: str | None
    corrects_id: int | None
    reverses: int | None
    reason: str | None


def movements(reader: Reader, customer_id: int, *, until_id: int | None = None) -> list[Movement]:
    """Every movement of a customer's prepaid account, oldest first; up to a row's key."""
    return [
        Movement(
            id=row[0],
            seq=row[1],
            on=date.fromisoformat(row[2]),
            kind=row[3],
            amount_cents=row[4],
            after_cents=row[5],
            order_number=row[6],
            payment_id=row[7],
            document_id=row[8],
            document=row[9],
            corrects_id=row[10],
            reverses=row[11],
            reason=row[12],
        )
        for row in reader.execute(
            "SELECT l.id, l.seq, l.moved_on, l.kind, l.amount_cents, l.after_cents, "
            f"l.order_number, l.payment_id, l.invoice_id, {DOCUMENT_NUMBER.format('i')}, "
            "i.corrects_id, r.seq, l.reason FROM ledger l "
            "LEFT JOIN invoice i ON i.id = l.invoice_id "
            "LEFT JOIN ledger r ON r.id = l.reverses_id WHERE l.customer_id = :customer "
            "AND l.id <= coalesce(:until, l.id) ORDER BY l.seq",
            {"customer": customer_id, "until": until_id},
        )
    ]


def last_ledger_id(reader: Reader, batch: int) -> int:
    """The newest ledger row that a batch, or one before it, covers."""
    return reader.number("SELECT last_ledger_id FROM batch WHERE id = :id", {"id": batch})


def actor_of(reader: Reader, ledger_id: int) -> str:
    """Who caused a movement."""
    row = reader.row(
        "SELECT actor FROM batch WHERE last_ledger_id >= :id ORDER BY id LIMIT 1", {"id": ledger_id}
    )
    return str(row[0]) if row else "?"


def origin_of(reader: Reader, document_id: int) -> tuple[int, str]:
    """The batch that made an invoice or a credit note, and who caused it."""
    row = reader.row(
        "SELECT id, actor FROM batch WHERE last_invoice_id >= :id ORDER BY id LIMIT 1",
        {"id": document_id},
    )
    assert row is not None, "every document belongs to a batch"
    return int(str(row[0])), str(row[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An invoice and by when it is, or was at first, to be paid."""

    id: int
    number: str
    due_on: date
    open_cents: int
    is_covered: bool
    is_overdue: bool


def billing_account(reader: Reader, account_id: int) -> list[Due]:
    """The invoices with a line of the account that no credit note gave back, the oldest first."""
    return [
        Due(
            id=row[0],
            number=row[1],
            due_on=date.fromisoformat(row[2]),
            open_cents=row[3],
            is_covered=bool(row[4]),
            is_overdue=bool(row[5]),
        )
        for row in reader.execute(
            f"SELECT DISTINCT i.id, {DOCUMENT_NUMBER.format('i')}, o.due_on, o.open_cents, "
            f"o.is_covered, CASE WHEN {OVERDUE.format('c')} THEN 1 ELSE 0 END "
            "FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id "
            "JOIN invoice_open o ON o.invoice_id = i.id JOIN customer c ON c.id = o.customer_id "
            "LEFT JOIN credit_line k ON k.account_id = l.account_id "
            "AND k.period_start_on = l.period_start_on "
            "WHERE l.account_id = :account AND k.invoice_id IS NULL ORDER BY i.id",
            {"account": account_id, "today": reader.today.isoformat()},
        )
    ]


def last_overdue(reader: Reader, customer_id: int) -> str | None:
    """The newest overdue invoice of a customer: once it is paid, so are all older ones."""
    row = reader.row(
        f"SELECT {DOCUMENT_NUMBER.format('i')} FROM invoice_open o "
        "JOIN invoice i ON i.id = o.invoice_id JOIN customer c ON c.id = o.customer_id "
        f"WHERE o.customer_id = :customer AND {OVERDUE.format('c')} ORDER BY i.id DESC LIMIT 1",
        {"customer": customer_id, "today": reader.today.isoformat()},
    )
    return None if row is None else str(row[0])


def due_on_of(reader: Reader, invoice_id: int) -> tuple[date, date]:
    """The day of issue of an invoice, and the day on which it is due now."""
    (row,) = reader.execute(
        "SELECT i.issued_on, o.due_on FROM invoice i JOIN invoice_open o ON o.invoice_id = i.id "
        "WHERE i.id = :id",
        {"id": invoice_id},
    )
    return date.fromisoformat(row[0]), date.fromisoformat(row[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Payer:
    """What the explanations need to know of a customer; money in cents."""

    id: int
    slug: str
    country: str
    has_vat_number: bool
    balance_cents: int
    payment_days: int
    has_own_days: bool
    grace_until_on: date | None
    uncollected_cents: int
    method_id: int | None


def payer(reader: Reader, customer_id: int) -> Payer:
    """A customer as they pay: their days, their balance, the method that is charged by default."""
    (row,) = reader.execute(
        "SELECT c.slug, c.country, c.vat_number IS NOT NULL, c.balance_cents, c.payment_days, "
        "c.grace_until_on, c.uncollected_cents, m.id FROM customer c "
        "LEFT JOIN method m ON m.customer_id = c.id AND m.is_default = 1 "
        "AND m.removed_on IS NULL AND (m.expires_on IS NULL OR m.expires_on >= :month) "
        "WHERE c.id = :id",
        {"id": customer_id, "month": reader.today.isoformat()[:7]},
    )
    return Payer(
        id=customer_id,
        slug=row[0],
        country=row[1],
        has_vat_number=bool(row[2]),
        balance_cents=row[3],
        payment_days=reader.setting_number("payment-days") if row[4] is None else row[4],
        has_own_days=row[4] is not None,
        grace_until_on=date.fromisoformat(row[5]) if row[5] else None,
        uncollected_cents=row[6],
        method_id=row[7],
    )


def method_labels(reader: Reader, customer_id: int) -> dict[int, str]:
    """How a customer's payment methods are shown, removed ones too; none of an erased customer."""
    rows = reader.execute(
        "SELECT m.id, m.label FROM method m JOIN customer c ON c.id = m.customer_id "
        "WHERE m.customer_id = :customer AND c.state <> 'erased'",
        {"customer": customer_id},
    )
    return {int(row[0]): str(row[1]) for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A payment that is being collected; asked for on a day, or still to be."""

    id: int
    amount_cents: int
    kind: str
    exported_on: date | None
    next_try_on: date | None


def pending(reader: Reader, customer_id: int) -> list[Pending]:
    """A customer's pending payments, in order of their ids."""
    return [
        Pending(
            id=row[0],
            amount_cents=row[1],
            kind=row[2],
            exported_on=date.fromisoformat(row[3]) if row[3] else None,
            next_try_on=date.fromisoformat(row[4]) if row[4] else None,
        )
        for row in reader.execute(
            "SELECT p.id, p.amount_cents, m.kind, p.exported_on, p.next_try_on FROM payment p "
            "JOIN method m ON m.id = p.method_id "
            "WHERE p.customer_id = :customer AND p.status = 'pending' ORDER BY p.id",
            {"customer": customer_id},
        )
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The accounts that would be, and those that are, suspended while an invoice is not paid."""

    active: int
    suspended: int
    deletes_on: date | None


def held_by(reader: Reader, invoice_id: int) -> Held:
    """How an invoice's accounts stand; those whose line was given back do not count (SPEC 9)."""
    (row,) = reader.execute(
        "SELECT count(CASE WHEN a.state = 'active' THEN 1 END), "
        "count(CASE WHEN a.state = 'suspended' AND a.suspended_for = 'debt' THEN 1 END), "
        "min(CASE WHEN a.state = 'suspended' AND a.suspended_for = 'debt' THEN a.deletes_on END) "
        "FROM account a WHERE a.id IN (SELECT l.account_id FROM invoice_line l "
        "LEFT JOIN credit_line k ON k.account_id = l.account_id "
        "AND k.period_start_on = l.period_start_on "
        "WHERE l.invoice_id = :id AND k.invoice_id IS NULL)",
        {"id": invoice_id},
    )
    return Held(
        active=row[0],
        suspended=row[1],
        deletes_on=date.fromisoformat(row[2]) if row[2] else None,
    )
