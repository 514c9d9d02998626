"""What entries of bank statements may be the money of: read for many entries at once (rules 20)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import NamedTuple

from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import document_number
from mailctl.store.temp_tables import CustomerSet, TempTable

LARGEST_KEY = 2**31
"""No key or number of ours is that large: more is never looked for."""


class Payment(NamedTuple):
    """A payment that entries name; `state` is its customer's.

    `exported_on` is the day on which its last try was handed over; None where it was not.
    """

    id: int
    customer_id: int
    customer: str
    state: str
    amount_cents: int
    status: str
    tries: int
    reference: str | None
    exported_on: str | None


class Movement(NamedTuple):
    """A movement that names a payment, or has a reference; `entry_id` is whose money it is.

    `named_by_entry` is the EndToEndId that this entry has: none where it is a whole batch's.
    """

    id: int
    seq: int
    customer_id: int
    customer: str
    kind: str
    amount_cents: int
    moved_on: str
    payment_id: int | None
    reference: str | None
    is_reversed: int
    entry_id: int | None
    named_by_entry: str | None
    entry_on: str | None


class Invoice(NamedTuple):
    """An invoice that entries name; `asked_cents` is its total less its credit notes."""

    id: int
    year: int
    seq: int
    number: str
    customer_id: int
    customer: str
    state: str
    open_cents: int
    asked_cents: int
    order_number: int | None


class Order(NamedTuple):
    """An order that entries name."""

    number: int
    customer_id: int
    customer: str
    state: str
    kind: str
    status: str
    total_cents: int


class Owing(NamedTuple):
    """What a customer lacks, and the totals of their unpaid orders."""

    customer_id: int
    customer: str
    missing_cents: int
    order_number: int | None
    order_cents: int | None


@contextmanager
def _keys(transaction: Transaction, keys: Iterable[int]) -> Iterator[TempTable]:
    with TempTable(transaction, "asked_key", "id INTEGER PRIMARY KEY") as table:
        transaction.add_rows(table.name, ("id",), [(key,) for key in sorted(set(keys))])
        yield table


@contextmanager
def _texts(transaction: Transaction, texts: Iterable[str]) -> Iterator[TempTable]:
    with TempTable(transaction, "asked_text", "value TEXT PRIMARY KEY") as table:
        transaction.add_rows(table.name, ("value",), [(text,) for text in sorted(set(texts))])
        yield table


def payments(transaction: Transaction, keys: Collection[int]) -> dict[int, Payment]:
    """The payments of these ids, by their ids."""
    if not keys:
        return {}
    with _keys(transaction, keys) as asked:
        rows = transaction.execute(
            f"""
            SELECT
                p.id, p.customer_id, c.slug, c.state, p.amount_cents, p.status, p.tries,
                p.reference, p.exported_on
            FROM {asked} a
                CROSS JOIN payment p
                CROSS JOIN customer c
            WHERE p.id = a.id AND c.id = p.customer_id
            """
        ).fetchall()
    return {row[0]: Payment(*row) for row in rows}


_MOVEMENT = """
    l.id, l.seq, l.customer_id, c.slug, l.kind, l.amount_cents, l.moved_on, l.payment_id,
    coalesce(l.reference, y.reference) AS reference,
    CASE WHEN r.id IS NULL THEN 0 ELSE 1 END AS is_reversed, b.entry_id,
    k.end_to_end_id AS named_by_entry, k.booked_on AS entry_on
"""
_WITH = """
    CROSS JOIN customer c
    LEFT JOIN payment y ON y.id = l.payment_id AND l.kind = 'payment'
    LEFT JOIN ledger r ON r.reverses_id = l.id
    LEFT JOIN bank_booking b ON b.ledger_id = l.id AND b.undone_on IS NULL
    LEFT JOIN bank_entry k ON k.id = b.entry_id
