"""One step of the tick: everything that is due on or before its day, in this order (SPEC 11).

What is due is found through the index of what comes next, and is the outer loop of every join
(CROSS JOIN, and `ORDER BY +id`, which no index answers): a day costs what it has to do, however
many accounts there are.

A step runs inside a transaction whose `today` is the step's day, so every delay that it starts
counts from that day: a missed cron never shortens anybody's grace (SPEC 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.billing.rescue import lift_suspensions
from mailctl.effects import account_sets
from mailctl.store import checks, notices
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import ON_EXPIRED_CARD
from mailctl.tick import (
    cancel_orders,
    delete_retained,
    fail_expired,
    remind,
    renew_due,
    set_aside,
    suspend_expired,
    suspend_overdue,
)
from mailctl.tick.counts import Counts


class DayBrokenError(Exception):
    """The day's rows would break an invariant for customers, by their keys, with the reasons.

    Whoever lives days rolls back, and lives this one again with the customers set aside.
    """

    def __init__(self, day: date, customers: dict[int, str]) -> None:
        super().__init__(day, customers)
        self.day = day
        self.customers = customers


def live(transaction: Transaction, counts: Counts, *, last: date, aside: Mapping[int, str]) -> None:
    """Do everything that is due today; with nothing due, a few index probes.

    `last` is the day of the step before this one; customers in `aside` are left alone. Raises
    DayBrokenError where the books would not be right for others.
    """
    if not (_anything_due(transaction) or remind.is_due(transaction, last)):
        return
    account_sets.prepare(transaction)
    account_sets.empty(transaction, "told", "set_aside", "lifted")
    counts.set_aside.update(set_aside.find(transaction, aside))
    before = checks.marks(transaction)
    notices_before = transaction.number("SELECT max(id) FROM notice")
    _steps(transaction, counts, last)
    broken = checks.of_the_day(transaction, before)
    if broken:
        raise DayBrokenError(transaction.today, broken)
    notices.record_queued(transaction, notices_before)
    counts.notices += transaction.number(
        "SELECT count(*) FROM notice WHERE id > :before", {"before": notices_before}
    )
    transaction.close_batch()


def _steps(transaction: Transaction, counts: Counts, last: date) -> None:
    ended = cancel_orders.run(transaction)
    counts.orders_cancelled += ended.cancelled
    counts.invoices += ended.invoices
    counts.billed_cents += ended.billed_cents
    fail_expired.run(transaction)
    counts.suspended_debt += suspend_overdue.run(transaction)
    billed = renew_due.run(transaction)
    if billed.payments_created:
        # What the new payments cover is not overdue any more.
        counts.reopened += lift_suspensions(transaction)
    counts.suspended_expired += suspend_expired.run(transaction)
    deleted, counts.deletions_held = delete_retained.run(transaction)
    counts.platforms_closed += account_sets.close_emptied_platforms(transaction)
    remind.run(transaction, last)

    counts.deleted += deleted
    counts.renewed += billed.terms
    counts.invoices += billed.invoices
    counts.billed_cents += billed.total_cents
    counts.debts_opened += billed.debts_opened
    counts.payments_created += billed.payments_created


def _anything_due(transaction: Transaction) -> bool:
    """Whether a row of any kind has come to its day: one probe of an index for each kind."""
    found = transaction.row(
        "SELECT EXISTS (SELECT 1 FROM account WHERE next_on <= :today) "
        "OR EXISTS (SELECT 1 FROM invoice_open WHERE open_cents > 0 AND due_on < :today) "
        "OR EXISTS (SELECT 1 FROM purchase_order "
        "WHERE status = 'not-paid' AND valid_until_on < :today) "
        "OR EXISTS (SELECT 1 FROM purchase_order o "
        "WHERE o.status = 'not-paid' AND o.valid_until_on >= :today AND EXISTS (SELECT 1 "
        "FROM ledger l WHERE l.customer_id = o.customer_id AND l.order_number = o.number)) "
        f"OR EXISTS (SELECT 1 {ON_EXPIRED_CARD})",
        {"today": transaction.today.isoformat()},
    )
    return bool(found and found[0])
