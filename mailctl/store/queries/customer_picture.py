"""A customer on one screen: what they have, owe and wait for, counted in the database.

Each query is bounded by the customer's platforms, or gives the most urgent rows with their number:
the picture of ten thousand accounts costs what that of ten costs.
"""

from __future__ import annotations

from datetime import date

from mailctl.domain.notices import NoticeKind
from mailctl.domain.orders import OrderKind
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.states import PlatformRenewal, PlatformState
from mailctl.domain.tasks import TaskKind, TaskStatus
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import (
    document_number,
    entry_of,
    is_credited,
    is_uncovered,
    is_unsent,
    last_day_to_pay,
    renews_by_itself,
)
from mailctl.values import Value


class PlatformFigures(Value):
    """A platform that is not closed, and its accounts by state; `next_on` is their next event."""

    name: str
    offer: str
    state: PlatformState
    renewal: PlatformRenewal
    accounts_active: int
    accounts_suspended: int
    accounts_suspended_debt: int
    accounts_blank: int
    next_on: date | None


def platforms(reader: Reader, customer_id: int) -> list[PlatformFigures]:
    """A customer's platforms that are not closed: what needs a person first, then what is next."""
    return reader.facts(
        PlatformFigures,
        """
        WITH figures AS (
            SELECT
                a.platform_id,
                sum(CASE WHEN a.state = 'active' THEN 1 ELSE 0 END) AS active,
                sum(CASE WHEN a.state = 'suspended' THEN 1 ELSE 0 END) AS suspended,
                sum(CASE WHEN a.suspended_for = 'debt' THEN 1 ELSE 0 END) AS suspended_debt,
                sum(CASE WHEN a.address IS NULL THEN 1 ELSE 0 END) AS blank,
                min(a.next_on) AS next_on
            FROM platform x
            JOIN account a ON a.platform_id = x.id
            WHERE x.customer_id = :id AND a.state <> 'deleted'
            GROUP BY a.platform_id
        )
        SELECT
            p.name, o.name AS offer, p.state, p.renewal,
            coalesce(f.active, 0) AS accounts_active,
            coalesce(f.suspended, 0) AS accounts_suspended,
            coalesce(f.suspended_debt, 0) AS accounts_suspended_debt,
            coalesce(f.blank, 0) AS accounts_blank, f.next_on
        FROM platform p
        JOIN offer o ON o.id = p.offer_id
        LEFT JOIN figures f ON f.platform_id = p.id
        WHERE p.customer_id = :id AND p.state <> 'closed'
        ORDER BY
            CASE WHEN coalesce(f.suspended, 0) > 0 THEN 0 ELSE 1 END,
            CASE WHEN p.state = 'cancelled' THEN 0 ELSE 1 END,
            coalesce(f.next_on, '9999-12-31'), p.id
        """,
        {"id": customer_id},
    )


class OpenInvoice(Value):
    """An open invoice; `pay_by_on` is the last day to pay it, None where a payment covers it."""

    invoice: str
    issued_on: date
    due_on: date
    pay_by_on: date | None
    open_cents: int
    covered: bool


def open_invoices(reader: Reader, customer_id: int) -> list[OpenInvoice]:
    """A customer's open invoices, the oldest first: money settles them in this order."""
    return reader.facts(
        OpenInvoice,
        f"""
        SELECT {document_number("i")} AS invoice, i.issued_on, o.due_on,
            CASE WHEN {is_uncovered("o")} THEN {last_day_to_pay("o", "c")} END AS pay_by_on,
            o.open_cents, o.is_covered AS covered
        FROM invoice_open o
        JOIN invoice i ON i.id = o.invoice_id
        JOIN customer c ON c.id = o.customer_id
        WHERE o.customer_id = :id AND o.open_cents > 0
        ORDER BY i.id
        """,
        {"id": customer_id},
    )


class ToPay(Value):
    """What is to be paid by a day, in cents, and how many active accounts depend on it."""

    on: date
    cents: int
    invoices: int
    accounts: int


