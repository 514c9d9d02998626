"""What explanations are made of: journal rows, billed terms, documents, orders (rules 13)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.domain.orders import OrderKind, OrderStatus
from mailctl.domain.states import CustomerState
from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.domain.tax import TaxCategory
from mailctl.domain.terms import Period
from mailctl.store import invoices
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import (
    among,
    document_number,
    has_its_money,
    is_unannounced,
    numbered,
    task_reason,
)
from mailctl.values import Value, replace


class Event(Value):
    """A journal row with who caused it; of erased customers the personal details are missing."""

    seq: int
    batch: int
    on: date
    actor: str
    command: str
    kind: str
    subject: str
    plain: dict[str, object] | None
    personal: dict[str, object] | None

    @property
    def details(self) -> Mapping[str, object]:
        """All details that are still known."""
        return {**(self.plain or {}), **(self.personal or {})}

    def text(self, name: str) -> str | None:
        """A detail as text; None where it is missing."""
        value = self.details.get(name)
        return None if value is None else str(value)

    def number(self, name: str) -> int:
        """A detail that is an integer."""
        return int(str(self.details[name]))

    def day(self, name: str) -> date:
        """A detail that is a date."""
        return date.fromisoformat(str(self.details[name]))


def events(
    reader: Reader, *subjects: str, kinds: tuple[str, ...] = (), batch: int | None = None
) -> list[Event]:
    """What the journal says of these subjects, oldest first; only some kinds, or of one batch."""
    of_kinds = f"AND j.kind IN {among('kind', kinds)}" if kinds else ""
    of_batch = "AND j.batch = :batch" if batch is not None else ""
    return reader.facts(
        Event,
        f"""
        SELECT j.seq, j.batch, j.happened_on AS "on", b.actor, b.command, j.kind, j.subject,
            j.details AS plain, q.details AS personal
        FROM journal j
        JOIN batch b ON b.id = j.batch
        LEFT JOIN journal_personal q ON q.seq = j.seq
        WHERE j.subject IN {among("subject", subjects)}
            {of_kinds}
            {of_batch}
        ORDER BY j.seq
        """,
        {**numbered("subject", subjects), **numbered("kind", kinds), "batch": batch},
    )


class BilledTerm(Value):
    """A line of an invoice: one account's term, its price in net cents, its credit note."""

    account_id: int
    address: str | None
    platform: str
    offer_id: int
    offer: str
    period: Period
    starts_on: date
    ends_on: date
    unit_cents: int
    invoice_id: int
    invoice: str
    order_number: int | None
    credit_note: str | None
    credited_on: date | None


_TERMS = f"""
    SELECT l.account_id, l.address, p.name AS platform, l.offer_id, o.name AS offer, l.period,
        l.period_start_on AS starts_on, l.period_end_on AS ends_on, l.unit_cents,
        i.id AS invoice_id, {document_number("i")} AS invoice, i.order_number,
        {document_number("n")} AS credit_note, n.issued_on AS credited_on
    FROM invoice_line l
    JOIN invoice i ON i.id = l.invoice_id
    JOIN offer o ON o.id = l.offer_id
    JOIN account a ON a.id = l.account_id
    JOIN platform p ON p.id = a.platform_id
    LEFT JOIN credit_line k ON k.account_id = l.account_id AND k.period_start_on = l.period_start_on
    LEFT JOIN invoice n ON n.id = k.invoice_id
"""
_IN_ORDER = "ORDER BY l.account_id, l.period_start_on"
_OF_ACCOUNT = f"{_TERMS} WHERE l.account_id = :id {_IN_ORDER}"
_OF_INVOICE = f"{_TERMS} WHERE l.invoice_id = :id {_IN_ORDER}"
_OF_CREDIT_NOTE = f"""
    {_TERMS}
    WHERE (l.account_id, l.period_start_on) IN (
        SELECT c.account_id, c.period_start_on FROM credit_line c WHERE c.invoice_id = :id
    )
    {_IN_ORDER}
"""


