"""Reminders: what lies ahead of accounts, told once for each day of a list (SPEC 12).

A reminder falls due so many days before an event. Whoever looks says since when nobody has looked:
the tick since its last step, a command that changes an account's event since ever. Of several
reminders that fell due meanwhile only the latest still helps, and none does on the event's day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.effects import group_notices
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_kinds import ANNOUNCED
from mailctl.store.temp_tables import AccountSet, CustomerSet, TempTable, is_outside

Window = tuple[date, date]


def windows(last: date, today: date, days: list[int]) -> list[Window]:
    """For each reminder the events that it is due for now: after one day, up to another.

    `days` lie before the event, the most first. A window ends where the next reminder's begins, so
    each event is in one window at the most.
    """
    found: list[Window] = []
    for position, ahead in enumerate(days):
        sooner = days[position + 1] if position + 1 < len(days) else 0
        after = max(last + timedelta(days=ahead), today + timedelta(days=sooner))
        until = today + timedelta(days=ahead)
        if after < until:
            found.append((after, until))
    return found


def events(last: date | None, today: date, days: list[int]) -> Iterator[tuple[date, date]]:
    """The days of events to be told of now, each with the day on which its reminder fell due.

    Those that fell due after the day `last`, or ever, and are the latest of their event.
    """
    if last is None:
        last = today - timedelta(days=max(days, default=0))
    for after, until in windows(last, today, days):
        for n in range(1, (until - after).days + 1):
            day = after + timedelta(days=n)
            yield day, day - (until - today)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """A kind of notice, the setting with its days, and the kinds that tell of the same event."""

    kind: str
    setting: str
    told_by: tuple[str, ...]


ACCOUNT_REMINDERS = (
    Reminder(kind="renewal-coming", setting="renewal-reminder-days", told_by=("renewal-coming",)),
    Reminder(
        kind="expiry-coming",
        setting="expiry-reminder-days",
        told_by=("expiry-coming", "cancel-recorded"),
    ),
    Reminder(
        kind="deletion-coming",
        setting="deletion-reminder-days",
        told_by=("deletion-coming", "accounts-suspended", "cancel-recorded"),
    ),
)


def reminder_days(reader: Reader, setting: str) -> list[int]:
    """The days of a setting's list before an event, the most first; none where it is empty."""
    return [int(word) for word in reader.setting(setting).split()]


def is_any_due(reader: Reader, last: date) -> bool:
    """Whether an account may be to be reminded since the last step.

    It looks through the accounts whose event falls on the days of a window, one day's as a rule.
    """
    return any(
        reader.row(
            "SELECT 1 FROM account a WHERE a.next_on > :after AND a.next_on <= :until "
            f"AND {ANNOUNCED[reminder.kind]} LIMIT 1",
            {"after": after.isoformat(), "until": until.isoformat()},
        )
        for reminder in ACCOUNT_REMINDERS
        for after, until in windows(last, reader.today, reminder_days(reader, reminder.setting))
    )


def remind(transaction: Transaction, last: date, excluded: CustomerSet) -> None:
    """Queue what has fallen due since the last step's day, for accounts of all other customers."""
    for reminder in ACCOUNT_REMINDERS:
        _queue(transaction, reminder, last, _ANY, excluded)


def tell_of(transaction: Transaction, account_ids: tuple[int, ...]) -> None:
    """Tell what is ahead of accounts that a command has just changed, in notices of their own."""
    group_notices.begin_step(transaction)
    with AccountSet(transaction, "changed_account", account_ids) as accounts:
        tell(transaction, accounts)


def tell(transaction: Transaction, accounts: AccountSet) -> None:
    """Tell with a change what its reminder is too late for: the event is nearer than that.

    Of these accounts those are named whose customer no notice has told of the event since its last
    reminder fell due.
    """
    for reminder in ACCOUNT_REMINDERS:
        _queue(transaction, reminder, None, _CHANGED.format(accounts))


def tell_all(transaction: Transaction, setting: str) -> None:
    """Tell what the new days of a list are too late for; nothing where it is no such list."""
    for reminder in ACCOUNT_REMINDERS:
        if reminder.setting == setting:
            _queue(transaction, reminder, None, _ANY)


# CROSS JOIN keeps the few days, or the few changed accounts, as the outer loop.
_ANY = "ahead e CROSS JOIN account a CROSS JOIN platform p WHERE a.next_on = e.happens_on"
_CHANGED = (
    "{0} x CROSS JOIN account a CROSS JOIN ahead e CROSS JOIN platform p "
    "WHERE a.id = x.account_id AND e.happens_on = a.next_on"
)


def _queue(
    transaction: Transaction,
    reminder: Reminder,
    last: date | None,
    source: str,
    excluded: CustomerSet | None = None,
) -> None:
    """Queue a reminder for the accounts whose event fell due to be told after a day, or ever."""
    days = reminder_days(transaction, reminder.setting)
    kinds = ", ".join(f"'{kind}'" for kind in reminder.told_by)
    with (
        TempTable(
            transaction, "ahead", "happens_on TEXT PRIMARY KEY, since TEXT NOT NULL"
        ) as ahead,
        AccountSet(transaction, "reminded_account") as accounts,
    ):
        transaction.execute_many(
            f"INSERT INTO {ahead} (happens_on, since) VALUES (:day, :since)",
            [
                {"day": day.isoformat(), "since": since.isoformat()}
                for day, since in events(last, transaction.today, days)
            ],
        )
        accounts.fill(
            f"""
            SELECT a.id, p.customer_id, a.address
            FROM {source}
                AND p.id = a.platform_id
                AND {ANNOUNCED[reminder.kind]}
                AND {is_outside(excluded, "p.customer_id")}
                AND NOT EXISTS (
                    SELECT 1
                    FROM notice_account t
                    JOIN notice n ON n.id = t.notice_id
                    WHERE t.account_id = a.id
                        AND t.happens_on = a.next_on
                        AND n.kind IN ({kinds})
                        AND n.queued_on >= e.since
                        AND coalesce(n.ended_for, '') <> 'outdated'
                )
            ORDER BY +a.id
            """
        )
        if accounts:
            group_notices.queue(transaction, accounts, reminder.kind)
