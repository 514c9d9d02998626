"""Settlement: which invoices the money so far has paid, and which ones pending payments would.

The customers' balances must be up to date before it runs.
"""

from __future__ import annotations

from datetime import date, timedelta

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import asked_cents, last_day_to_pay, open_cents, pending_cents
from mailctl.store.invoices import Invoice
from mailctl.store.temp_tables import CustomerSet
from mailctl.values import Value

MORE_DAYS_TO_PAY = 7
"""Days that a payment's first failure gives for what it covered; and its last, where none is left
(rules 10)."""

LEAST_DAYS_TO_PAY = 3
"""Days that are left to pay what opens again, from the day on which that is announced (rules 9)."""


def _newer_cents(invoice: str, state: str) -> str:
    """What the invoices of the same customer that are newer than this row's ask for."""
    return f"""
        CAST(
            sum({asked_cents(invoice, state)})
                OVER (PARTITION BY {state}.customer_id ORDER BY {state}.invoice_id DESC)
            AS BIGINT
        ) - {asked_cents(invoice, state)}
    """


def _settled(customers: CustomerSet) -> str:
    """SQL for the expressions `asked` and `settled`: how much of each invoice is open now."""
    return f"""
        asked AS (
            SELECT
                o.invoice_id, {last_day_to_pay("o", "c")} AS last_on,
                {asked_cents("i", "o")} AS asked_cents, {_newer_cents("i", "o")} AS newer_cents,
                CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END AS missing_cents,
                {pending_cents("c.id")} AS pending_cents
            FROM {customers} s
                CROSS JOIN invoice_open o
                CROSS JOIN invoice i
                CROSS JOIN customer c
            WHERE o.customer_id = s.customer_id
                AND o.open_cents > 0
                AND i.id = o.invoice_id
                AND c.id = o.customer_id
        ),
        settled AS (
            SELECT
                invoice_id, last_on,
                {open_cents("missing_cents", "newer_cents", "asked_cents")} AS open_cents,
                {open_cents("(missing_cents - pending_cents)", "newer_cents", "asked_cents")}
                    AS uncovered_cents
            FROM asked
        )
    """


def settle(transaction: Transaction, customers: CustomerSet) -> None:
    """Let the customers' money pay their open invoices, the oldest first (rules 9).

    What is missing is what the balance lacks to 0. Where pending payments would leave nothing of an
    invoice open, it is covered. What was covered until now and is to be paid after its last day has
    more days: nobody is suspended without notice.
    """
    transaction.execute(
        f"""
        WITH {_settled(customers)}
        UPDATE invoice_open
        SET open_cents = s.open_cents,
            due_on = CASE
                WHEN invoice_open.is_covered = 1
                    AND s.uncovered_cents > 0
                    AND s.last_on <= :today
                THEN :later
                ELSE invoice_open.due_on
            END,
            is_covered = CASE WHEN s.open_cents > 0 AND s.uncovered_cents = 0 THEN 1 ELSE 0 END,
            paid_on = CASE WHEN s.open_cents = 0 THEN :today END
        FROM settled s
        WHERE s.invoice_id = invoice_open.invoice_id
        """,
        {"later": transaction.today + timedelta(days=MORE_DAYS_TO_PAY)},
    )


class _Unpaid(Value):
    invoice_id: int
    asked_cents: int
    payment_days: int
    due_on: date
    last_on: date
    taken_back_on: date | None


def _unpaid(transaction: Transaction, customers: CustomerSet) -> list[_Unpaid]:
    """The invoices that were paid, and that the money no longer pays."""
    return transaction.facts(
        _Unpaid,
        # By the customer's own invoices: those that are paid have no index in invoice_open.
        f"""
        WITH asked AS (
            SELECT
                o.invoice_id, o.paid_on, {asked_cents("i", "o")} AS asked_cents,
                {_newer_cents("i", "o")} AS newer_cents, -c.balance_cents AS missing_cents,
                coalesce(c.payment_days, :days) AS payment_days, o.due_on,
                {last_day_to_pay("o", "c")} AS last_on, o.taken_back_on
            FROM {customers} s
                CROSS JOIN customer c
                CROSS JOIN invoice i
                JOIN invoice_open o ON o.invoice_id = i.id
            WHERE c.id = s.customer_id AND c.balance_cents < 0 AND i.customer_id = c.id
        )
        SELECT invoice_id, asked_cents, payment_days, due_on, last_on, taken_back_on
        FROM asked
        WHERE paid_on IS NOT NULL AND asked_cents > 0 AND newer_cents < missing_cents
        """,
        {"days": transaction.setting_number("payment-days")},
    )


def reopen(transaction: Transaction, customers: CustomerSet, *, by_mistake: bool = False) -> None:
    """Open again what the money no longer pays; `settle` then sets how much of each is open.

    For money that was taken back. The first time an invoice is due the customer's payment days
    after today; later its date stays, so that returns week after week give no time without end.
    Either way 3 days are left, since nobody can be given less notice (rules 9). Money that had not
    come at all, but was recorded `by_mistake`, moves no date.
    """
    today = transaction.today
    dated = (
        (one, one.due_on, one.taken_back_on)
        if by_mistake
        else (one, _due_again_on(one, today), one.taken_back_on or today)
        for one in _unpaid(transaction, customers)
    )
    transaction.execute_many(
        """
        UPDATE invoice_open
        SET open_cents = :open, paid_on = NULL, due_on = :due_on, taken_back_on = :taken_back_on
        WHERE invoice_id = :id
        """,
        (
            {
                "id": invoice.invoice_id,
                "open": invoice.asked_cents,
                "due_on": due_on,
                "taken_back_on": taken_back_on,
            }
            for invoice, due_on, taken_back_on in dated
        ),
    )


def _due_again_on(invoice: _Unpaid, today: date) -> date:
    """When an invoice that opens again is due."""
    least = today + timedelta(days=LEAST_DAYS_TO_PAY)
    if invoice.taken_back_on is None:
        return max(today + timedelta(days=invoice.payment_days), least)
    return invoice.due_on if invoice.last_on >= least else least


def cents_to_settle(reader: Reader, invoice: Invoice) -> int:
    """What settles an invoice and everything older: all that is missing, less the newer ones."""
    return reader.number(
        f"""
        WITH newer AS (
            SELECT CAST(coalesce(sum({asked_cents("i", "o")}), 0) AS BIGINT) AS cents
            FROM invoice_open o
                JOIN invoice i ON i.id = o.invoice_id
            WHERE o.customer_id = :customer AND o.invoice_id > :id
        )
        SELECT -c.balance_cents - newer.cents
        FROM customer c
            CROSS JOIN newer
        WHERE c.id = :customer
        """,
        {"id": invoice.id, "customer": invoice.customer_id},
    )
