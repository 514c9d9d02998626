"""What follows when balances have changed: one order of things for every cause (SPEC 9, SPEC 10).

Money that came, money that was taken back, a credit note, a method that was added: each moves the
balance or what covers it, and each ends here.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.billing.collect import cancel_needless, collect
from mailctl.billing.debts import end_debts, open_debts, payable, tell_new_dates
from mailctl.billing.rescue import lift_suspensions
from mailctl.billing.settle import reopen, settle
from mailctl.effects import account_sets, money_reminders
from mailctl.store import debit_announcements, notices
from mailctl.store.engine.transaction import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What followed: payments made, debts begun, accounts that work again."""

    payments_created: int = 0
    debts_opened: int = 0
    reopened: int = 0


def charged(transaction: Transaction) -> Followed:
    """Invoices were debited from the customers in `settling`."""
    payments = collect_and_settle(transaction)
    return Followed(payments_created=payments, debts_opened=announce(transaction))


def collect_and_settle(transaction: Transaction) -> int:
    """Collect what is missing, and settle invoices with what is there; the payments created."""
    payments = collect(transaction)
    settle(transaction)
    return payments


def announce(transaction: Transaction) -> int:
    """Announce debits that are coming and debts that began; how many debts did."""
    debit_announcements.announce_settling(transaction)
    return open_debts(transaction)


def changed(
    transaction: Transaction,
    customer_id: int,
    *,
    paid_order: int | None = None,
    before_cents: int | None = None,
    by_mistake: bool = False,
) -> Followed:
    """One customer's balance, or what covers it, changed; `paid_order` is named by the money.

    With `before_cents`, the balance before, whoever falls below their alert is told. Money that was
    recorded `by_mistake`, and is not any more, gives no new days to pay.
    """
    account_sets.prepare(transaction)
    account_sets.empty(transaction, "settling")
    transaction.execute("INSERT INTO settling (customer_id) VALUES (:id)", {"id": customer_id})
    before = payable(transaction, customer_id)
    cancel_needless(transaction)
    reopen(transaction, by_mistake=by_mistake)
    followed = charged(transaction)
    tell_new_dates(transaction, payable(transaction, customer_id) - before)
    money_reminders.remind_of_debts(transaction, None, customer_id)
    end_debts(transaction, paid_order=paid_order)
    if before_cents is not None:
        notices.warn_of_low_balance(transaction, customer_id, before_cents)
    return Followed(
        payments_created=followed.payments_created,
        debts_opened=followed.debts_opened,
        reopened=lift_suspensions(transaction),
    )
