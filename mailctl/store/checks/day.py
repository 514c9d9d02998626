"""What the rows of one day must keep, checked before they are committed (rules 11).

Only rows written since a mark are checked, a set at a time, so that a tick pays little for it, and
no more for a long history: they are found by their keys. (DISTINCT, or a condition on a document's
series, would lead SQLite through an index of all there ever were.)
"""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.store.engine.chain import has_most_lines
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value, fields


class Marks(Value):
    """The highest keys before the rows that are to be checked."""

    ledger_id: int
    invoice_id: int


def marks(reader: Reader) -> Marks:
    """Where the books stand now."""
    return Marks(
        ledger_id=reader.number("SELECT max(id) FROM ledger"),
        invoice_id=reader.number("SELECT max(id) FROM invoice"),
    )


class _Fault(Value):
    customer_id: int
    reason: str


# A movement goes on from the one before it, and adds up.
_MOVEMENTS = """
    SELECT
        l.customer_id,
        'movement ' || l.seq || ' does not go on from the one before it' AS reason
    FROM ledger l
    LEFT JOIN ledger b ON b.customer_id = l.customer_id AND b.seq = l.seq - 1
    WHERE l.id > :ledger_id
        AND (
            l.before_cents <> coalesce(b.after_cents, 0)
            OR l.after_cents <> l.before_cents + l.amount_cents
            OR (b.id IS NULL AND l.seq <> 1)
            OR l.moved_on < b.moved_on
        )
"""
# The balance is what the last one left.
_BALANCES = """
    SELECT c.id AS customer_id, 'the balance is not that of the ledger' AS reason
    FROM customer c
    WHERE c.id IN (SELECT customer_id FROM ledger WHERE id > :ledger_id)
        AND c.balance_cents <> (
            SELECT l.after_cents
            FROM ledger l
            WHERE l.customer_id = c.id
            ORDER BY l.seq DESC LIMIT 1
        )
"""
# An invoice is its lines and their tax, and is charged whole.
_INVOICES = f"""
    WITH billed AS (
        SELECT invoice_id, CAST(sum(unit_cents) AS BIGINT) AS cents
        FROM invoice_line
        WHERE invoice_id > :invoice_id
        GROUP BY invoice_id
    )
    SELECT i.customer_id, {document_number("i")} || ' does not add up' AS reason
    FROM invoice i
    LEFT JOIN billed b ON b.invoice_id = i.id
    LEFT JOIN ledger l ON l.invoice_id = i.id AND l.kind = 'charge'
    WHERE i.id > :invoice_id
        AND i.corrects_id IS NULL
        AND (
            coalesce(b.cents, -1) <> i.net_cents
            OR i.tax_cents <> (i.net_cents * i.tax_rate * 2 + 10000) / 20000
            OR i.total_cents <> i.net_cents + i.tax_cents
            OR coalesce(l.amount_cents, 1) <> -i.total_cents
            OR l.customer_id <> i.customer_id
        )
"""
# What is missing lies on open invoices, unless all of them are open and it began before them.
_SETTLEMENT = """
    WITH moved AS (
        SELECT
            c.id,
            CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END AS missing_cents,
            coalesce((
                SELECT CAST(sum(o.open_cents) AS BIGINT)
                FROM invoice_open o
                WHERE o.customer_id = c.id AND o.open_cents > 0
            ), 0) AS open_cents
        FROM customer c
        WHERE c.id IN (SELECT customer_id FROM ledger WHERE id > :ledger_id)
    )
    SELECT
        m.id AS customer_id,
        'its invoices are open for ' || m.open_cents || ' cents, and ' || m.missing_cents
            || ' are missing' AS reason
    FROM moved m
    WHERE m.open_cents > m.missing_cents
        OR (
            m.open_cents < m.missing_cents
            AND EXISTS (
                SELECT 1
                FROM invoice i
                JOIN invoice_open o ON o.invoice_id = i.id
                WHERE i.customer_id = m.id AND o.open_cents < i.total_cents - o.credited_cents
            )
        )
"""
# A customer below 0 has an open debt order for what is missing, nobody else has one.
_DEBTS = """
    SELECT c.id AS customer_id, 'the debt order is not for what is missing' AS reason
    FROM customer c
    LEFT JOIN purchase_order p ON p.customer_id = c.id
        AND p.kind = 'debt'
        AND p.status = 'not-paid'
    WHERE c.id IN (SELECT customer_id FROM ledger WHERE id > :ledger_id)
        AND coalesce(p.total_cents, 0)
            <> CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END
"""
# Accounts billed expire where their last term ends. CROSS JOIN keeps the new lines as the outer
# loop, each compared with its account; only where one differs are the account's later ones read.
_EXPIRIES = """
    SELECT
        p.customer_id,
        'account ' || min(a.id) || ' does not expire where its last term ends' AS reason
    FROM invoice_line l
        CROSS JOIN account a
        CROSS JOIN platform p
    WHERE {new}
        AND a.id = l.account_id
        AND p.id = a.platform_id
        AND a.expires_on <> l.period_end_on
        AND NOT EXISTS (
            SELECT 1
            FROM invoice_line n
            WHERE n.account_id = l.account_id
                AND n.period_start_on > l.period_start_on
                AND n.period_end_on = a.expires_on
        )
    GROUP BY p.customer_id
"""
_STANDING = (_BALANCES, _SETTLEMENT, _DEBTS)
# New lines `l`: by their invoices' index, or in order of the accounts where they are many, which
# costs a quarter then. The sign keeps the index from being used, and every key is above 0.
_FEW_NEW = "l.invoice_id > :invoice_id"
_MANY_NEW = "l.account_id > 0 AND +l.invoice_id > :invoice_id"


def of_the_day(reader: Reader, before: Marks) -> dict[int, str]:
    """The customers whose rows since `before` break the books: key and reason, in their order."""
    newest = reader.number("SELECT max(id) FROM invoice")
    new = _MANY_NEW if has_most_lines(before.invoice_id, newest, newest) else _FEW_NEW
    expiries = _EXPIRIES.format(new=new)
    found: dict[int, str] = {}
    for finder in (_MOVEMENTS, _BALANCES, _INVOICES, _SETTLEMENT, _DEBTS, expiries):
        for fault in reader.each(_Fault, finder, fields(before)):
            found.setdefault(fault.customer_id, fault.reason)
    return dict(sorted(found.items()))


def broken_customers(reader: Reader) -> Iterator[int]:
    """The customers whose money does not add up as it stands, whenever it was moved."""
    for finder in _STANDING:
        for fault in reader.each(_Fault, finder, {"ledger_id": 0}):
            yield fault.customer_id
