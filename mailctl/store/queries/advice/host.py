"""The host itself: its clock, its prices, and what its mail server has not done."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.clock import FIRST_DAY
from mailctl.store.queries.advice.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When the store last let time pass, and the day that it was made."""

    last_tick_on: str | None
    last_tick_at: str | None
    made_on: str


def clock(scope: Scope) -> Clock:
    """The store's clock."""
    (found,) = scope.read(
        Clock,
        "SELECT k.last_tick_on, k.last_tick_at, "
        "(SELECT b.happened_on FROM batch b WHERE b.id = 1) AS made_on FROM clock k",
    )
    return found


def has_invoices(scope: Scope) -> bool:
    """Whether anything was ever billed."""
    return scope.reader.row("SELECT 1 FROM invoice LIMIT 1") is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShippedPrice:
    """A price that still is the example that mailctl came with; net cents."""

    offer: str
    period: str
    cents: int


def shipped_prices(scope: Scope) -> list[ShippedPrice]:
    """The shipped prices that accounts renew at today, by themselves or through offers like them.

    Each offer in use is followed to the one whose price holds for it.
    """
    return scope.read(
        ShippedPrice,
        "WITH RECURSIVE used (offer_id, period) AS ("
        "SELECT DISTINCT p.offer_id, a.renewal FROM account a "
        "JOIN platform p ON p.id = a.platform_id WHERE a.state <> 'deleted' "
        "AND a.renewal <> 'none' UNION "
        "SELECT f.like_id, u.period FROM used u JOIN offer f ON f.id = u.offer_id "
        "WHERE f.like_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM price x "
        "WHERE x.offer_id = u.offer_id AND x.period = u.period AND x.from_on <= :today)) "
        "SELECT f.name AS offer, r.period, r.cents FROM used u JOIN offer f ON f.id = u.offer_id "
        "JOIN price r ON r.offer_id = f.id AND r.period = u.period AND r.from_on = :first "
        "WHERE NOT EXISTS (SELECT 1 FROM price x WHERE x.offer_id = r.offer_id "
        "AND x.period = r.period AND x.from_on > :first AND x.from_on <= :today) "
        "ORDER BY f.id, r.period",
        {"first": FIRST_DAY.isoformat()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedTask:
    """Something that the mail server could not do."""

    customer: str
    id: int
    kind: str
    address: str
    asked_on: str
    reason: str | None


def failed_tasks(scope: Scope) -> list[FailedTask]:
    """The tasks that failed, by id."""
    return scope.read(
        FailedTask,
        f"SELECT c.slug AS customer, t.id, t.kind, t.address, t.asked_on, t.reason {_TASKS}"
        f"WHERE t.status = 'failed' {scope.only}ORDER BY t.id",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTasks:
    """Tasks that nobody has done or failed: how many, since when, and of whom if it is one."""

    tasks: int
    since_on: str | None
    customer: str | None


def waiting_tasks(scope: Scope, *, before_on: str) -> WaitingTasks:
    """The tasks that were asked for before a day and are still to be done."""
    (found,) = scope.read(
        WaitingTasks,
        "SELECT count(*) AS tasks, min(t.asked_on) AS since_on, "
        f"CASE WHEN min(c.slug) = max(c.slug) THEN min(c.slug) END AS customer {_TASKS}"
        f"WHERE t.status = 'todo' AND t.asked_on < :before {scope.only}",
        {"before": before_on},
    )
    return found


_TASKS = (
    "FROM task t JOIN account a ON a.id = t.account_id JOIN platform p ON p.id = a.platform_id "
    "JOIN customer c ON c.id = p.customer_id "
)