def to_pay(reader: Reader, customer_id: int) -> list[ToPay]:
    """The last days to pay what nothing covers, in order, with the accounts that hang on each."""
    return reader.facts(
        ToPay,
        f"""
        WITH uncovered AS (
            SELECT o.invoice_id, o.open_cents, {last_day_to_pay("o", "c")} AS last_on
            FROM invoice_open o
            JOIN customer c ON c.id = o.customer_id
            WHERE o.customer_id = :id AND {is_uncovered("o")}
        ),
        held AS (
            SELECT l.account_id, min(u.last_on) AS last_on
            FROM uncovered u
            JOIN invoice_line l ON l.invoice_id = u.invoice_id
            JOIN account a ON a.id = l.account_id
            WHERE a.state = 'active' AND NOT {is_credited("l")}
            GROUP BY l.account_id
        )
        SELECT u.last_on AS "on", CAST(sum(u.open_cents) AS BIGINT) AS cents,
            count(*) AS invoices,
            (SELECT count(*) FROM held h WHERE h.last_on = u.last_on) AS accounts
        FROM uncovered u
        GROUP BY u.last_on
        ORDER BY u.last_on
        """,
        {"id": customer_id},
    )


class Money(Value):
    """Money that came: when, how much, and how; `method` is the masked label of what it came by."""

    on: date
    cents: int
    kind: MovementKind
    method: str | None
    reference: str | None
    entry: int | None


def last_money(reader: Reader, customer_id: int) -> Money | None:
    """The newest money that came from a customer and was not taken back; None where none did."""
    return reader.fact(
        Money,
        f"""
        SELECT l.moved_on AS "on", l.amount_cents AS cents, l.kind,
            CASE WHEN c.state <> 'erased' THEN m.label END AS method, l.reference,
            {entry_of("l")} AS entry
        FROM ledger l
        JOIN customer c ON c.id = l.customer_id
        LEFT JOIN payment p ON p.id = l.payment_id
        LEFT JOIN method m ON m.id = p.method_id
        WHERE l.customer_id = :id
            AND l.kind IN ('credit', 'payment')
            AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
        ORDER BY l.seq DESC LIMIT 1
        """,
        {"id": customer_id},
    )


class PendingPayment(Value):
    """A payment without its final answer: to be exported, or handed over on `exported_on`."""

    id: int
    label: str
    amount_cents: int
    created_on: date
    exported_on: date | None
    next_try_on: date | None
    tries: int


def pending_payments(reader: Reader, customer_id: int) -> list[PendingPayment]:
    """A customer's pending payments, in order of their ids."""
    return reader.facts(
        PendingPayment,
        """
        SELECT p.id, m.label, p.amount_cents, p.created_on, p.exported_on,
            p.next_try_on, p.tries
        FROM payment p
        JOIN method m ON m.id = p.method_id
        WHERE p.customer_id = :id AND p.status = 'pending'
        ORDER BY p.id
        """,
        {"id": customer_id},
    )


class StuckNotice(Value):
    """A notice that the customer has not got: still to be sent, or refused for good."""

    id: int
    kind: NoticeKind
    queued_on: date
    state: str
    last_error: str | None


# Once a later one was sent, the address works: what it refused before is history.
_STUCK = f"""
    stuck AS (
        SELECT n.id, n.kind, n.queued_on, n.ended_for, n.last_error, n.customer_id
        FROM notice n
        WHERE n.customer_id = :id
            AND (
                {is_unsent("n")}
                OR n.ended_for = 'refused'
                AND n.id > coalesce((
                    SELECT max(s.id)
                    FROM notice s
                    WHERE s.customer_id = :id AND s.sent_at IS NOT NULL
                ), 0)
            )
    )
"""


def first_suspended(reader: Reader, customer_id: int) -> int | None:
    """The suspended account that is deleted first; None where there is none."""
    found = reader.numbers(
        """
        SELECT a.id
        FROM platform p
        JOIN account a ON a.platform_id = p.id AND a.state = 'suspended'
        WHERE p.customer_id = :id
        ORDER BY a.deletes_on, a.id LIMIT 1
        """,
        {"id": customer_id},
    )
    return found[0] if found else None


