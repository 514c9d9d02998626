"""The host itself: its clock, its prices, and what its mail server has not done."""

from __future__ import annotations

from datetime import date

from mailctl.clock import FIRST_DAY
from mailctl.domain.tasks import TaskKind
from mailctl.domain.terms import Period
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import is_example_price, is_unasked
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class LastTick(Value):
    """When the last tick ran, and the day on which the store was made."""

    last_tick_on: date | None
    last_tick_at: str | None
    made_on: date


def last_tick(scope: Scope) -> LastTick:
    """The store's last tick."""
    (found,) = scope.facts(
        LastTick,
        """
        SELECT k.last_tick_on, k.last_tick_at,
            (SELECT b.happened_on FROM batch b WHERE b.id = 1) AS made_on
        FROM clock k
        """,
    )
    return found


def has_invoices(scope: Scope) -> bool:
    """Whether anything was ever billed."""
    return scope.reader.exists("SELECT 1 FROM invoice LIMIT 1")


def has_unasked(reader: Reader) -> bool:
    """Whether a payment waits to be handed over."""
    return reader.exists(f"SELECT 1 FROM payment p WHERE {is_unasked('p')} LIMIT 1")


class ShippedPrice(Value):
    """A price that still is the example that mailctl came with; net cents."""

    offer: str
    period: Period
    cents: int


def shipped_prices(scope: Scope) -> list[ShippedPrice]:
    """The shipped prices that accounts renew at today, by themselves or through offers like them.

    Each offer in use is followed to the one whose price holds for it.
    """
    return scope.facts(
        ShippedPrice,
        f"""
        WITH RECURSIVE used (offer_id, period) AS (
            SELECT DISTINCT p.offer_id, a.renewal
            FROM account a
            CROSS JOIN platform p
            WHERE p.id = a.platform_id
                AND a.state IN ('active', 'suspended')
                AND a.renewal <> 'none'
            UNION
            SELECT f.like_id, u.period
            FROM used u
            JOIN offer f ON f.id = u.offer_id
            WHERE f.like_id IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM price x
                    WHERE x.offer_id = u.offer_id AND x.period = u.period AND x.from_on <= :today
                )
        )
        SELECT f.name AS offer, r.period, r.cents
        FROM used u
        JOIN offer f ON f.id = u.offer_id
        JOIN price r ON r.offer_id = f.id AND r.period = u.period
        WHERE {is_example_price("r")}
        ORDER BY f.id, r.period
        """,
        {"first": FIRST_DAY},
    )


_TASKS = """
    FROM task t
    JOIN account a ON a.id = t.account_id
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
"""


class FailedTask(Value):
    """Something that the mail server could not do."""

    customer: str
    id: int
    kind: TaskKind
    address: str | None
    account: int
    reason: str | None


def failed_tasks(scope: Scope) -> list[FailedTask]:
    """The tasks that failed, by id."""
    return scope.facts(
        FailedTask,
        f"""
        SELECT c.slug AS customer, t.id, t.kind, t.address, t.account_id AS account, t.reason
        {_TASKS}
        WHERE t.status = 'failed' {scope.only}
        ORDER BY t.id
        """,
    )


class WaitingTasks(Value):
    """Tasks that nobody has done or failed: how many, since when, and whose if of one customer.

    `reason` is what the driver said last of one of them.
    """

    tasks: int
    since_on: date | None
    customer: str | None
    reason: str | None


def waiting_tasks(scope: Scope, *, before_on: date) -> WaitingTasks:
    """The tasks that were asked for before a day and are still to be done."""
    (found,) = scope.facts(
        WaitingTasks,
        f"""
        SELECT count(*) AS tasks, min(t.asked_on) AS since_on,
            CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer,
            max(t.reason) AS reason
        {_TASKS}
        WHERE t.status = 'todo' AND t.asked_on < :before AND {_is_given(scope)} {scope.only}
        """,
        {"before": before_on},
    )
    return found


def _is_given(scope: Scope) -> str:
    """SQL for whether a task can be done as it is: with a driver the mailbox must be adopted."""
    if not scope.reader.setting("driver"):
        return "1 = 1"
    return "EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = t.account_id)"


class Unadopted(Value):
    """Accounts without a mailbox that the driver looks after, and how many tasks wait for that."""

    accounts: int
    tasks: int
    customer: str | None


def unadopted(scope: Scope) -> Unadopted:
    """The accounts with an address or a task to be done whose mailboxes are not adopted."""
    (found,) = scope.facts(
        Unadopted,
        f"""
        WITH waiting AS (
            SELECT t.account_id, count(*) AS tasks
            FROM task t
            WHERE t.status = 'todo'
            GROUP BY t.account_id
        )
        SELECT count(*) AS accounts, CAST(coalesce(sum(w.tasks), 0) AS BIGINT) AS tasks,
            CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        JOIN customer c ON c.id = p.customer_id
        LEFT JOIN waiting w ON w.account_id = a.id
        WHERE (w.account_id IS NOT NULL OR (a.deleted_on IS NULL AND a.address IS NOT NULL))
            AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id)
            {scope.only}
        """,
    )
    return found
