"""The steps of a day, in their order (rules 11).

They run inside a transaction whose `today` is that day, so every delay that they start counts from
it: a missed cron never shortens anybody's grace (rules 2).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailctl.billing.bill import TermSet
from mailctl.effects import deletions, group_notices, suspensions
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet
from mailctl.tick import (
    cancel_orders,
    delete_retained,
    fail_expired,
    remind,
    renew_due,
    suspend_expired,
    suspend_overdue,
)
from mailctl.tick.counts import Counts


def run(transaction: Transaction, counts: Counts, last: date, broken: Iterable[int]) -> None:
    """Carry out and count every step; the customers who are `broken` are left alone."""
    group_notices.begin_step(transaction)
    with (
        CustomerSet(transaction, "excluded_customer", broken) as excluded,
        TermSet(transaction, "due_term") as due,
    ):
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
