"""Reminders about money: debts before they are due, default cards before they expire (rules 12)."""

from __future__ import annotations

from datetime import date, timedelta

from mailctl.domain.notices import NoticeKind
from mailctl.effects import debit_announcements
from mailctl.effects.due_reminders import (
    CARD_DAYS,
    DEBT_DAYS,
    EXPIRING_CARDS,
    card_ends,
    events,
    payable,
)
from mailctl.store import notices
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import (
    has_notified,
)
from mailctl.store.temp_tables import CustomerSet, is_outside
from mailctl.values import Value


def remind(transaction: Transaction, last: date, excluded: CustomerSet) -> None:
    """Queue what has fallen due since the last step's day, for all other customers."""
    remind_of_debts(transaction, last, excluded=excluded)
    remind_of_cards(transaction, last, excluded=excluded)
    # Debits that no command announced: of an older store, or whose notice ended as outdated.
    debit_announcements.announce(transaction, excluded)


def remind_by_setting(transaction: Transaction, setting: str) -> None:
    """Announce what the new days of a setting are too late for, if it is a reminder's."""
    if setting == DEBT_DAYS:
        remind_of_debts(transaction, None)
    if setting == CARD_DAYS:
        remind_of_cards(transaction, None)


class _DueDebt(Value):
    """What a customer is short of, a last day to pay, and when a notice last asked for it."""

    customer_id: int
    missing_cents: int
    last_on: date
    asked_on: date | None


def _due_debts(whose: str, excluded: CustomerSet | None) -> str:
    """The statement that gives what is due of such customers `g`.

    A `debt-opened` asks for all that is missing, which includes what is due on later days.
    """
    return f"""
        WITH payable AS ({payable(whose)})
        SELECT
            c.id AS customer_id, -c.balance_cents AS missing_cents, q.last_on,
            (
                SELECT max(n.queued_on)
                FROM notice n
                WHERE n.customer_id = c.id
                    AND (
                        n.due_on = q.last_on AND n.kind IN (
                            'invoice-issued', 'order-confirmed', 'debt-opened', 'debt-reminder'
                        )
                        OR n.due_on < q.last_on AND n.kind = 'debt-opened'
                    )
                    AND {has_notified("n")}
            ) AS asked_on
        FROM payable q
        JOIN customer c ON c.id = q.customer_id
        WHERE c.balance_cents < 0 AND {is_outside(excluded, "c.id")}
        ORDER BY c.id, q.last_on
    """


def remind_of_debts(
    transaction: Transaction,
    last: date | None,
    customers: CustomerSet | None = None,
    *,
    excluded: CustomerSet | None = None,
) -> None:
    """One notice per debtor: what is missing, and by when the first of it is to be paid.

    Only for days whose reminder fell due after `last` (None: at any time), unnamed since; of all
    customers, or of these.
    """
    days = [transaction.setting_number(DEBT_DAYS)]
    since = dict(events(last, transaction.today, days))
    if not since:
        return
    whose = "1 = 1" if customers is None else f"g.id IN (SELECT customer_id FROM {customers})"
    found = transaction.facts(
        _DueDebt,
        _due_debts(whose, excluded),
        {
            "after": (min(since) - timedelta(days=1)).isoformat(),
            "until": max(since).isoformat(),
        },
    )
    reminded: set[int] = set()
    for debt in found:
        is_asked_for = debt.asked_on is not None and debt.asked_on >= since[debt.last_on]
        if debt.customer_id not in reminded and not is_asked_for:
            reminded.add(debt.customer_id)
            notices.queue(
                transaction,
                debt.customer_id,
                NoticeKind.DEBT_REMINDER,
                amount_cents=debt.missing_cents,
                due_on=debt.last_on,
            )


class _ExpiringCard(Value):
    customer_id: int
    method_id: int


def remind_of_cards(
    transaction: Transaction,
    last: date | None,
    customer_id: int | None = None,
    *,
    excluded: CustomerSet | None = None,
) -> None:
    """Notify the customers with accounts whose default card soon expires.

    Only for cards whose reminder fell due after `last` (None: at any time), and was not queued
    since.
    """
    # A customer's default method is found by its index; all the cards of a month by reading them.
    whose = "1 = 1" if customer_id is None else "m.customer_id = :customer"
    for day, since in card_ends(transaction, last):
        found = transaction.facts(
            _ExpiringCard,
            f"""
            SELECT c.id AS customer_id, m.id AS method_id
            {EXPIRING_CARDS}
                AND {is_outside(excluded, "c.id")}
                AND {whose}
                AND NOT EXISTS (
                    SELECT 1
                    FROM notice n
                    WHERE n.customer_id = c.id
                        AND n.kind = 'card-expiring'
                        AND n.method_id = m.id
                        AND n.due_on = :day
                        AND n.queued_on >= :since
                        AND {has_notified("n")}
                )
            ORDER BY c.id
            """,
            {"month": day.isoformat()[:7], "customer": customer_id, "day": day, "since": since},
        )
        for card in found:
            notices.queue(
                transaction,
                card.customer_id,
                NoticeKind.CARD_EXPIRING,
                method_id=card.method_id,
                due_on=day,
            )
