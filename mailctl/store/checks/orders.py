"""Invariants of purchase orders, what was billed for them, and what they made (rules 7)."""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.expressions import document_number

_OF_TERMS = "('accounts', 'extension', 'reopening')"
# Sets are joined, not looked up for each row: there are as many rows as invoices and accounts.
_LINES = """
    lines AS (
        SELECT order_number, count(*) AS lines, CAST(sum(unit_cents) AS BIGINT) AS cents
        FROM order_line
        GROUP BY order_number
    )
"""

VALIDATORS = (
    Validator(
        name="order-dates",
        sentence="an order's dates are those of its status",
        finder="""
            SELECT
                'order/' || o.number AS subject,
                'is ' || o.status || ', paid ' || coalesce(o.paid_on, 'never')
                    || ', ended ' || coalesce(o.ended_on, 'never')
                    || ', valid until ' || coalesce(o.valid_until_on, 'any day') AS message,
                o.customer_id
            FROM purchase_order o
            WHERE NOT CASE o.status
                    WHEN 'delivered' THEN o.paid_on IS NOT NULL AND o.ended_on IS NOT NULL
                    WHEN 'cancelled' THEN o.paid_on IS NULL AND o.ended_on IS NOT NULL
                    ELSE
                        o.paid_on IS NULL
                        AND o.ended_on IS NULL
                        AND (o.kind = 'debt') = (o.valid_until_on IS NULL)
                END
                OR o.ended_on < o.ordered_on
                OR o.paid_on < o.ordered_on
            ORDER BY o.number
        """,
    ),
    Validator(
        name="order-total",
        sentence="an order of terms is for the sum of its lines, one of money for an amount",
        finder=f"""
            WITH {_LINES}
            SELECT
                'order/' || o.number AS subject,
                'is for ' || o.net_cents || ' cents net, its lines for ' || coalesce(n.cents, 0)
                    AS message,
                o.customer_id
            FROM purchase_order o
            LEFT JOIN lines n ON n.order_number = o.number
            WHERE (o.kind IN {_OF_TERMS} AND o.net_cents <> coalesce(n.cents, -1))
                OR (o.kind NOT IN {_OF_TERMS} AND (n.lines > 0 OR o.tax_cents <> 0))
                OR o.total_cents <> o.net_cents + o.tax_cents
            ORDER BY o.number
        """,
    ),
    Validator(
        name="order-billed",
        sentence="an order of terms is delivered where it was billed, once, on that day",
        finder=f"""
            WITH billed AS (
                SELECT
                    order_number, count(*) AS invoices, min(customer_id) AS customer_id,
                    min(net_cents) AS net_cents, min(tax_cents) AS tax_cents,
                    min(issued_on) AS issued_on
                FROM invoice
                WHERE order_number IS NOT NULL AND series = ''
                GROUP BY order_number
            )
            SELECT
                'order/' || o.number AS subject,
                'is ' || o.status || ' and has ' || coalesce(i.invoices, 0) || ' invoices, of '
                    || coalesce(i.net_cents + i.tax_cents, 0) || ' cents instead of '
                    || o.total_cents AS message,
                o.customer_id
            FROM purchase_order o
            LEFT JOIN billed i ON i.order_number = o.number
            WHERE CASE
                WHEN o.status = 'delivered' AND o.kind IN {_OF_TERMS} THEN
                    coalesce(i.invoices, 0) <> 1
                    OR i.customer_id <> o.customer_id
                    OR i.net_cents <> o.net_cents
                    OR i.tax_cents <> o.tax_cents
                    OR i.issued_on <> o.ended_on
                ELSE i.invoices > 0
            END
            ORDER BY o.number
        """,
    ),
    Validator(
        name="invoice-ordered",
        sentence="an invoice of an order bills the order's lines, each of them",
        finder=f"""
            SELECT
                'invoice/' || {document_number("i")} AS subject,
                'bills account ' || n.account_id || ' from ' || n.period_start_on
                    || ', which order ' || i.order_number || ' does not ask for' AS message,
                i.customer_id
            FROM invoice i
            JOIN invoice_line n ON n.invoice_id = i.id
            LEFT JOIN order_line o ON o.order_number = i.order_number
                AND o.account_id = n.account_id
                AND o.period_start_on = n.period_start_on
                AND o.period_end_on = n.period_end_on
                AND o.unit_cents = n.unit_cents
                AND o.period = n.period
            WHERE i.order_number IS NOT NULL AND o.line IS NULL
            ORDER BY i.id
        """,
    ),
    Validator(
        name="order-accounts",
        sentence="a delivered order of accounts has made one account for each line",
        finder=f"""
            WITH {_LINES},
            made AS (
                SELECT order_number, count(*) AS accounts
                FROM account
                WHERE order_number IS NOT NULL
                GROUP BY order_number
            )
            SELECT
                'order/' || o.number AS subject,
                'is ' || o.status || ', has ' || coalesce(n.lines, 0) || ' lines and made '
                    || coalesce(m.accounts, 0) || ' accounts' AS message,
                o.customer_id
            FROM purchase_order o
            LEFT JOIN lines n ON n.order_number = o.number
            LEFT JOIN made m ON m.order_number = o.number
            WHERE coalesce(m.accounts, 0) <> CASE
                WHEN o.kind = 'accounts' AND o.status = 'delivered' THEN coalesce(n.lines, 0)
                ELSE 0
            END
            ORDER BY o.number
        """,
    ),
    Validator(
        name="account-ordered",
        sentence="an account that was ordered is a line of its order, on that order's platform",
        finder="""
            SELECT
                'account/' || a.id AS subject,
                'is not what order ' || a.order_number || ' asks for' AS message,
                p.customer_id
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            LEFT JOIN purchase_order o ON o.number = a.order_number
            WHERE a.order_number IS NOT NULL
                AND (
                    coalesce(o.platform_id, 0) <> a.platform_id
                    OR o.customer_id <> p.customer_id
                    OR o.kind <> 'accounts'
                    OR NOT EXISTS (
                        SELECT 1
                        FROM order_line n
                        WHERE n.order_number = a.order_number AND n.account_id = a.id
                    )
                )
            ORDER BY a.id
        """,
    ),
    Validator(
        name="order-received",
        sentence="an order of money that is delivered was received, whole and for that order",
        finder="""
            WITH received AS (
                SELECT order_number, customer_id, CAST(sum(amount_cents) AS BIGINT) AS cents
                FROM ledger
                WHERE order_number IS NOT NULL AND kind IN ('credit', 'payment')
                GROUP BY order_number, customer_id
            )
            SELECT
                'order/' || o.number AS subject,
                'is ' || o.status || ' without its money' AS message,
                o.customer_id
            FROM purchase_order o
            LEFT JOIN received r ON r.order_number = o.number
                AND r.customer_id = o.customer_id
                AND (o.kind = 'debt' OR r.cents >= o.total_cents)
            WHERE o.kind IN ('prepaid-credit', 'debt')
                AND o.status = 'delivered'
                AND r.order_number IS NULL
            ORDER BY o.number
        """,
    ),
)
