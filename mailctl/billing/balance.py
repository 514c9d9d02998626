"""What follows when balances have changed: one order of things for every cause (rules 9, rules 10).

Money that came, money that was taken back, a credit note, a method that was added: each moves the
balance or what covers it, and each ends here.
"""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.billing.collection import cancel_needless, collect
from mailctl.billing.debts import announce_new_dates, end_debts, open_debts, payable
from mailctl.billing.settlement import reopen, settle
from mailctl.effects import debit_announcements, money_reminders, suspensions
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet
from mailctl.values import Value, replace


class Followed(Value):
    """What followed: payments made, debts begun, keys of accounts that work again."""

    payments_created: int = 0
    debts_opened: int = 0
    lifted: tuple[int, ...] = ()

    @property
    def reopened(self) -> int:
        """How many accounts work again."""
        return len(self.lifted)


def charged(transaction: Transaction, customers: CustomerSet) -> Followed:
    """Invoices were debited from these customers."""
    payments = collect_and_settle(transaction, customers)
    return Followed(payments_created=payments, debts_opened=announce(transaction, customers))


def collect_and_settle(transaction: Transaction, customers: CustomerSet) -> int:
    """Collect what is missing, and settle invoices with what is there; the payments created."""
    payments = collect(transaction, customers)
    settle(transaction, customers)
    return payments


def announce(transaction: Transaction, customers: CustomerSet) -> int:
    """Announce debits that are coming and debts that began; how many debts did."""
    debit_announcements.announce_of_all(transaction, customers)
    return open_debts(transaction, customers)


def changed(
    transaction: Transaction,
    customer_id: int,
    *,
    paid_order: int | None = None,
    before_cents: int | None = None,
    by_mistake: bool = False,
) -> Followed:
    """One customer's balance, or what covers it, changed; `paid_order` is named by the money.

    With `before_cents`, the balance before, a customer who falls below their alert is notified.
    Taking back money that was recorded `by_mistake` gives no new days to pay.
    """
    with CustomerSet(transaction, "changed_customer", [customer_id]) as customers:
        paid_orders = frozenset() if paid_order is None else frozenset({paid_order})
        followed = _follow(transaction, customers, paid_orders, by_mistake=by_mistake)
        if before_cents is not None:
            warn_of_low_balance(transaction, customer_id, before_cents)
        lifted = suspensions.lift(transaction, customers)
        return replace(followed, lifted=lifted)


def changed_each(
    transaction: Transaction,
    customers: CustomerSet,
    *,
    paid_orders: frozenset[int] = frozenset(),
) -> Followed:
    """Money came for each of these customers; `paid_orders` are named by it."""
    followed = _follow(transaction, customers, paid_orders)
    return replace(followed, lifted=suspensions.lift(transaction, customers))


def _follow(
    transaction: Transaction,
    customers: CustomerSet,
    paid_orders: frozenset[int],
    *,
    by_mistake: bool = False,
) -> Followed:
    """All that follows but what lets accounts work again."""
    before = payable(transaction, customers)
    cancel_needless(transaction, customers)
    reopen(transaction, customers, by_mistake=by_mistake)
    followed = charged(transaction, customers)
    announce_new_dates(transaction, customers, payable(transaction, customers) - before)
    money_reminders.remind_of_debts(transaction, None, customers)
    end_debts(transaction, customers, paid_orders=paid_orders)
    return followed


def warn_of_low_balances(
    transaction: Transaction, before: str, parameters: Mapping[str, object] = EMPTY
) -> None:
    """Notify customers whose balance has just fallen below their alert threshold (rules 9).

    `before` is a query of their keys and of their balances before, in cents.
    """
    transaction.execute(
        f"""
        INSERT INTO notice (id, customer_id, kind, queued_on, amount_cents)
        SELECT
            :last + row_number() OVER (ORDER BY c.id), c.id, 'balance-low', :today, c.balance_cents
        FROM ({before}) b
            JOIN customer c ON c.id = b.customer_id
        WHERE c.alert_cents > 0
            AND b.before_cents >= c.alert_cents
            AND c.balance_cents < c.alert_cents
        ORDER BY c.id
        """,
        {"last": transaction.last_key("notice"), **parameters},
    )


def warn_of_low_balance(transaction: Transaction, customer_id: int, before_cents: int) -> None:
    """The same for one customer."""
    warn_of_low_balances(
        transaction,
        "SELECT CAST(:customer AS BIGINT) AS customer_id, CAST(:before AS BIGINT) AS before_cents",
        {"customer": customer_id, "before": before_cents},
    )