def stuck_notices(reader: Reader, customer_id: int, most: int) -> list[StuckNotice]:
    """What has not reached a customer: refused ones first, then the oldest that wait."""
    return reader.facts(
        StuckNotice,
        f"""
        WITH {_STUCK}
        SELECT n.id, n.kind, n.queued_on, coalesce(n.ended_for, 'queued') AS state,
            CASE WHEN c.state <> 'erased' THEN n.last_error END AS last_error
        FROM stuck n
        JOIN customer c ON c.id = n.customer_id
        ORDER BY CASE WHEN n.ended_for IS NULL THEN 1 ELSE 0 END, n.id LIMIT :most
        """,
        {"id": customer_id, "most": most},
    )


# CROSS JOIN: from the one customer to the tasks, not through all tasks that wait.
_WAITING = """
    waiting AS (
        SELECT t.id, t.account_id, t.address, t.kind, t.asked_on, t.status, t.reason
        FROM platform p
        CROSS JOIN account a
        CROSS JOIN task t
        WHERE p.customer_id = :id
            AND a.platform_id = p.id
            AND t.account_id = a.id
            AND t.status IN ('todo', 'failed')
    )
"""


class Counted(Value):
    """How many notices and tasks of a customer wait, and how many failed for good."""

    notices_unsent: int
    notices_refused: int
    tasks_todo: int
    tasks_failed: int


def counted(reader: Reader, customer_id: int) -> Counted:
    """The numbers behind the lists of notices and tasks, which show the most urgent alone."""
    (found,) = reader.facts(
        Counted,
        f"""
        WITH {_STUCK},
        {_WAITING}
        SELECT
            (SELECT count(*) FROM stuck WHERE ended_for IS NULL) AS notices_unsent,
            (SELECT count(*) FROM stuck WHERE ended_for IS NOT NULL) AS notices_refused,
            (SELECT count(*) FROM waiting WHERE status = 'todo') AS tasks_todo,
            (SELECT count(*) FROM waiting WHERE status = 'failed') AS tasks_failed
        """,
        {"id": customer_id},
    )
    return found


class WaitingTask(Value):
    """What the mail server has not done for a customer yet, or could not do."""

    id: int
    account: int
    address: str | None
    kind: TaskKind
    on: date
    status: TaskStatus
    reason: str | None


def waiting_tasks(reader: Reader, customer_id: int, most: int) -> list[WaitingTask]:
    """What the mail server has still to do for a customer: failed ones first, then the oldest."""
    return reader.facts(
        WaitingTask,
        f"""
        WITH {_WAITING}
        SELECT t.id, t.account_id AS account, t.address, t.kind, t.asked_on AS "on", t.status,
            t.reason
        FROM waiting t
        ORDER BY CASE WHEN t.status = 'failed' THEN 0 ELSE 1 END, t.id LIMIT :most
        """,
        {"id": customer_id, "most": most},
    )


class OpenOrder(Value):
    """An order that waits for its money; it ends after `valid_until_on`, a debt's never."""

    number: int
    kind: OrderKind
    ordered_on: date
    valid_until_on: date | None
    total_cents: int


def open_orders(reader: Reader, customer_id: int) -> list[OpenOrder]:
    """A customer's orders that wait for money, in order of their numbers."""
    return reader.facts(
        OpenOrder,
        """
        SELECT number, kind, ordered_on, valid_until_on, total_cents
        FROM purchase_order
        WHERE customer_id = :id AND status = 'not-paid'
        ORDER BY number
        """,
        {"id": customer_id},
    )


class AccountsComing(Value):
    """How many accounts of a customer renew, are suspended or are deleted on a day."""

    on: date
    event: str
    accounts: int


def accounts_coming(reader: Reader, customer_id: int, most: int) -> list[AccountsComing]:
    """The next events of a customer's accounts, a row for each day and event."""
    return reader.facts(
        AccountsComing,
        f"""
        WITH ahead AS (
            SELECT a.next_on,
                CASE
                    WHEN a.state = 'suspended' THEN 'deletion'
                    WHEN {renews_by_itself("a", "p")} THEN 'renewal'
                    ELSE 'suspension'
                END AS event
            FROM platform p
            JOIN account a ON a.platform_id = p.id
            WHERE p.customer_id = :id AND a.next_on IS NOT NULL
        )
        SELECT next_on AS "on", event, count(*) AS accounts
        FROM ahead
        GROUP BY next_on, event
        ORDER BY next_on, event LIMIT :most
        """,
        {"id": customer_id, "most": most},
    )
