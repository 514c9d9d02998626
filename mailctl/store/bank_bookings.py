"""Which movements of prepaid accounts are an entry's money: made by it, or linked (rules 20).

A movement is the money of one entry at most.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mailctl.domain.prepaid import MovementKind
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import TempTable
from mailctl.values import Value


class Booked(Value):
    """A movement that is an entry's money, row `seq` of its customer's statement."""

    ledger_id: int
    seq: int
    customer: str
    kind: MovementKind
    amount_cents: int
    payment_id: int | None
    is_link: bool
    is_reversed: bool


def of_entry(reader: Reader, entry_id: int) -> list[Booked]:
    """The movements that are an entry's money now, the newest first."""
    return reader.facts(
        Booked,
        """
        SELECT
            b.ledger_id, l.seq, c.slug AS customer, l.kind, l.amount_cents, l.payment_id,
            b.is_link,
            EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id) AS is_reversed
        FROM bank_booking b
            JOIN ledger l ON l.id = b.ledger_id
            JOIN customer c ON c.id = l.customer_id
        WHERE b.entry_id = :entry AND b.undone_on IS NULL
        ORDER BY b.ledger_id DESC
        """,
        {"entry": entry_id},
    )


class Movement(Value):
    """A movement that may be an entry's money; `entry_id` is the entry whose money it is."""

    id: int
    seq: int
    customer_id: int
    customer: str
    kind: MovementKind
    amount_cents: int
    payment_id: int | None
    is_reversed: bool
    entry_id: int | None


_MOVEMENT = """
    SELECT
        l.id, l.seq, l.customer_id, c.slug AS customer, l.kind, l.amount_cents, l.payment_id,
        EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id) AS is_reversed, b.entry_id
    FROM ledger l
        JOIN customer c ON c.id = l.customer_id
        LEFT JOIN bank_booking b ON b.ledger_id = l.id AND b.undone_on IS NULL
"""


def movement(reader: Reader, ledger_id: int) -> Movement | None:
    """The movement of that key, and whose money it is."""
    return reader.fact(Movement, f"{_MOVEMENT} WHERE l.id = :id", {"id": ledger_id})


def of_payment(reader: Reader, payment_id: int) -> list[Movement]:
    """The movements that name a payment, in their order."""
    sql = f"{_MOVEMENT} WHERE l.payment_id = :payment ORDER BY l.id"
    return reader.facts(Movement, sql, {"payment": payment_id})


def row_of(reader: Reader, customer_id: int, seq: int) -> int:
    """The key of a row of a customer's statement."""
    return reader.number(
        "SELECT id FROM ledger WHERE customer_id = :customer AND seq = :seq",
        {"customer": customer_id, "seq": seq},
    )


def add(transaction: Transaction, entry_id: int, ledger_ids: Iterable[int], *, link: bool) -> None:
    """Record that movements are an entry's money; `link` where they were in the books before."""
    add_all(transaction, [(ledger_id, entry_id, link) for ledger_id in ledger_ids])


def add_all(transaction: Transaction, rows: Iterable[tuple[int, int, bool]]) -> None:
    """Record of each movement whose money it is, and whether it was in the books before."""
    given = [{"ledger": row, "entry": entry, "link": int(link)} for row, entry, link in rows]
    # What a person took back may be the money of another entry.
    transaction.execute_many(
        """
        UPDATE bank_booking
        SET entry_id = :entry, is_link = :link, undone_on = NULL
        WHERE ledger_id = :ledger AND undone_on IS NOT NULL
        """,
        [one for one in given if one["link"]],
    )
    transaction.execute_many(
        """
        INSERT INTO bank_booking (ledger_id, entry_id, is_link)
        SELECT CAST(:ledger AS BIGINT), CAST(:entry AS BIGINT), CAST(:link AS BIGINT)
        WHERE NOT EXISTS (
            SELECT 1 FROM bank_booking b WHERE b.ledger_id = :ledger AND b.entry_id = :entry
        )
        """,
        given,
    )


def undo(transaction: Transaction, entry_id: int) -> None:
    """Record that an entry's money is taken back, or no longer linked, from today on."""
    transaction.execute(
        """
        UPDATE bank_booking
        SET undone_on = :today
        WHERE entry_id = :entry AND undone_on IS NULL
        """,
        {"entry": entry_id},
    )


def add_new(transaction: Transaction, rows: Iterable[tuple[int, int]]) -> None:
    """Record of new movements, each with its entry, that they are the entry's money."""
    transaction.add_rows(
        "bank_booking",
        ("ledger_id", "entry_id", "is_link"),
        [(ledger_id, entry_id, 0) for ledger_id, entry_id in rows],
    )


def awaited(transaction: Transaction, payments: Collection[int]) -> set[int]:
    """Those of these payments whose answer is awaited."""
    if not payments:
        return set()
    with TempTable(transaction, "asked_payment", "id INTEGER PRIMARY KEY") as asked:
        transaction.add_rows(asked.name, ("id",), [(one,) for one in sorted(payments)])
        return set(
            transaction.numbers(
                f"""
                SELECT p.id
                FROM {asked} a
                    CROSS JOIN payment p
                WHERE p.id = a.id AND p.status = 'pending'
                """
            )
        )


def taken_references(
    transaction: Transaction, given: Collection[tuple[int, str]]
) -> set[tuple[int, str]]:
    """Those of these references, each with a customer, by which the customer has money already."""
    if not given:
        return set()
    columns = "customer_id INTEGER NOT NULL, reference TEXT NOT NULL"
    with TempTable(transaction, "asked_money", columns) as asked:
        transaction.add_rows(asked.name, ("customer_id", "reference"), sorted(given))
        found = transaction.execute(
            f"""
            SELECT a.customer_id, a.reference
            FROM {asked} a
                CROSS JOIN ledger l
            WHERE l.customer_id = a.customer_id
                AND l.reference = a.reference
                AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
            UNION
            SELECT a.customer_id, a.reference
            FROM {asked} a
                CROSS JOIN payment p
            WHERE p.reference = a.reference AND p.customer_id = a.customer_id
            """
        ).fetchall()
    return {(int(customer), str(reference)) for customer, reference in found}
