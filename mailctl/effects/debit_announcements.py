"""Direct debits are announced before they are collected (rules 10).

Each try of a payment by bank is announced by one notice: one that is queued anyway and names it, or
a `debit-coming` of its own. The day is fixed when the notice is sent, and never moves forward.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from mailctl.domain.target import collection_day
from mailctl.effects.due_reminders import unannounced
from mailctl.store import notices
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unasked, is_unsent
from mailctl.store.temp_tables import CustomerSet, is_outside
from mailctl.values import Value

_ONE = "y.customer_id = :customer"


def announce(transaction: Transaction, excluded: CustomerSet | None = None) -> None:
    """Announce every direct debit that no notice announces, of all other customers."""
    _announce(transaction, is_outside(excluded, "y.customer_id"))


def announce_and_record(transaction: Transaction) -> None:
    """The same, with a journal row for each notice that is queued."""
    before = transaction.last_key("notice")
    announce(transaction)
    notices.record_queued(transaction, before)


def announce_of_all(transaction: Transaction, customers: CustomerSet) -> None:
    """The same for these customers."""
    _announce(transaction, f"y.customer_id IN (SELECT customer_id FROM {customers})")


def announce_of(transaction: Transaction, customer_id: int) -> None:
    """The same for one customer."""
    _announce(transaction, _ONE, {"customer": customer_id})


def _announce(transaction: Transaction, whose: str, facts: Mapping[str, object] = EMPTY) -> None:
    if not transaction.exists(f"{unannounced(whose)} LIMIT 1", facts):
        return
    _add_to_queued(transaction, whose, facts)
    transaction.execute(
        f"""
        INSERT INTO notice (id, customer_id, kind, queued_on, method_id, amount_cents)
        WITH unannounced AS ({unannounced(whose)})
        SELECT
            :last + row_number() OVER (ORDER BY customer_id), customer_id, 'debit-coming', :today,
            CASE WHEN min(method_id) = max(method_id) THEN min(method_id) END,
            CAST(sum(amount_cents) AS BIGINT)
        FROM unannounced
        GROUP BY customer_id
        ORDER BY customer_id
        """,
        {"last": transaction.last_key("notice"), **facts},
    )
    _add_to_queued(transaction, whose, facts)


def _add_to_queued(transaction: Transaction, whose: str, facts: Mapping[str, object]) -> None:
    """Announce debits by a notice of today that nobody has tried to send yet, where there is one.

    Such a notice names them when it is sent.
    """
    announcing = transaction.numbers(
        f"""
        WITH unannounced AS ({unannounced(whose)}),
        to_announce AS (
            SELECT
                payment_id,
                (
                    SELECT max(n.id)
                    FROM notice n
                    WHERE n.customer_id = unannounced.customer_id
                        AND n.kind IN ('invoice-issued', 'payment-failed', 'debit-coming')
                        AND n.queued_on = :today
                        AND n.tries = 0
                        AND {is_unsent("n")}
                ) AS notice_id
            FROM unannounced
        )
        UPDATE payment
        SET notice_id = to_announce.notice_id, told_on = NULL
        FROM to_announce
        WHERE payment.id = to_announce.payment_id AND to_announce.notice_id IS NOT NULL
        RETURNING payment.notice_id
        """,
        facts,
    )
    for notice_id in sorted(set(announcing)):
        _sum_up(transaction, notice_id)


def _sum_up(transaction: Transaction, notice_id: int) -> None:
    """Set the amount of a notice that is about debits alone to their sum."""
    transaction.execute(
        f"""
        UPDATE notice
        SET amount_cents = (
            SELECT CAST(sum(y.amount_cents) AS BIGINT)
            FROM payment y
            WHERE y.notice_id = :id AND {is_unasked("y")}
        )
        WHERE id = :id AND kind = 'debit-coming'
        """,
        {"id": notice_id},
    )


class Debit(Value):
    """A direct debit that a notice announces; `earliest_on` is the first day of its collection."""

    payment_id: int
    customer: str
    amount_cents: int
    account: str
    mandate: str | None
    earliest_on: date


class _Pending(Value):
    payment_id: int
    customer: str
    amount_cents: int
    account: str
    details: dict[str, str | None]
    next_try_on: date | None
    told_on: date | None


def debits(reader: Reader, notice_id: int) -> list[Debit]:
    """The direct debits that a notice announces and that are still to be handed over.

    A day that was announced stays, unless the notice is sent so late that it cannot be kept.
    """
    pending = reader.facts(
        _Pending,
        f"""
        SELECT
            y.id AS payment_id, c.slug AS customer, y.amount_cents, m.label AS account, m.details,
            y.next_try_on, y.told_on
        FROM payment y
        JOIN method m ON m.id = y.method_id
        JOIN customer c ON c.id = y.customer_id
        WHERE y.notice_id = :id AND {is_unasked("y")}
        ORDER BY y.id
        """,
        {"id": notice_id},
    )
    return [
        Debit(
            payment_id=one.payment_id,
            customer=one.customer,
            amount_cents=one.amount_cents,
            account=one.account,
            mandate=one.details.get("mandate"),
            earliest_on=_earliest_on(reader, one),
        )
        for one in pending
    ]


def _earliest_on(reader: Reader, debit: _Pending) -> date:
    """The later of the collection day and the end of the pre-notification, as of today (rules 10).

    A try whose day is still to come is not handed over before that day.
    """
    today = reader.today
    handed_over_on = max(today, debit.next_try_on or today)
    return max(
        collection_day(handed_over_on, reader.setting_number("collection-lead-days")),
        today + timedelta(days=reader.setting_number("prenotification-days")),
        debit.told_on or today,
    )


def fix_days(transaction: Transaction, notice_id: int) -> None:
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