def terms_of_account(reader: Reader, account_id: int) -> list[BilledTerm]:
    """Every term that an account was billed for, oldest first."""
    return reader.facts(BilledTerm, _OF_ACCOUNT, {"id": account_id})


def terms_of_document(reader: Reader, document_id: int) -> list[BilledTerm]:
    """The lines of an invoice, or those that a credit note gave back, as they are numbered."""
    found = reader.facts(BilledTerm, _OF_INVOICE, {"id": document_id})
    return found or reader.facts(BilledTerm, _OF_CREDIT_NOTE, {"id": document_id})


class FirstPrice(Value):
    """A price that a store began with: net cents that hold from the first day."""

    offer: str
    period: Period
    cents: int


def first_prices(reader: Reader, first_day: date) -> list[FirstPrice]:
    """What the store began with."""
    return reader.facts(
        FirstPrice,
        """
        SELECT o.name AS offer, p.period, p.cents
        FROM price p
        JOIN offer o ON o.id = p.offer_id
        WHERE p.from_on = :first
        ORDER BY o.id, p.period
        """,
        {"first": first_day},
    )


class DatedRate(Value):
    """A tax rate in hundredths of a percent, and the day from which it holds."""

    from_on: date
    rate: int


def rates(reader: Reader, country: str) -> list[DatedRate]:
    """A country's tax rates, oldest first."""
    return reader.facts(
        DatedRate,
        "SELECT from_on, rate FROM tax_rate WHERE country = :country ORDER BY from_on",
        {"country": country},
    )


def offer_and_models(reader: Reader, offer_id: int) -> list[str]:
    """The names of an offer and of those that it is like, nearest first (rules 3)."""
    return reader.texts(
        """
        WITH RECURSIVE line (id, name, like_id, depth) AS (
            SELECT o.id, o.name, o.like_id, 0
            FROM offer o
            WHERE o.id = :offer
            UNION ALL
            SELECT o.id, o.name, o.like_id, line.depth + 1
            FROM line
            JOIN offer o ON o.id = line.like_id AND o.id < line.id
        )
        SELECT name
        FROM line
        ORDER BY depth
        """,
        {"offer": offer_id},
    )


class AccountOrder(Value):
    """An extension or reopening of an account that waits, or waited, for its money."""

    number: int
    kind: OrderKind
    status: OrderStatus
    total_cents: int
    valid_until_on: date | None
    has_come: bool


def orders_of_account(reader: Reader, account_id: int, platform_id: int) -> list[AccountOrder]:
    """The orders that name an account, in order of their numbers."""
    return reader.facts(
        AccountOrder,
        f"""
        SELECT o.number, o.kind, o.status, o.total_cents, o.valid_until_on,
            CASE WHEN {has_its_money("o")} THEN 1 ELSE 0 END AS has_come
        FROM purchase_order o
        WHERE o.platform_id = :platform
            AND EXISTS (
                SELECT 1
                FROM order_line l
                WHERE l.order_number = o.number AND l.account_id = :account
            )
        ORDER BY o.number
        """,
        {"platform": platform_id, "account": account_id},
    )


class AccountDays(Value):
    """Since when an account is suspended or deleted, and the day of its next event."""

    suspended_on: date | None
    deleted_on: date | None
    next_on: date | None


def days_of_account(reader: Reader, account_id: int) -> AccountDays:
    """The days of an account that an explanation names."""
    (found,) = reader.facts(
        AccountDays,
        "SELECT suspended_on, deleted_on, next_on FROM account WHERE id = :id",
        {"id": account_id},
    )
    return found


def waits_for_its_notice(reader: Reader, account_id: int) -> bool:
    """Whether the notice of an account's suspension is still to be sent (rules 6)."""
    return reader.exists(
        f"""
        SELECT 1
        FROM account a
        JOIN notice n ON n.id = a.suspension_notice_id
        WHERE a.id = :id AND {is_unannounced("n")}
        """,
        {"id": account_id},
    )


class MailTask(Value):
    """A task of the mail server; `answered_on` is when its last result was recorded.

    `waits_for` is what another account must give up before, if anything.
    """

    id: int
    kind: TaskKind
    address: str | None
    asked_on: date
    status: TaskStatus
    reason: str | None
    next_try_at: str | None
    holds: bool
    waits_for: int | None
    answered_on: date | None = None


