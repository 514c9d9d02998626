"""Reminders: what lies ahead of accounts, announced once for each day of a list (rules 12).

A reminder falls due so many days before an event. The tick looks for those that fell due since its
last step; a command that changes an account's event looks for all that fell due. Of several
reminders that fell due meanwhile only the latest still helps, and none does on the event's day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailctl.domain.notices import NoticeKind
from mailctl.effects import group_notices
from mailctl.effects.due_reminders import events, reminder_days
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import has_notified
from mailctl.store.notice_kinds import REMINDERS, Reminder
from mailctl.store.temp_tables import AccountSet, CustomerSet, TempTable, is_outside


def remind(transaction: Transaction, last: date, excluded: CustomerSet) -> None:
    """Queue what has fallen due since the last step's day, for accounts of all other customers."""
    for kind, reminder in REMINDERS.items():
        _queue(transaction, kind, reminder, last=last, excluded=excluded)


def remind_of(transaction: Transaction, account_ids: Iterable[int]) -> None:
    """Announce what is ahead of accounts that a command has changed, in notices of their own."""
    group_notices.begin_step(transaction)
    with AccountSet(transaction, "changed_account", account_ids) as accounts:
        remind_of_set(transaction, accounts)


def remind_of_new(transaction: Transaction, first_id: int) -> None:
    """The same as `remind_of` for all accounts from an id on."""
    group_notices.begin_step(transaction)
    for kind, reminder in REMINDERS.items():
        _queue(transaction, kind, reminder, first_id=first_id)


def remind_of_set(transaction: Transaction, accounts: AccountSet) -> None:
    """Announce with a change what its reminder is too late for: the event is nearer than that.

    Accounts whose event was announced since its last reminder fell due are left out.
    """
    for kind, reminder in REMINDERS.items():
        _queue(transaction, kind, reminder, changed=accounts)


def remind_by_setting(transaction: Transaction, setting: str) -> None:
    """Announce what the new days of a setting are too late for, if it is a reminder's."""
    for kind, reminder in REMINDERS.items():
        if reminder.setting == setting:
            _queue(transaction, kind, reminder)


def _queue(
    transaction: Transaction,
    kind: NoticeKind,
    reminder: Reminder,
    *,
    last: date | None = None,
    changed: AccountSet | None = None,
    excluded: CustomerSet | None = None,
    first_id: int = 1,
) -> None:
    """Queue a reminder for the accounts, or the changed ones, for whose event it is due.

    A reminder is due if it fell due after the day `last`; without it, at any time.
    """
    days = reminder_days(transaction, reminder.setting)
    with (
        TempTable(
            transaction, "ahead", "happens_on TEXT PRIMARY KEY, since TEXT NOT NULL"
        ) as ahead,
        AccountSet(transaction, "reminded_account") as accounts,
    ):
        transaction.execute_many(
            f"INSERT INTO {ahead} (happens_on, since) VALUES (:day, :since)",
            [{"day": day, "since": since} for day, since in events(last, transaction.today, days)],
        )
        accounts.fill(_due_accounts(reminder, ahead, changed, excluded), {"first": first_id})
        if accounts:
            group_notices.queue(transaction, accounts, kind)


def _due_accounts(
    reminder: Reminder, ahead: TempTable, changed: AccountSet | None, excluded: CustomerSet | None
) -> str:
    """The statement that gives the accounts with an event on a day ahead that was not announced."""
    announcing = ", ".join(f"'{kind}'" for kind in reminder.announced_by)
    return f"""
        SELECT a.id, p.customer_id, a.address
        {_accounts_with_events(ahead, changed)}
            AND p.id = a.platform_id
            AND +a.id >= :first
            AND {reminder.accounts}
            AND {is_outside(excluded, "p.customer_id")}
            AND NOT EXISTS (
                SELECT 1
                FROM notice_account t
                JOIN notice n ON n.id = t.notice_id
                WHERE t.account_id = a.id
                    AND t.happens_on = a.next_on
                    AND n.kind IN ({announcing})
                    AND n.queued_on >= e.since
                    AND {has_notified("n")}
            )
        ORDER BY +a.id
    """


def _accounts_with_events(ahead: TempTable, changed: AccountSet | None) -> str:
    """The join of all accounts, or of changed ones, with the days ahead on which they have events.

    CROSS JOIN keeps the few days, or the few changed accounts, as the outer loop.
    """
    if changed is None:
        return f"""
            FROM {ahead} e
            CROSS JOIN account a
            CROSS JOIN platform p
            WHERE a.next_on = e.happens_on
        """
    return f"""
        FROM {changed} x
        CROSS JOIN account a
        CROSS JOIN {ahead} e
        CROSS JOIN platform p
        WHERE a.id = x.account_id AND e.happens_on = a.next_on
    """
