"""One step of the tick: everything that is due on or before its day, in this order (rules 11).

What is due is found through the index of what comes next, and is the outer loop of every join
(CROSS JOIN, and `ORDER BY +id`, which no index answers): a day costs what it has to do, however
many accounts there are.

A step runs inside a transaction whose `today` is the step's day, so every delay that it starts
counts from that day: a missed cron never shortens anybody's grace (rules 2).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.billing.bill import TermSet
from mailctl.effects import deletions, group_notices, suspensions
from mailctl.store import notices
from mailctl.store.engine.transaction import Transaction
from mailctl.store.payments import ON_EXPIRED_CARD
from mailctl.store.temp_tables import CustomerSet
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

    The caller rolls back, and processes the day again with these customers set aside.
    """

    def __init__(self, day: date, customers: dict[int, str]) -> None:
        super().__init__(day, customers)
        self.day = day
        self.customers = customers


def process(
    transaction: Transaction, counts: Counts, *, last: date, aside: Mapping[int, str]
) -> None:
    """Do everything that is due today; with nothing due, a few index probes.

    `last` is the day of the step before this one; customers in `aside` are left alone. Raises
    DayBrokenError where the books would not be right for others.
    """
    if not (_is_anything_due(transaction) or remind.is_due(transaction, last)):
        return
    # A tick with nothing to do, the most frequent one, does not load them.
    from mailctl.store import checks

    group_notices.begin_step(transaction)
    broken = set_aside.find(transaction, aside)
    counts.set_aside.update({customer.slug: customer.reason for customer in broken})
    before = checks.marks(transaction)
    notices_before = transaction.number("SELECT max(id) FROM notice")
    with (
        CustomerSet(
            transaction, "excluded_customer", (customer.customer_id for customer in broken)
        ) as excluded,
        TermSet(transaction, "due_term") as due,
    ):
        _steps(transaction, counts, last, excluded, due)
    found = checks.of_the_day(transaction, before)
    if found:
        raise DayBrokenError(transaction.today, found)
    notices.record_queued(transaction, notices_before)
    counts.notices += transaction.number(
        "SELECT count(*) FROM notice WHERE id > :before", {"before": notices_before}
    )
    transaction.close_batch()


def _steps(
    transaction: Transaction, counts: Counts, last: date, excluded: CustomerSet, due: TermSet
) -> None:
    ended = cancel_orders.run(transaction, excluded)
    counts.orders_cancelled += ended.cancelled
    counts.invoices += ended.invoices
    counts.billed_cents += ended.billed_cents
    lifted = fail_expired.run(transaction, excluded)
    counts.suspended_debt += suspend_overdue.run(transaction, excluded)
    billed = renew_due.run(transaction, excluded, due)
    if billed.payments_created:
        # What the new payments cover is not overdue any more.
        with CustomerSet(transaction, "billed_customer") as billed_customers:
            billed_customers.fill(f"SELECT DISTINCT customer_id FROM {due}")
            reopened = suspensions.lift(transaction, billed_customers)
        counts.reopened += len(reopened)
        lifted += reopened
    counts.suspended_expired += suspend_expired.run(transaction, excluded, lifted=lifted)
    deleted, counts.deletions_held = delete_retained.run(transaction, excluded)
    counts.platforms_closed += deletions.close_emptied_platforms(transaction)
    remind.run(transaction, last, excluded, renewed=due)

    counts.deleted += deleted
    counts.renewed += billed.terms
    counts.invoices += billed.invoices
    counts.billed_cents += billed.total_cents
    counts.debts_opened += billed.debts_opened
    counts.payments_created += billed.payments_created


_ANYTHING_DUE = f"""
    SELECT 1
    WHERE EXISTS (SELECT 1 FROM account WHERE next_on <= :today)
        OR EXISTS (SELECT 1 FROM invoice_open WHERE open_cents > 0 AND due_on < :today)
        OR EXISTS (
            SELECT 1
            FROM purchase_order
            WHERE status = 'not-paid' AND valid_until_on < :today
        )
        OR EXISTS (
            SELECT 1
            FROM purchase_order o
            WHERE o.status = 'not-paid'
                AND o.valid_until_on >= :today
                AND EXISTS (
                    SELECT 1
                    FROM ledger l
                    WHERE l.customer_id = o.customer_id AND l.order_number = o.number
                )
        )
        OR EXISTS (SELECT 1 {ON_EXPIRED_CARD})
"""


def _is_anything_due(transaction: Transaction) -> bool:
    """Whether a row of any kind has come to its day: one probe of an index for each kind."""
    return transaction.exists(_ANYTHING_DUE, {"today": transaction.today.isoformat()})
