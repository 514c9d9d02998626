"""What the rows of one day must keep, looked at before they are committed (SPEC 11).

Only rows written since a mark are looked at, a set at a time, so that a tick pays little for it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.reader import Reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The highest keys before the rows that are to be looked at."""

    ledger_id: int
    invoice_id: int


def marks(reader: Reader) -> Marks:
    """Where the books stand now."""
    return Marks(
        ledger_id=reader.number("SELECT max(id) FROM ledger"),
        invoice_id=reader.number("SELECT max(id) FROM invoice"),
    )


_NUMBER = DOCUMENT_NUMBER.format("i")
_MOVED = "(SELECT DISTINCT customer_id FROM ledger WHERE id > :ledger_id)"
_COUNTED = "(i.total_cents - o.credited_cents)"

# Each yields a customer's key and a sentence.

# A movement goes on from the one before it, and adds up.
_MOVEMENTS = (
    "SELECT l.customer_id, 'movement ' || l.seq || ' does not go on from the one before it' "
    "FROM ledger l LEFT JOIN ledger b ON b.customer_id = l.customer_id AND b.seq = l.seq - 1 "
    "WHERE l.id > :ledger_id AND (l.before_cents <> coalesce(b.after_cents, 0) "
    "OR l.after_cents <> l.before_cents + l.amount_cents OR (b.id IS NULL AND l.seq <> 1) "
    "OR l.moved_on < b.moved_on)"
)
# The balance is what the last one left.
_BALANCES = (
    "SELECT c.id, 'the balance is not that of the ledger' FROM customer c "
    f"WHERE c.id IN {_MOVED} AND c.balance_cents <> (SELECT l.after_cents FROM ledger l "
    "WHERE l.customer_id = c.id ORDER BY l.seq DESC LIMIT 1)"
)
# An invoice is its lines and their tax, and is charged whole.
_INVOICES = (
    f"SELECT i.customer_id, {_NUMBER} || ' does not add up' FROM invoice i LEFT JOIN ("
    "SELECT invoice_id, CAST(sum(unit_cents) AS BIGINT) AS cents FROM invoice_line "
    "WHERE invoice_id > :invoice_id GROUP BY invoice_id) q ON q.invoice_id = i.id "
    "LEFT JOIN ledger l ON l.invoice_id = i.id AND l.kind = 'charge' "
    "WHERE i.id > :invoice_id AND i.series = '' AND (coalesce(q.cents, -1) <> i.net_cents "
    "OR i.tax_cents <> (i.net_cents * i.tax_rate * 2 + 10000) / 20000 "
    "OR i.total_cents <> i.net_cents + i.tax_cents OR coalesce(l.amount_cents, 1) <> "
    "-i.total_cents OR l.customer_id <> i.customer_id)"
)
# What is missing lies on open invoices, unless all of them are open and it began before them.
_SETTLEMENT = (
    "SELECT q.customer_id, 'its invoices are open for ' || q.open_cents || ' cents, and ' "
    "|| q.missing || ' are missing' FROM (SELECT c.id AS customer_id, CASE WHEN c.balance_cents "
    "< 0 THEN -c.balance_cents ELSE 0 END AS missing, coalesce((SELECT CAST(sum(o.open_cents) "
    "AS BIGINT) FROM invoice_open o WHERE o.customer_id = c.id AND o.open_cents > 0), 0) "
    f"AS open_cents FROM customer c WHERE c.id IN {_MOVED}) q WHERE q.open_cents > q.missing "
    "OR (q.open_cents < q.missing AND EXISTS (SELECT 1 FROM invoice i JOIN invoice_open o "
    "ON o.invoice_id = i.id WHERE i.customer_id = q.customer_id "
    f"AND o.open_cents < {_COUNTED}))"
)
# Whoever is below 0 has an open debt order for what is missing, nobody else has one.
_DEBTS = (
    "SELECT c.id, 'the debt order is not for what is missing' FROM customer c "
    "LEFT JOIN purchase_order p ON p.customer_id = c.id AND p.kind = 'debt' "
    f"AND p.status = 'not-paid' WHERE c.id IN {_MOVED} AND coalesce(p.total_cents, 0) <> "
    "CASE WHEN c.balance_cents < 0 THEN -c.balance_cents ELSE 0 END"
)
# Accounts billed expire where their last term ends.
_EXPIRIES = (
    "SELECT p.customer_id, 'account ' || min(q.account_id) || ' does not expire where its last "
    "term ends' FROM (SELECT account_id, max(period_end_on) AS ends_on FROM invoice_line "
    "WHERE invoice_id > :invoice_id GROUP BY +account_id) q JOIN account a ON a.id = q.account_id "
    "JOIN platform p ON p.id = a.platform_id WHERE a.expires_on <> q.ends_on "
    "GROUP BY p.customer_id"
)
_DAY = (_MOVEMENTS, _BALANCES, _INVOICES, _SETTLEMENT, _DEBTS, _EXPIRIES)


def of_the_day(reader: Reader, before: Marks) -> dict[int, str]:
    """The customers whose rows since `before` break the books: key and reason, in their order."""
    found: dict[int, str] = {}
    for finder in _DAY:
        for customer_id, reason in reader.execute(finder, asdict(before)):
            found.setdefault(customer_id, str(reason))
    return dict(sorted(found.items()))