"""


def of_payments(transaction: Transaction, keys: Collection[int]) -> dict[int, list[Movement]]:
    """The movements that name these payments, in their order."""
    found: dict[int, list[Movement]] = {}
    if not keys:
        return found
    with _keys(transaction, keys) as asked:
        rows = transaction.execute(
            f"""
            SELECT {_MOVEMENT}
            FROM {asked} a
                CROSS JOIN ledger l
                {_WITH}
            WHERE l.payment_id = a.id AND c.id = l.customer_id
            ORDER BY l.id
            """
        ).fetchall()
    for row in rows:
        found.setdefault(row[7], []).append(Movement(*row))
    return found


def recorded(
    transaction: Transaction, references: Collection[str], *, of_entries: bool
) -> dict[str, list[Movement]]:
    """Money that came with one of these references and was not reversed, by the reference.

    Only where it is asked for `of_entries`: all entries of a batch have the same reference.
    """
    found: dict[str, list[Movement]] = {}
    if not references:
        return found
    with _texts(transaction, references) as asked:
        rows = transaction.execute(
            f"""
            SELECT a.value, {_MOVEMENT}
            FROM {asked} a
                CROSS JOIN ledger l
                {_WITH}
            WHERE l.reference = a.value
                AND c.id = l.customer_id
                AND l.kind = 'credit'
                AND (:of_entries = 1 OR b.entry_id IS NULL)
            UNION ALL
            SELECT a.value, {_MOVEMENT}
            FROM {asked} a
                CROSS JOIN payment p
                CROSS JOIN ledger l
                {_WITH}
            WHERE p.reference = a.value
                AND l.payment_id = p.id
                AND l.kind = 'payment'
                AND c.id = l.customer_id
                AND (:of_entries = 1 OR b.entry_id IS NULL)
            """,
            {"of_entries": int(of_entries)},
        ).fetchall()
    for reference, *row in rows:
        one = Movement(*row)
        if not one.is_reversed:
            found.setdefault(reference, []).append(one)
    return found


def by_hand(
    transaction: Transaction, customers: Collection[int], since: date
) -> dict[int, list[Movement]]:
    """Money of these customers since a day that has no reference and is no entry's, by customer."""
    found: dict[int, list[Movement]] = {}
    if not customers:
        return found
    with CustomerSet(transaction, "asked_customer", customers) as asked:
        rows = transaction.execute(
            f"""
            SELECT {_MOVEMENT}
            FROM {asked} a
                CROSS JOIN ledger l
                {_WITH}
            WHERE l.customer_id = a.customer_id
                AND c.id = l.customer_id
                AND l.kind IN ('credit', 'payment')
                AND l.moved_on >= :since
                AND l.reference IS NULL
                AND y.reference IS NULL
                AND r.id IS NULL
                AND b.entry_id IS NULL
            ORDER BY l.id
            """,
            {"since": since},
        ).fetchall()
    for row in rows:
        found.setdefault(row[2], []).append(Movement(*row))
    return found


def invoices(
    transaction: Transaction, numbers: Collection[tuple[int, int]]
) -> dict[tuple[int, int], Invoice]:
    """The invoices of these years and counts."""
    if not numbers:
        return {}
    columns = "year INTEGER NOT NULL, seq INTEGER NOT NULL"
    with TempTable(transaction, "asked_number", columns) as asked:
        transaction.add_rows(asked.name, ("year", "seq"), sorted(set(numbers)))
        rows = transaction.execute(
            f"""
            SELECT
                i.id, i.year, i.seq, {document_number("i")}, i.customer_id, c.slug, c.state,
                o.open_cents, i.total_cents - o.credited_cents, i.order_number
            FROM {asked} a
                CROSS JOIN invoice i
                CROSS JOIN invoice_open o
                CROSS JOIN customer c
            WHERE i.series = ''
                AND i.year = a.year
                AND i.seq = a.seq
                AND o.invoice_id = i.id
                AND c.id = i.customer_id
            """
        ).fetchall()
    return {(row[1], row[2]): Invoice(*row) for row in rows}


def orders(transaction: Transaction, numbers: Collection[int]) -> dict[int, Order]:
    """The orders of these numbers."""
    if not numbers:
        return {}
    with _keys(transaction, numbers) as asked:
        rows = transaction.execute(
            f"""
            SELECT o.number, o.customer_id, c.slug, c.state, o.kind, o.status, o.total_cents
            FROM {asked} a
                CROSS JOIN purchase_order o
                CROSS JOIN customer c
            WHERE o.number = a.id AND c.id = o.customer_id
            """
        ).fetchall()
    return {row[0]: Order(*row) for row in rows}


