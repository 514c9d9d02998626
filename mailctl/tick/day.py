"""A day of the tick: what is due on or before it is done, and checked (rules 11).

What is due is found through the index of what comes next, and is the outer loop of every join
(CROSS JOIN, and `ORDER BY +id`, which no index answers): a day costs what it has to do, however
many accounts there are. With nothing due it costs a few probes of an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from mailctl.effects import due_reminders
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import ON_EXPIRED_CARD
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
    """Do everything that is due today.

    `last` is the day of the step before this one; customers in `aside` are left alone. Raises
    DayBrokenError where the books would not be right for others.
    """
    if not _is_anything_due(transaction, last):
        return
    # A tick with nothing to do, the most frequent one, does not load them.
    from mailctl.store import checks, notices
    from mailctl.tick import set_aside, steps

    broken = set_aside.find(transaction, aside)
    counts.set_aside.update({customer.slug: customer.reason for customer in broken})
    before = checks.marks(transaction)
    notices_before = transaction.number("SELECT max(id) FROM notice")
    steps.run(transaction, counts, last, [customer.customer_id for customer in broken])
    found = checks.of_the_day(transaction, before)
    if found:
        raise DayBrokenError(transaction.today, found)
    notices.record_queued(transaction, notices_before)
    counts.notices += transaction.number(
        "SELECT count(*) FROM notice WHERE id > :before", {"before": notices_before}
    )
    transaction.close_batch()


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


def _is_anything_due(transaction: Transaction, last: date) -> bool:
    """Whether a row of any kind has come to its day, or a reminder has since the last step."""
    return transaction.exists(_ANYTHING_DUE) or due_reminders.is_any(transaction, last)
