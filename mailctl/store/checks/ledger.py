"""Invariants of the prepaid accounts (rules 9)."""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.expressions import document_number

_NUMBER = document_number("i")
# Each movement with what its customer's movement before it left.
_MOVEMENTS = """
    WITH movement AS (
        SELECT
            customer_id, seq, id, moved_on, kind, amount_cents, before_cents, after_cents,
            row_number() OVER w AS n, lag(after_cents, 1, 0) OVER w AS was_cents,
            lag(moved_on, 1, '') OVER w AS was_on, lag(id, 1, 0) OVER w AS was_id
        FROM ledger
        WINDOW w AS (PARTITION BY customer_id ORDER BY seq)
    )
"""

VALIDATORS = (
    Validator(
        name="ledger-sequence",
        sentence="the movements of a customer are numbered 1, 2, 3 and so on",
        finder=f"""
            {_MOVEMENTS}
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' stands where ' || l.n || ' should' AS message,
                c.id AS customer_id
            FROM movement l
            JOIN customer c ON c.id = l.customer_id
            WHERE l.seq <> l.n
            ORDER BY c.id, l.seq
        """,
    ),
    Validator(
        name="ledger-continuity",
        sentence="a movement begins with the balance that the one before it left",
        finder=f"""
            {_MOVEMENTS}
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' begins with ' || l.before_cents || ' cents after '
                    || l.was_cents AS message,
                c.id AS customer_id
            FROM movement l
            JOIN customer c ON c.id = l.customer_id
            WHERE l.before_cents <> l.was_cents
            ORDER BY c.id, l.seq
        """,
    ),
    Validator(
        name="ledger-sum",
        sentence="the balance after a movement is the one before plus its amount, whose sign is "
        "that of its kind",
        finder="""
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' (' || l.kind || ') makes ' || l.before_cents || ' and '
                    || l.amount_cents || ' to ' || l.after_cents AS message,
                c.id AS customer_id
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            WHERE l.after_cents <> l.before_cents + l.amount_cents
                OR (l.kind IN ('credit', 'payment', 'credit-note') AND l.amount_cents < 0)
                OR (l.kind IN ('charge', 'refund', 'reversal') AND l.amount_cents > 0)
            ORDER BY c.id, l.seq
        """,
    ),
    Validator(
        name="ledger-order",
        sentence="movements stand in the order of their days and of their writing",
        finder=f"""
            {_MOVEMENTS}
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' of ' || l.moved_on || ' follows one of ' || l.was_on
                    AS message,
                c.id AS customer_id
            FROM movement l
            JOIN customer c ON c.id = l.customer_id
            WHERE l.moved_on < l.was_on OR l.id < l.was_id
            ORDER BY c.id, l.seq
        """,
    ),
    Validator(
        name="balance",
        sentence="a customer's balance is what the last movement left",
        finder="""
            WITH balance AS (
                SELECT c.id, c.slug, c.balance_cents, coalesce((
                    SELECT l.after_cents
                    FROM ledger l
                    WHERE l.customer_id = c.id
                    ORDER BY l.seq DESC LIMIT 1
                ), 0) AS last_cents
                FROM customer c
            )
            SELECT
                'customer/' || b.slug AS subject,
                'has ' || b.balance_cents || ' cents, the last movement left ' || b.last_cents
                    AS message,
                b.id AS customer_id
            FROM balance b
            WHERE b.balance_cents <> b.last_cents
            ORDER BY b.id
        """,
    ),
    Validator(
        name="debt-since",
        sentence="a debt is dated by the movement that began it",
        finder="""
            WITH debt AS (
                SELECT c.id, c.slug, c.debt_since_on, CASE
                    WHEN c.balance_cents < 0 THEN (
                        SELECT l.moved_on
                        FROM ledger l
                        WHERE l.customer_id = c.id AND l.before_cents >= 0 AND l.after_cents < 0
                        ORDER BY l.seq DESC LIMIT 1
                    )
                END AS began_on
                FROM customer c
            )
            SELECT
                'customer/' || d.slug AS subject,
                'is in debt since ' || coalesce(d.debt_since_on, 'never')
                    || ', by the movements since ' || coalesce(d.began_on, 'never') AS message,
                d.id AS customer_id
            FROM debt d
            WHERE coalesce(d.debt_since_on, '') <> coalesce(d.began_on, '')
            ORDER BY d.id
        """,
    ),
    Validator(
        name="charge-of-invoice",
        sentence="a charge is the whole of an invoice of the customer, on its day",
        finder=f"""
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' is not a charge of '
                    || coalesce({_NUMBER}, 'any invoice') AS message,
                c.id AS customer_id
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN invoice i ON i.id = l.invoice_id
            WHERE l.kind = 'charge'
                AND (
                    i.id IS NULL
                    OR i.series <> ''
                    OR i.customer_id <> l.customer_id
                    OR i.total_cents <> -l.amount_cents
                    OR i.issued_on <> l.moved_on
                )
            ORDER BY l.id
        """,
    ),
    Validator(
        name="invoice-charged",
        sentence="an invoice is charged once, a credit note given back once",
        finder=f"""
            WITH moved AS (
                SELECT invoice_id, kind, customer_id, count(*) AS times
                FROM ledger
                WHERE kind IN ('charge', 'credit-note')
                GROUP BY invoice_id, kind, customer_id
            )
            SELECT
                'invoice/' || {_NUMBER} AS subject,
                'moves the balance ' || coalesce(m.times, 0) || ' times' AS message,
                i.customer_id
            FROM invoice i
            LEFT JOIN moved m ON m.invoice_id = i.id
                AND m.customer_id = i.customer_id
                AND m.kind = CASE WHEN i.series = '' THEN 'charge' ELSE 'credit-note' END
            WHERE coalesce(m.times, 0) <> 1
            ORDER BY i.id
        """,
    ),
    Validator(
        name="credit-of-note",
        sentence="what a credit note gives back is its total, on its day",
        finder=f"""
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' is not what ' || coalesce({_NUMBER}, 'a credit note')
                    || ' gives back' AS message,
                c.id AS customer_id
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN invoice i ON i.id = l.invoice_id
            WHERE l.kind = 'credit-note'
                AND (
                    i.id IS NULL
                    OR i.series <> 'AV'
                    OR i.customer_id <> l.customer_id
                    OR i.total_cents <> l.amount_cents
                    OR i.issued_on <> l.moved_on
                )
            ORDER BY l.id
        """,
    ),
    Validator(
        name="payment-received",
        sentence="a payment that succeeded is one movement of its amount, and no other is; one "
        "that was returned was a movement, which is undone",
        finder="""
            WITH received AS (
                SELECT
                    y.id, y.status, y.amount_cents, y.customer_id,
                    count(CASE WHEN l.id IS NOT NULL AND r.id IS NULL THEN 1 END) AS rows_left,
                    count(CASE WHEN l.id IS NOT NULL AND r.id IS NOT NULL THEN 1 END)
                        AS rows_undone
                FROM payment y
                LEFT JOIN ledger l ON l.payment_id = y.id
                    AND l.kind = 'payment'
                    AND l.customer_id = y.customer_id
                    AND l.amount_cents = y.amount_cents
                LEFT JOIN ledger r ON r.reverses_id = l.id
                GROUP BY y.id, y.status, y.amount_cents, y.customer_id
            )
            SELECT
                'payment/' || p.id AS subject,
                'is ' || p.status || ', with ' || p.rows_left || ' movements of '
                    || p.amount_cents || ' cents that stand and ' || p.rows_undone
                    || ' that are undone' AS message,
                p.customer_id
            FROM received p
            WHERE p.rows_left <> CASE WHEN p.status = 'succeeded' THEN 1 ELSE 0 END
                OR (p.status = 'returned' AND p.rows_undone = 0)
            UNION ALL
            SELECT
                'customer/' || c.slug,
                'movement ' || l.seq || ' is not the money of a payment',
                c.id
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN payment p ON p.id = l.payment_id
            WHERE l.kind = 'payment'
                AND (
                    p.id IS NULL
                    OR p.customer_id <> l.customer_id
                    OR p.amount_cents <> l.amount_cents
                )
        """,
    ),
    Validator(
        name="payment-follows",
        sentence="a payment that asks again follows one of the customer's that was returned",
        finder="""
            SELECT
                'payment/' || p.id AS subject,
                'asks again for payment ' || p.follows_id || ', which did not come back'
                    AS message,
                p.customer_id
            FROM payment p
            LEFT JOIN payment b ON b.id = p.follows_id
            WHERE p.follows_id IS NOT NULL
                AND NOT coalesce(
                    b.status = 'returned' AND b.customer_id = p.customer_id
                        AND b.id < p.id AND p.tries >= b.tries,
                    1 = 0
                )
            ORDER BY p.id
        """,
    ),
    Validator(
        name="reversal",
        sentence="a reversal undoes, once, an earlier credit or payment of the customer; only an "
        "opening balance is one by itself",
        finder="""
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' undoes ' || coalesce('movement ' || u.seq, 'nothing')
                    AS message,
                c.id AS customer_id
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN ledger u ON u.id = l.reverses_id
            WHERE (
                    l.kind = 'reversal'
                    AND NOT (
                        (u.id IS NULL AND l.reverses_id IS NULL AND l.seq = 1)
                        OR coalesce(
                            u.customer_id = l.customer_id AND u.seq < l.seq
                                AND u.kind IN ('credit', 'payment')
                                AND u.amount_cents = -l.amount_cents,
                            1 = 0
                        )
                    )
                )
                OR (l.kind <> 'reversal' AND l.reverses_id IS NOT NULL)
                OR 1 < (SELECT count(*) FROM ledger o WHERE o.reverses_id = l.reverses_id)
            ORDER BY l.id
        """,
    ),
    Validator(
        name="credit-ordered",
        sentence="money received names an order or a payment of the customer, or is the opening "
        "balance",
        finder="""
            SELECT
                'customer/' || c.slug AS subject,
                'movement ' || l.seq || ' names '
                    || coalesce('order ' || o.number || ' of another', 'no order') AS message,
                c.id AS customer_id
            FROM ledger l
            JOIN customer c ON c.id = l.customer_id
            LEFT JOIN purchase_order o ON o.number = l.order_number
            LEFT JOIN payment p ON p.id = l.payment_id
            WHERE l.kind = 'credit'
                AND coalesce(o.customer_id, p.customer_id, 0) <> l.customer_id
                AND NOT (l.order_number IS NULL AND l.seq = 1)
            ORDER BY l.id
        """,
    ),
)
