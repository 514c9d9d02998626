"""Whether any reminder is due, and for what: all of reminders that a tick with nothing to do loads.

A reminder falls due so many days before an event.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import is_default_of, is_unasked, is_uncovered, last_day_to_pay
from mailctl.store.notice_kinds import REMINDERS

DEBT_DAYS = "debt-reminder-days"
CARD_DAYS = "card-reminder-days"
Window = tuple[date, date]


def windows(last: date, today: date, days: list[int]) -> list[Window]:
    """For each reminder the days of the events that it is due for now: after one, up to another.

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
    """The days of events to announce now, each with the day on which its reminder fell due.

    Those that fell due after the day `last` (None: at any time), the latest of each event.
    """
    if last is None:
        last = today - timedelta(days=max(days, default=0))
    for after, until in windows(last, today, days):
        for n in range(1, (until - after).days + 1):
            day = after + timedelta(days=n)
            yield day, day - (until - today)


def reminder_days(reader: Reader, setting: str) -> list[int]:
    """The days before an event that a setting lists, the most first."""
    return [int(word) for word in reader.setting(setting).split()]


def is_any(reader: Reader, last: date) -> bool:
    """Whether any reminder may be due since the last step, or a debit is not announced."""
    return (
        _is_any_for_accounts(reader, last)
        or _is_any_about_money(reader, last)
        or is_any_unannounced(reader)
    )


def _is_any_for_accounts(reader: Reader, last: date) -> bool:
    """Whether an account may be due for a reminder since the last step.

    It looks through the accounts whose event falls on the days of a window, one day's as a rule.
    """
    return any(
        reader.exists(
            f"""
            SELECT 1
            FROM account a
            WHERE a.next_on > :after AND a.next_on <= :until AND {reminder.accounts}
            LIMIT 1
            """,
            {"after": after, "until": until},
        )
        for reminder in REMINDERS.values()
        for after, until in windows(last, reader.today, reminder_days(reader, reminder.setting))
    )


def _is_any_about_money(reader: Reader, last: date) -> bool:
    """Whether a debtor or the owner of a card may be due for a reminder since the last step."""
    return any(
        reader.exists(f"{payable()} LIMIT 1", {"after": after, "until": until})
        for after, until in windows(last, reader.today, [reader.setting_number(DEBT_DAYS)])
    ) or any(
        reader.exists(f"SELECT 1 {EXPIRING_CARDS} LIMIT 1", {"month": day.isoformat()[:7]})
        for day, _ in card_ends(reader, last)
    )


def payable(whose: str = "1 = 1") -> str:
    """The last days to pay invoices that nothing covers, of such customers `g`.

    The index on due dates gives few invoices; a grace only moves their days on.
    """
    return f"""
        SELECT o.customer_id, {last_day_to_pay("o", "g")} AS last_on
        FROM invoice_open o
        JOIN customer g ON g.id = o.customer_id
        WHERE {whose}
            AND {is_uncovered("o")}
            AND o.due_on <= :until
            AND {last_day_to_pay("o", "g")} > :after
            AND {last_day_to_pay("o", "g")} <= :until
    """


EXPIRING_CARDS = f"""
    FROM method m
    JOIN customer c ON c.id = m.customer_id
    WHERE m.expires_on = :month
        AND {is_default_of("m", "c.id")}
        AND c.state = 'open'
        AND EXISTS (
            SELECT 1
            FROM platform p
            JOIN account a ON a.platform_id = p.id AND a.state <> 'deleted'
            WHERE p.customer_id = c.id
        )
"""


def card_ends(reader: Reader, last: date | None) -> list[tuple[date, date]]:
    """The last valid days of cards to announce now: ends of months, so few or none."""
    found = events(last, reader.today, reminder_days(reader, CARD_DAYS))
    return [(day, since) for day, since in found if (day + timedelta(days=1)).day == 1]


def unannounced(whose: str = "1 = 1") -> str:
    """SQL for the direct debits of some customers that no notice announces."""
    return f"""
        SELECT y.id AS payment_id, y.customer_id, y.method_id, y.amount_cents
        FROM payment y
        JOIN method m ON m.id = y.method_id
        LEFT JOIN notice t ON t.id = y.notice_id
        WHERE {is_unasked("y")}
            AND m.kind = 'bank'
            AND (t.id IS NULL OR t.ended_for = 'outdated')
            AND {whose}
    """


def is_any_unannounced(reader: Reader) -> bool:
    """Whether a direct debit is to be collected that no notice announces."""
    return reader.exists(f"{unannounced()} LIMIT 1")
