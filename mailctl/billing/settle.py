"""Settlement: which invoices the money so far has paid, and which ones pending payments would.

All of it concerns the customers in the temporary table `settling`, whose balances are up to date.
"""

from __future__ import annotations

from datetime import timedelta

from mailctl.store.engine.dialect import LAST_DAY_TO_PAY, PENDING_CENTS
from mailctl.store.engine.transaction import Transaction

MORE_DAYS_TO_PAY = 7
"""Days that a payment's first failure gives for what it covered; and its last, where none is left
(SPEC 10)."""

LEAST_DAYS_TO_PAY = 3
"""Days that are left to pay what opens again, from the day on which that is told (SPEC 9)."""

_COUNTED = "(i.total_cents - o.credited_cents)"
# What an invoice is open for: what the balance lacks to 0, less what lies on newer invoices.
_LEFT = (
    "CASE WHEN q.missing - {0} <= q.newer THEN 0 WHEN q.missing - {0} - q.newer < q.counted "
    "THEN q.missing - {0} - q.newer ELSE q.counted END"
)
_NEWER = (
    f"CAST(sum({_COUNTED}) OVER (PARTITION BY o.customer_id ORDER BY o.invoice_id DESC) AS BIGINT) "
    f"- {_COUNTED}"
)


def settle(transaction: Transaction) -> None:
    """Let the customers' money pay their open invoices, the oldest first (SPEC 9).

    What is missing is what the balance lacks to 0. Money pays the oldest first, so the missing sum
    lies on the newest invoices: each is open for what the still newer ones leave of it. Where
    pending payments would leave nothing of it, the invoice is covered. What was covered until now
    and is to be paid after its last day has more days: nobody is suspended unannounced.
    """
    transaction.execute(
        "UPDATE invoice_open SET open_cents = s.open_cents, due_on = CASE "
        "WHEN invoice_open.is_covered = 1 AND s.uncovered_cents > 0 AND s.last_on <= :today "
        "THEN :later ELSE invoice_open.due_on END, "
        "is_covered = CASE WHEN s.open_cents > 0 AND s.uncovered_cents = 0 THEN 1 ELSE 0 END, "
        "paid_on = CASE WHEN s.open_cents = 0 THEN :today END FROM ("
        f"SELECT q.invoice_id, q.last_on, {_LEFT.format('0')} AS open_cents, "
        f"{_LEFT.format('q.pending')} AS uncovered_cents FROM ("
        f"SELECT o.invoice_id, {LAST_DAY_TO_PAY.format('c')} AS last_on, {_COUNTED} AS counted, "
        "CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END AS missing, "
        f"{PENDING_CENTS.format('c.id')} AS pending, {_NEWER} AS newer "
        "FROM settling x CROSS JOIN invoice_open o CROSS JOIN invoice i CROSS JOIN customer c "
        "WHERE o.customer_id = x.customer_id AND o.open_cents > 0 AND i.id = o.invoice_id "
        "AND c.id = o.customer_id) q) s "
        "WHERE s.invoice_id = invoice_open.invoice_id",
        {
            "today": transaction.today.isoformat(),
            "later": (transaction.today + timedelta(days=MORE_DAYS_TO_PAY)).isoformat(),
        },
    )


_OPENED = """
UPDATE invoice_open
SET open_cents = :counted, paid_on = NULL, due_on = :due_on, taken_back_on = :taken_back_on
WHERE invoice_id = :id
"""


def reopen(transaction: Transaction, *, by_mistake: bool = False) -> None:
    """Open again what the money no longer pays; `settle` then says how much of each is open.

    For money that was taken back. The first time an invoice is due the customer's payment days
    after today; later its date stays, so that returns week after week give no time without end.
    Either way 3 days are left, since nobody can be told of less (SPEC 9). Money that had not come
    at all, but was recorded `by_mistake`, moves no date.
    """
    found = transaction.execute(
        "SELECT q.invoice_id, q.counted, q.days, q.due_on, q.last_on, q.taken_back_on FROM ("
        f"SELECT o.invoice_id, o.paid_on, {_COUNTED} AS counted, o.due_on, o.taken_back_on, "
        f"{LAST_DAY_TO_PAY.format('c')} AS last_on, "
        "coalesce(c.payment_days, :days) AS days, -c.balance_cents AS missing, "
        # By the customer's own invoices: those that are paid have no index in invoice_open.
        f"{_NEWER} AS newer FROM settling x CROSS JOIN customer c CROSS JOIN invoice i "
        "JOIN invoice_open o ON o.invoice_id = i.id WHERE c.id = x.customer_id "
        "AND c.balance_cents < 0 AND i.customer_id = c.id) q "
        "WHERE q.paid_on IS NOT NULL AND q.counted > 0 AND q.newer < q.missing",
        {"days": transaction.setting_number("payment-days")},
    ).fetchall()
    today = transaction.today.isoformat()
    least = (transaction.today + timedelta(days=LEAST_DAYS_TO_PAY)).isoformat()
    for invoice_id, counted, days, due_on, last_on, taken_back_on in found:
        first = (transaction.today + timedelta(days=max(days, LEAST_DAYS_TO_PAY))).isoformat()
        later = due_on if last_on >= least else least
        due = due_on if by_mistake else later if taken_back_on else first
        transaction.execute(
            _OPENED,
            {
                "id": invoice_id,
                "counted": counted,
                "due_on": due,
                "taken_back_on": taken_back_on if by_mistake else taken_back_on or today,
            },
        )