def owing(transaction: Transaction, customers: Collection[int]) -> dict[int, list[Owing]]:
    """What these customers lack and their unpaid orders, without those who were erased."""
    found: dict[int, list[Owing]] = {}
    if not customers:
        return found
    with CustomerSet(transaction, "asked_customer", customers) as asked:
        rows = transaction.execute(
            f"""
            SELECT
                c.id, c.slug, CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END,
                o.number, o.total_cents
            FROM {asked} a
                CROSS JOIN customer c
                LEFT JOIN purchase_order o
                    ON o.customer_id = c.id AND o.status = 'not-paid' AND o.kind <> 'debt'
            WHERE c.id = a.customer_id AND c.state <> 'erased'
            ORDER BY o.number
            """
        ).fetchall()
    for row in rows:
        found.setdefault(row[0], []).append(Owing(*row))
    return found


def of_ibans(transaction: Transaction, ibans: Collection[str]) -> dict[str, dict[int, str]]:
    """By IBAN, the customers whose it is, each with how that is known."""
    found: dict[str, dict[int, str]] = {}
    if not ibans:
        return found
    with _texts(transaction, ibans) as asked:
        rows = transaction.execute(
            f"""
            SELECT DISTINCT a.value, e.customer_id
            FROM {asked} a
                CROSS JOIN bank_entry e
            WHERE e.iban = a.value
                AND e.state = 'booked'
                AND e.amount_cents > 0
                AND e.customer_id IS NOT NULL
            """
        ).fetchall()
    for iban, customer_id in rows:
        found.setdefault(iban, {})[customer_id] = "of an earlier transfer"
    for iban, customer_id in _of_mandates(transaction, frozenset(ibans)):
        found.setdefault(iban, {})[customer_id] = "of a mandate"
    return found


def ibans_of(transaction: Transaction, customer_id: int) -> list[str]:
    """The accounts that a customer paid from or gave a mandate for, if they are nobody else's."""
    import json

    asked = {"customer": customer_id}
    mandates = transaction.execute(
        "SELECT details FROM method WHERE customer_id = :customer AND kind = 'bank'", asked
    ).fetchall()
    transfers = transaction.execute(
        """
        SELECT DISTINCT iban
        FROM bank_entry
        WHERE customer_id = :customer AND state = 'booked' AND iban IS NOT NULL
        """,
        asked,
    ).fetchall()
    found = {json.loads(details).get("iban") for (details,) in mandates}
    found |= {iban for (iban,) in transfers}
    known = of_ibans(transaction, found - {None})
    return sorted(one for one in found - {None} if known.get(one, {}).keys() <= {customer_id})


def _of_mandates(transaction: Transaction, ibans: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The customers of mandates of these IBANs: all mandates are read, a part at a time."""
    import json

    after, rows = 0, [(0, 0, "{}")]
    while rows:
        rows = transaction.execute(
            """
            SELECT id, customer_id, details
            FROM method
            WHERE id > :after AND kind = 'bank' AND removed_on IS NULL
            ORDER BY id LIMIT 5000
            """,
            {"after": after},
        ).fetchall()
        for key, customer_id, details in rows:
            after = key
            iban = json.loads(details).get("iban")
            if iban in ibans:
                yield iban, customer_id


class Handed(NamedTuple):
    """A file of direct debits that was handed over, and the tries in it, as `(payment, try)`."""

    id: int
    content: str
    tries: tuple[tuple[int, int], ...]


def handed_over(transaction: Transaction, keys: Collection[int]) -> dict[int, Handed]:
    """The SEPA files of these numbers."""
    found: dict[int, Handed] = {}
    for key in sorted(set(keys)):
        row = transaction.execute(
            "SELECT content FROM payment_export WHERE id = :id AND format = 'sepa'", {"id": key}
        ).fetchone()
        if row is None:
            continue
        tries = transaction.execute(
            """
            SELECT payment_id, try
            FROM payment_export_entry
            WHERE export_id = :id
            ORDER BY payment_id
            """,
            {"id": key},
        ).fetchall()
        found[key] = Handed(key, row[0], tuple((one[0], one[1]) for one in tries))
    return found
