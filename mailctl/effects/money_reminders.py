"""Reminders about money: debts before they are due, default cards before they expire (SPEC 12)."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from mailctl.effects import debit_announcements
from mailctl.effects.reminders import events, reminder_days, windows
from mailctl.store import notices
from mailctl.store.engine.dialect import LAST_DAY_TO_PAY
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet, is_outside

_DEBT_DAYS = "debt-reminder-days"
_CARD_DAYS = "card-reminder-days"
_TELLS_OF_DEBT = "('invoice-issued', 'order-confirmed', 'debt-opened', 'debt-reminder')"

# The last days to pay the invoices that nothing covers; {0} says of which customers `g`.
_PAYABLE = (
    f"SELECT o.customer_id, {LAST_DAY_TO_PAY.format('g')} AS last_on FROM invoice_open o "
    "JOIN customer g ON g.id = o.customer_id WHERE {0} AND o.open_cents > 0 AND o.is_covered = 0 "
    # Of these the index has few; a grace only moves them on.
    "AND o.due_on <= :until "
    f"AND {LAST_DAY_TO_PAY.format('g')} > :after AND {LAST_DAY_TO_PAY.format('g')} <= :until"
)
_CARDS = (
    "FROM method m JOIN customer c ON c.id = m.customer_id WHERE m.expires_on = :month "
    "AND m.is_default = 1 AND m.removed_on IS NULL AND c.state = 'open' "
    "AND EXISTS (SELECT 1 FROM platform p JOIN account a ON a.platform_id = p.id "
    "AND a.state <> 'deleted' WHERE p.customer_id = c.id)"
)


def is_any_due(reader: Reader, last: date) -> bool:
    """Whether a debtor or a card may be to be reminded of since the last step."""
    return (
        any(
            reader.row(
                f"SELECT 1 FROM ({_PAYABLE.format('1 = 1')}) q LIMIT 1",
                {"after": after.isoformat(), "until": until.isoformat()},
            )
            for after, until in windows(last, reader.today, [reader.setting_number(_DEBT_DAYS)])
        )
        or any(
            reader.row(f"SELECT 1 {_CARDS} LIMIT 1", {"month": day.isoformat()[:7]})
            for day, _ in _card_ends(reader, last)
        )
        or debit_announcements.is_any_unannounced(reader)
    )


def remind(transaction: Transaction, last: date, excluded: CustomerSet) -> None:
    """Queue what has fallen due since the last step's day, for all other customers."""
    remind_of_debts(transaction, last, excluded=excluded)
    remind_of_cards(transaction, last, excluded=excluded)
    # What no command of this version has announced: of an older store, or told in vain.
    debit_announcements.announce(transaction)


def tell_all(transaction: Transaction, setting: str) -> None:
    """Tell what the new days of a setting are too late for; nothing where it is another."""
    if setting == _DEBT_DAYS:
        remind_of_debts(transaction, None)
    if setting == _CARD_DAYS:
        remind_of_cards(transaction, None)


def remind_of_debts(
    transaction: Transaction,
    last: date | None,
    customer_id: int | None = None,
    *,
    excluded: CustomerSet | None = None,
) -> None:
    """One notice per debtor: what is missing, and by when the first of it is to be paid.

    Those that fell due after the day `last`, or ever, and that nothing has told of since.
    """
    days = [transaction.setting_number(_DEBT_DAYS)]
    since = dict(events(last, transaction.today, days))
    if not since:
        return
    payable = _PAYABLE.format("1 = 1" if customer_id is None else "g.id = :customer")
    found = transaction.execute(
        "SELECT c.id, -c.balance_cents, q.last_on, (SELECT max(n.queued_on) FROM notice n "
        f"WHERE n.customer_id = c.id AND (n.due_on = q.last_on AND n.kind IN {_TELLS_OF_DEBT} "
        # What asks for all that is missing by a day before asks for this too.
        "OR n.due_on < q.last_on AND n.kind = 'debt-opened') "
        "AND coalesce(n.ended_for, '') <> 'outdated') "
        f"FROM ({payable}) q JOIN customer c ON c.id = q.customer_id WHERE c.balance_cents < 0 "
        f"AND {is_outside(excluded, 'c.id')} ORDER BY c.id, q.last_on",
        {
            "after": (min(since) - timedelta(days=1)).isoformat(),
            "until": max(since).isoformat(),
            "customer": customer_id,
        },
    ).fetchall()
    told: set[int] = set()
    for debtor, missing, last_text, told_on in found:
        last_on = date.fromisoformat(last_text)
        is_told = told_on is not None and date.fromisoformat(told_on) >= since[last_on]
        if debtor in told or is_told:
            continue
        told.add(debtor)
        notices.queue(transaction, debtor, "debt-reminder", amount_cents=missing, due_on=last_on)


def remind_of_cards(
    transaction: Transaction,
    last: date | None,
    customer_id: int | None = None,
    *,
    excluded: CustomerSet | None = None,
) -> None:
    """Tell the customers who have anything live that their default card soon expires.

    What fell due after the day `last`, or ever, and was not told since.
    """
    # A customer's default method is found by its index; all the cards of a month by reading them.
    whose = "1 = 1" if customer_id is None else "m.customer_id = :customer"
    for day, since in _card_ends(transaction, last):
        found = transaction.execute(
            f"SELECT c.id, m.id {_CARDS} AND {is_outside(excluded, 'c.id')} "
            f"AND {whose} AND NOT EXISTS (SELECT 1 FROM notice n "
            "WHERE n.customer_id = c.id AND n.kind = 'card-expiring' AND n.method_id = m.id "
            "AND n.due_on = :day AND n.queued_on >= :since "
            "AND coalesce(n.ended_for, '') <> 'outdated') ORDER BY c.id",
            {
                "month": day.isoformat()[:7],
                "customer": customer_id,
                "day": day.isoformat(),
                "since": since.isoformat(),
            },
        ).fetchall()
        for holder, card in found:
            notices.queue(transaction, holder, "card-expiring", method_id=card, due_on=day)


def _card_ends(reader: Reader, last: date | None) -> list[tuple[date, date]]:
    """The last valid days of cards that are to be told of now: ends of months, so few or none."""
    found = events(last, reader.today, reminder_days(reader, _CARD_DAYS))
    return [(day, since) for day, since in found if day.day == monthrange(day.year, day.month)[1]]
