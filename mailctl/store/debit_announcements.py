"""Direct debits announced before they are collected: by which notice, and for which day (SPEC 10).

Each try of a payment by bank is announced by one notice: one that is queued anyway and says it, or
a `debit-coming` of its own. The day is fixed when the notice is sent, never earlier than it told.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from mailctl.domain.target import collection_day
from mailctl.store import notices
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import CustomerSet

_UNTOLD = """
    SELECT y.id AS payment_id, y.customer_id, y.method_id, y.amount_cents
    FROM payment y
    JOIN method m ON m.id = y.method_id
    LEFT JOIN notice t ON t.id = y.notice_id
    WHERE y.status = 'pending'
        AND y.exported_on IS NULL
        AND m.kind = 'bank'
        AND (t.id IS NULL OR t.ended_for = 'outdated')
        AND {0}
"""
_EVERY = "1 = 1"
_OF_SET = "y.customer_id IN (SELECT customer_id FROM {0})"
_ONE = "y.customer_id = :customer"

# Queued today and not yet in anybody's hands, so that it will say the debit when it is sent.
_SAYS_IT = """
    SELECT max(n.id)
    FROM notice n
    WHERE n.customer_id = payment.customer_id
        AND n.kind IN ('invoice-issued', 'payment-failed', 'debit-coming')
        AND n.queued_on = :today
        AND n.tries = 0
        AND n.sent_at IS NULL
        AND n.ended_at IS NULL
"""


def is_any_untold(reader: Reader) -> bool:
    """Whether a direct debit is to be collected that no notice announces."""
    return reader.row(f"{_UNTOLD.format(_EVERY)} LIMIT 1") is not None


def announce(transaction: Transaction) -> None:
    """Have every direct debit that nothing announces announced."""
    _announce(transaction, _EVERY)


def announce_and_record(transaction: Transaction) -> None:
    """The same, with a journal row for each notice that is queued."""
    before = transaction.number("SELECT max(id) FROM notice")
    announce(transaction)
    notices.record_queued(transaction, before)


def announce_of_all(transaction: Transaction, customers: CustomerSet) -> None:
    """The same for these customers."""
    _announce(transaction, _OF_SET.format(customers))


def announce_of(transaction: Transaction, customer_id: int) -> None:
    """The same for one customer."""
    _announce(transaction, _ONE, customer_id)


def _announce(transaction: Transaction, whose: str, customer_id: int | None = None) -> None:
    facts: dict[str, object] = {"today": transaction.today.isoformat()}
    if customer_id is not None:
        facts["customer"] = customer_id
    untold = _UNTOLD.format(whose)
    if transaction.row(f"{untold} LIMIT 1", facts) is None:
        return
    _let_say(transaction, untold, facts)
    transaction.execute(
        f"""
        INSERT INTO notice (customer_id, kind, queued_on, method_id, amount_cents)
        SELECT u.customer_id, 'debit-coming', :today,
            CASE WHEN min(u.method_id) = max(u.method_id) THEN min(u.method_id) END,
            CAST(sum(u.amount_cents) AS BIGINT)
        FROM ({untold}) u
        GROUP BY u.customer_id
        ORDER BY u.customer_id
        """,
        facts,
    )
    _let_say(transaction, untold, facts)


def _let_say(transaction: Transaction, untold: str, facts: dict[str, object]) -> None:
    """Link what is untold to a notice of today that can still say it."""
    linked = transaction.execute(
        f"""
        UPDATE payment SET notice_id = ({_SAYS_IT}), told_on = NULL
        WHERE id IN (SELECT payment_id FROM ({untold}) u) AND EXISTS (
            {_SAYS_IT.replace("max(n.id)", "1")}
        )
        RETURNING notice_id
        """,
        facts,
    ).fetchall()
    for notice_id in sorted({int(row[0]) for row in linked}):
        _sum_up(transaction, notice_id)


def _sum_up(transaction: Transaction, notice_id: int) -> None:
    """Let a notice that is about debits alone be of their sum."""
    transaction.execute(
        """
        UPDATE notice SET amount_cents = (
            SELECT CAST(sum(y.amount_cents) AS BIGINT)
            FROM payment y
            WHERE y.notice_id = :id AND y.status = 'pending' AND y.exported_on IS NULL
        )
        WHERE id = :id AND kind = 'debit-coming'
        """,
        {"id": notice_id},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Debit:
    """A direct debit that a notice announces; `earliest_on` is the first day of its collection."""

    payment_id: int
    customer: str
    amount_cents: int
    account: str
    mandate: str | None
    earliest_on: date


def debits(reader: Reader, notice_id: int) -> list[Debit]:
    """The direct debits that a notice announces and that are still to be handed over.

    A day that was told stays, unless the notice is told so late that it cannot be kept.
    """
    return [
        Debit(
            payment_id=payment_id,
            customer=customer,
            amount_cents=cents,
            account=label,
            mandate=json.loads(details).get("mandate"),
            earliest_on=_earliest_on(reader, next_try_on, told_on),
        )
        for payment_id, customer, cents, label, details, next_try_on, told_on in reader.execute(
            """
            SELECT y.id, c.slug, y.amount_cents, m.label, m.details, y.next_try_on, y.told_on
            FROM payment y
            JOIN method m ON m.id = y.method_id
            JOIN customer c ON c.id = y.customer_id
            WHERE y.notice_id = :id AND y.status = 'pending' AND y.exported_on IS NULL
            ORDER BY y.id
            """,
            {"id": notice_id},
        )
    ]


def _earliest_on(reader: Reader, next_try_on: str | None, told_on: str | None) -> date:
    """The later of the collection day and the end of the pre-notification, as of today (SPEC 10).

    A try whose day is still to come is handed over then at the earliest.
    """
    today = reader.today
    handed_over_on = max(today, date.fromisoformat(next_try_on)) if next_try_on else today
    days = [
        collection_day(handed_over_on, reader.setting_number("collection-lead-days")),
        today + timedelta(days=reader.setting_number("prenotification-days")),
    ]
    if told_on:
        days.append(date.fromisoformat(told_on))
    return max(days)


def tell(transaction: Transaction, notice_id: int) -> None:
    """Fix the days of the debits that a notice is about to announce: none is collected before."""
    found = debits(transaction, notice_id)
    for debit in found:
        day = debit.earliest_on.isoformat()
        transaction.execute(
            "UPDATE payment SET told_on = :day WHERE id = :id", {"day": day, "id": debit.payment_id}
        )
        transaction.record(
            "debit-announced",
            f"customer/{debit.customer}",
            {"payment": debit.payment_id, "notice": notice_id, "earliest_on": day},
        )
    if found:
        _sum_up(transaction, notice_id)
