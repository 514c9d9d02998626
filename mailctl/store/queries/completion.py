"""Names for the shell to complete: read-only, few, fast, and silent about anything that fails."""

from __future__ import annotations

from mailctl.store.engine import stores
from mailctl.store.engine.location import Location
from mailctl.store.expressions import document_number

MOST = 50

QUERIES = {
    "country": """
        SELECT DISTINCT country, ''
        FROM customer
        WHERE country >= :from AND country < :to
        ORDER BY country
    """,
    "tax-country": """
        SELECT country, 'its rate is of ' || max(from_on)
        FROM tax_rate
        WHERE country >= :from AND country < :to
        GROUP BY country
        ORDER BY country
    """,
    # Of the newest rows: looking at all of them would take too long.
    "journal-kind": """
        SELECT DISTINCT kind, ''
        FROM (SELECT kind FROM journal ORDER BY seq DESC LIMIT 5000) t
        ORDER BY kind
    """,
    "actor": """
        SELECT DISTINCT actor, ''
        FROM (SELECT actor FROM batch ORDER BY id DESC LIMIT 5000) t
        ORDER BY actor
    """,
    "journal-command": """
        SELECT DISTINCT command, ''
        FROM (SELECT command FROM batch ORDER BY id DESC LIMIT 5000) t
        ORDER BY command
    """,
    "customer": "SELECT slug, name FROM customer WHERE slug >= :from AND slug < :to ORDER BY slug",
    "closed-customer": """
        SELECT slug, name
        FROM customer
        WHERE state = 'closed' AND slug >= :from AND slug < :to
        ORDER BY slug
    """,
    "closed-offer": """
        SELECT name, label
        FROM offer
        WHERE closed_on IS NOT NULL AND name >= :from AND name < :to
        ORDER BY name
    """,
    "platform": """
        SELECT p.name, o.name
        FROM platform p
        JOIN offer o ON o.id = p.offer_id
        WHERE p.state <> 'closed' AND p.name >= :from AND p.name < :to
        ORDER BY p.name
    """,
    "offer": "SELECT name, label FROM offer WHERE name >= :from AND name < :to ORDER BY name",
    "domain": """
        SELECT d.name, c.slug
        FROM domain d
        JOIN customer c ON c.id = d.customer_id
        WHERE d.name >= :from AND d.name < :to
        ORDER BY d.name
    """,
    "address": """
        SELECT a.address, p.name
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        WHERE a.deleted_on IS NULL AND a.address >= :from AND a.address < :to
        ORDER BY a.address
    """,
    "blank": """
        SELECT a.id, p.name
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        WHERE a.state = 'active' AND a.address IS NULL
        ORDER BY a.id
    """,
    "task": """
        SELECT t.id, t.kind || ' ' || t.address
        FROM task t
        WHERE t.status = 'todo'
        ORDER BY t.id
    """,
    "order": """
        SELECT o.number, o.kind || ' of ' || c.slug
        FROM purchase_order o
        JOIN customer c ON c.id = o.customer_id
        ORDER BY o.status <> 'not-paid', o.number DESC
    """,
    "method": """
        SELECT m.id, m.label || ' of ' || c.slug
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.removed_on IS NULL
        ORDER BY m.id
    """,
    "payment": """
        SELECT p.id, p.status || ', ' || c.slug
        FROM payment p
        JOIN customer c ON c.id = p.customer_id
        ORDER BY p.status <> 'pending', p.id DESC
    """,
    "payment-file": """
        SELECT f.id, f.kind || ' ' || f.format || ', ' || f.exported_on
        FROM payment_export f
        ORDER BY f.id DESC
    """,
    # Those that wait for a person first.
    "bank-entry": """
        SELECT e.id, e.state || ' of ' || e.booked_on
        FROM bank_entry e
        ORDER BY e.state NOT IN ('unmatched', 'proposed'), e.id DESC
    """,
    "notice": """
        SELECT n.id, n.kind || ' to ' || c.slug
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        ORDER BY n.id DESC
    """,
    "movement": """
        SELECT l.seq, l.kind || ' of ' || l.moved_on
        FROM ledger l
        JOIN customer c ON c.id = l.customer_id
        WHERE c.slug = :of
            AND l.kind IN ('credit', 'payment')
            AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.reverses_id = l.id)
        ORDER BY l.seq DESC
    """,
    "invoice": f"""
        SELECT {document_number("i")}, c.slug
        FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        WHERE i.series = ''
        ORDER BY i.id DESC
    """,
}


def names(location: Location, kind: str, prefix: str, *, of: str = "") -> list[tuple[str, str]]:
    """Up to 50 names of a kind that begin with a prefix, each with a word about it.

    Of some kinds only those `of` a customer are names.

    No store, a foreign or a busy one: no names.
    """
    try:
        with stores.glimpsed(location) as connection:
            rows = connection.execute(
                f"{QUERIES[kind]} LIMIT {MOST}",
                # Every character of a name sorts before the last one of Unicode.
                {"from": prefix, "to": prefix + "\U0010ffff", "of": of},
            ).fetchall()
    except (RuntimeError, OSError, ValueError):
        return []
    return [(str(name), str(about)) for name, about in rows if str(name).startswith(prefix)]