_ANSWERS = ("task-done", "task-failed", "task-delayed", "task-skipped")


def tasks_of_account(reader: Reader, account_id: int) -> list[MailTask]:
    """What was asked of the mail server for an account, in that order."""
    answers = {
        event.number("task"): event.on
        for event in events(reader, f"account/{account_id}", kinds=_ANSWERS)
    }
    tasks = reader.facts(
        MailTask,
        f"""
        SELECT t.id, t.kind, t.address, t.asked_on, t.status, {task_reason("t")} AS reason,
            t.next_try_at,
            CASE
                WHEN t.status = 'todo' THEN 1
                WHEN t.status <> 'failed' OR t.kind = 'password' THEN 0
                WHEN t.kind = 'export' AND t.folder IS NOT NULL THEN 0
                ELSE 1
            END AS holds,
            CASE
                WHEN t.status = 'todo' AND t.kind IN ('create', 'rename') THEN (
                    SELECT min(e.id)
                    FROM task e
                    WHERE e.id < t.id
                        AND e.account_id <> t.account_id
                        AND e.status IN ('todo', 'failed')
                        AND (
                            (e.kind = 'rename' AND e.old_address = t.address)
                            OR (e.kind IN ('wipe', 'delete') AND e.address = t.address)
                        )
                        AND NOT EXISTS (
                            SELECT 1
                            FROM task r
                            WHERE e.kind = 'delete'
                                AND r.account_id = e.account_id
                                AND r.kind = 'rename'
                                AND r.address IS NULL
                                AND r.status = 'done'
                                AND r.id < e.id
                        )
                )
            END AS waits_for
        FROM task t
        WHERE t.account_id = :account
        ORDER BY t.id
        """,
        {"account": account_id},
    )
    return [replace(task, answered_on=answers.get(task.id)) for task in tasks]


class Document(Value):
    """An invoice or a credit note with how it stands; money in cents, the rate in 1/100 %."""

    id: int
    number: str
    is_credit_note: bool
    customer_id: int
    customer: str
    customer_state: CustomerState
    order_number: int | None
    corrects: str | None
    issued_on: date
    net_cents: int
    tax_rate: int
    tax_category: TaxCategory
    tax_cents: int
    total_cents: int
    tax_note: str | None
    seller: dict[str, str | None]
    buyer_country: str
    buyer_vat_number: str | None
    buyer_legal_id: str | None
    reason: str | None
    due_on: date | None
    paid_on: date | None
    open_cents: int
    is_covered: bool

    @property
    def is_erased(self) -> bool:
        """Whether the customer's personal details are gone."""
        return self.customer_state is CustomerState.ERASED

    @property
    def seller_country(self) -> str:
        """The country of the seller as the document names it."""
        return str(self.seller["country"])


_DOCUMENT = f"""
    SELECT i.id, {document_number("i")} AS number,
        CASE WHEN i.series = 'AV' THEN 1 ELSE 0 END AS is_credit_note,
        i.customer_id, c.slug AS customer, c.state AS customer_state, i.order_number,
        {document_number("x")} AS corrects,
        i.issued_on, i.net_cents, i.tax_rate, i.tax_category, i.tax_cents, i.total_cents,
        i.tax_note, i.seller, i.buyer_country, i.buyer_vat_number, i.buyer_legal_id, i.reason,
        v.due_on, v.paid_on,
        coalesce(v.open_cents, 0) AS open_cents,
        coalesce(v.is_covered, 0) AS is_covered
    FROM invoice i
    JOIN customer c ON c.id = i.customer_id
    LEFT JOIN invoice_open v ON v.invoice_id = i.id
    LEFT JOIN invoice x ON x.id = i.corrects_id
    WHERE i.id = :id
"""


def document(reader: Reader, number: str) -> Document:
    """The document of that number; InvoiceNotFoundError with close numbers else."""
    (found,) = reader.facts(Document, _DOCUMENT, {"id": invoices.find(reader, number).id})
    return found
