"""A copy of a store in memory, on which days can be lived that have not come yet.

Whoever lives there does so with the code of the store itself, and nothing of it reaches the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from mailctl import clock
from mailctl.store.engine.connection import Store, configure
from mailctl.store.engine.damage import UNEXPECTED
from mailctl.store.engine.dialect import LAST_DAY_TO_PAY, OVERDUE, mapped_errors
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction


class Imagined:
    """The copy; `reader` reads it, and its `today` is that of the store when it was copied."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self.reader = Reader(path, connection)

    @contextmanager
    def day(self, day: date) -> Iterator[Transaction]:
        """One transaction of that day, kept in the copy; undone on an error."""
        self._connection.execute("BEGIN")
        try:
            transaction = Transaction(
                self._path, self._connection, command="forecast", dry_run=False
            )
            transaction.move_clock(day)
            yield transaction
            transaction.close_batch()
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


@contextmanager
def imagined(store: Store) -> Iterator[Imagined]:
    """A copy of the store as it stands now, whoever is writing to it; gone at the end."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        with store.read() as reader:
            reader.connection.backup(connection)
        try:
            with _lived_in(store.path, connection) as copy:
                yield copy
        except UNEXPECTED:
            # The copy has no seals: whether it comes of damage is told from the store.
            with store.read():
                raise


@contextmanager
def imagined_from(reader: Reader) -> Iterator[Imagined]:
    """A copy of what a reader sees."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        reader.connection.backup(connection)
        with _lived_in(reader.path, connection) as copy:
            yield copy


@contextmanager
def _lived_in(path: Path, connection: sqlite3.Connection) -> Iterator[Imagined]:
    with mapped_errors(path):
        configure(connection)
        # Who writes keeps its references; to look each up again is a fifth of the time.
        connection.execute("PRAGMA foreign_keys = OFF")
        yield Imagined(path, connection)


_OTHERS = (
    (
        "UPDATE account SET state = 'deleted', deleted_on = :today WHERE state <> 'deleted' "
        "AND platform_id IN (SELECT p.id FROM platform p WHERE p.customer_id <> :customer)"
    ),
    (
        "UPDATE invoice_open SET open_cents = 0, paid_on = :today "
        "WHERE open_cents > 0 AND customer_id <> :customer"
    ),
    (
        "UPDATE purchase_order SET status = 'cancelled', ended_on = :today "
        "WHERE status = 'not-paid' AND customer_id <> :customer"
    ),
    (
        "UPDATE payment SET status = 'cancelled' "
        "WHERE status = 'pending' AND customer_id <> :customer"
    ),
)


def leave_out_others(transaction: Transaction, customer_id: int) -> None:
    """Let nothing be due for anybody but this customer: what befalls one moves no other."""
    for statement in _OTHERS:
        transaction.execute(
            statement, {"today": transaction.today.isoformat(), "customer": customer_id}
        )


def overdue_customers(reader: Reader) -> frozenset[str]:
    """The customers who have let the last day of an invoice pass (SPEC 9)."""
    rows = reader.execute(
        "SELECT DISTINCT c.slug FROM customer c JOIN invoice_open o ON o.customer_id = c.id "
        f"WHERE {OVERDUE.format('c')}",
        {"today": reader.today.isoformat()},
    )
    return frozenset(str(slug) for (slug,) in rows)


def debts_on_their_last_day(reader: Reader) -> list[tuple[str, int]]:
    """Who must pay by tonight lest accounts be suspended, with the cents that they owe.

    What pending payments cover is not asked for, and a grace gives until its own last day.
    """
    rows = reader.execute(
        "SELECT DISTINCT c.slug, -c.balance_cents, c.id FROM invoice_open o "
        "JOIN customer c ON c.id = o.customer_id WHERE c.balance_cents < 0 "
        "AND o.open_cents > 0 AND o.is_covered = 0 AND o.due_on <= :today "
        f"AND {LAST_DAY_TO_PAY.format('c')} <= :today ORDER BY c.id",
        {"today": reader.today.isoformat()},
    )
    return [(str(slug), int(cents)) for slug, cents, _ in rows]


def payments_to_answer(reader: Reader) -> list[int]:
    """Pending payments that were handed over, or whose try has come and could be (SPEC 10)."""
    rows = reader.execute(
        "SELECT p.id FROM payment p JOIN method m ON m.id = p.method_id "
        "WHERE p.status = 'pending' AND (p.exported_on IS NOT NULL OR ("
        "(p.next_try_on IS NULL OR p.next_try_on <= :today) "
        "AND (m.expires_on IS NULL OR m.expires_on >= substr(:today, 1, 7)))) ORDER BY p.id",
        {"today": reader.today.isoformat()},
    )
    return [int(payment_id) for (payment_id,) in rows]


def send_notices(transaction: Transaction) -> None:
    """Let every notice have been sent."""
    transaction.execute(
        "UPDATE notice SET sent_at = :now WHERE sent_at IS NULL AND ended_at IS NULL",
        {"now": clock.stamp()},
    )


def invoiced(reader: Reader, after_id: int) -> dict[str, tuple[int, int, int]]:
    """Net, tax and total cents of each month's invoices since the one with that id."""
    rows = reader.execute(
        "SELECT substr(i.issued_on, 1, 7), CAST(sum(i.net_cents) AS BIGINT), "
        "CAST(sum(i.tax_cents) AS BIGINT), CAST(sum(i.total_cents) AS BIGINT) FROM invoice i "
        "WHERE i.id > :after AND i.series = '' GROUP BY substr(i.issued_on, 1, 7)",
        {"after": after_id},
    )
    return {str(month): (int(net), int(tax), int(total)) for month, net, tax, total in rows}


def shortfalls(reader: Reader, after_id: int) -> list[tuple[str, date, int]]:
    """Whose balance did not cover a charge since that ledger row: first when, and what was missing.

    In order of days, then of customers.
    """
    rows = reader.execute(
        "SELECT c.slug, l.moved_on, -l.after_cents FROM (SELECT min(m.id) AS id FROM ledger m "
        "WHERE m.id > :after AND m.kind = 'charge' AND m.after_cents < 0 GROUP BY m.customer_id) f "
        "JOIN ledger l ON l.id = f.id JOIN customer c ON c.id = l.customer_id "
        "ORDER BY l.moved_on, c.slug",
        {"after": after_id},
    )
    return [(str(slug), date.fromisoformat(day), int(cents)) for slug, day, cents in rows]
