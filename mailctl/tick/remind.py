"""Step 7: reminders of what is coming, once each (SPEC 12).

A reminder falls due so many days before an event. Each step looks at the days since the last, so
that a missed cron misses no reminder; of several for one event only the latest still helps, and
none does on the event's day or after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.store import notices, sets
from mailctl.store.connection import Transaction
from mailctl.store.sql import DEBT_DUE_ON

_MANUAL = "(SELECT m.id FROM platform m WHERE m.renewal = 'manual')"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """What a reminder is about: accounts whose next event lies so many days ahead."""

    kind: str
    setting: str
    accounts: str


ACCOUNT_REMINDERS = (
    Reminder(
        kind="renewal-coming",
        setting="renewal-reminder-days",
        accounts=f"a.state = 'active' AND a.renewal = 'yearly' AND a.platform_id NOT IN {_MANUAL}",
    ),
    Reminder(
        kind="expiry-coming",
        setting="expiry-reminder-days",
        accounts=f"a.state = 'active' AND (a.renewal = 'none' OR a.platform_id IN {_MANUAL})",
    ),
    Reminder(
        kind="deletion-coming",
        setting="deletion-reminder-days",
        # Who is suspended today is told the day of the deletion with that.
        accounts="a.state = 'suspended' AND a.suspended_on < :today",
    ),
)


def windows(last: date, today: date, days: list[int]) -> list[tuple[date, date]]:
    """For each reminder the events that it is due for now: after one day, up to another.

    `days` lie before the event, the most first. A window ends where the next reminder's begins, so
    each event is in one window at the most.
    """
    found: list[tuple[date, date]] = []
    for position, ahead in enumerate(days):
        sooner = days[position + 1] if position + 1 < len(days) else 0
        after = max(last + timedelta(days=ahead), today + timedelta(days=sooner))
        until = today + timedelta(days=ahead)
        if after < until:
            found.append((after, until))
    return found


def run(transaction: Transaction, last: date) -> None:
    """Queue every reminder that has fallen due since the last step's day."""
    for reminder in ACCOUNT_REMINDERS:
        for window in _account_windows(transaction, reminder, last):
            _choose(transaction, reminder, window)
            if sets.chosen(transaction):
                notices.queue_for_chosen(transaction, reminder.kind)
    for window in _debt_windows(transaction, last):
        _remind_of_debts(transaction, window)


def is_due(transaction: Transaction, last: date) -> bool:
    """Whether anything at all lies in a window: a few probes of an index."""
    return any(
        transaction.row(
            "SELECT 1 FROM account a WHERE a.next_on > :after AND a.next_on <= :until "
            f"AND {reminder.accounts} LIMIT 1",
            _bounds(transaction, window),
        )
        for reminder in ACCOUNT_REMINDERS
        for window in _account_windows(transaction, reminder, last)
    ) or any(
        transaction.row(
            "SELECT 1 FROM invoice_open o WHERE o.due_on > :after AND o.due_on <= :until "
            "AND o.open_cents > 0 LIMIT 1",
            _bounds(transaction, window),
        )
        for window in _debt_windows(transaction, last)
    )


def _account_windows(
    transaction: Transaction, reminder: Reminder, last: date
) -> list[tuple[date, date]]:
    days = [int(word) for word in transaction.setting(reminder.setting).split()]
    return windows(last, transaction.today, days)


def _debt_windows(transaction: Transaction, last: date) -> list[tuple[date, date]]:
    return windows(last, transaction.today, [transaction.setting_number("debt-reminder-days")])


def _bounds(transaction: Transaction, window: tuple[date, date]) -> dict[str, str]:
    after, until = window
    return {
        "after": after.isoformat(),
        "until": until.isoformat(),
        "today": transaction.today.isoformat(),
    }


def _choose(transaction: Transaction, reminder: Reminder, window: tuple[date, date]) -> None:
    sets.empty(transaction, "chosen")
    transaction.execute(
        "INSERT INTO chosen (account_id, customer_id, address) "
        "SELECT a.id, p.customer_id, a.address FROM account a CROSS JOIN platform p "
        f"WHERE p.id = a.platform_id AND a.next_on > :after AND a.next_on <= :until "
        f"AND {reminder.accounts} "
        "AND p.customer_id NOT IN (SELECT customer_id FROM set_aside) ORDER BY +a.id",
        _bounds(transaction, window),
    )


def _remind_of_debts(transaction: Transaction, window: tuple[date, date]) -> None:
    """One notice per debtor: what is missing, and by when the oldest of it is due."""
    due = transaction.execute(
        "SELECT q.id, q.missing, q.due_on FROM ("
        f"SELECT c.id, -c.balance_cents AS missing, {DEBT_DUE_ON.format('c.id')} AS due_on "
        "FROM (SELECT DISTINCT v.customer_id FROM invoice_open v WHERE v.open_cents > 0 "
        "AND v.due_on > :after AND v.due_on <= :until) d JOIN customer c ON c.id = d.customer_id "
        "WHERE c.balance_cents < 0 AND c.id NOT IN (SELECT customer_id FROM set_aside)) q "
        "WHERE q.due_on > :after AND q.due_on <= :until ORDER BY q.id",
        _bounds(transaction, window),
    ).fetchall()
    for customer_id, missing, due_on in due:
        notices.queue(
            transaction,
            customer_id,
            "debt-reminder",
            amount_cents=missing,
            due_on=date.fromisoformat(due_on),
        )
