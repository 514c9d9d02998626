"""The ids of a store's rows by what the rows are, so that a test's SQL says which row it means.

`{anna}` is the account of anna@acme.example, `{acme-pro-2}` the second account of acme-pro, and
`{anna-ordered}` the order of an account. `{2026-000009}` and `{AV2026-000002}` are documents,
`{acme}` is a customer, `{acme-pro}` a platform, `{acme-domain}` a domain. `{acme-charge-2}` is the
second movement of acme's ledger, `{late-order-confirmed}` the first notice of its kind to late,
`{otto-suspend}` the first task of its kind, `{bolt-paypal}` a payment method, `{bolt-pending}` a
payment, `{slow-debt}` the last order of its kind, `{bolt-waiting}` the last order to be paid.
"""

from __future__ import annotations

from pathlib import Path

from tests.store.plain import rows

_ROWS = """
WITH account_name AS (
    SELECT substr(address, 1, instr(address, '@') - 1) AS name, id, order_number
    FROM account
    WHERE address IS NOT NULL
    UNION ALL
    SELECT p.name || '-' || row_number() OVER (PARTITION BY p.id ORDER BY a.id), a.id,
           a.order_number
    FROM account a
    JOIN platform p ON p.id = a.platform_id
)
SELECT slug, id FROM customer
UNION ALL SELECT name, id FROM platform
UNION ALL SELECT c.slug || '-domain', min(d.id)
          FROM domain d
          JOIN customer c ON c.id = d.customer_id
          GROUP BY 1
UNION ALL SELECT name, id FROM account_name
UNION ALL SELECT name || '-ordered', order_number FROM account_name
UNION ALL SELECT series || year || '-' || substr(CAST(1000000 + seq AS TEXT), 2), id FROM invoice
UNION ALL SELECT c.slug || '-' || l.kind || '-' || l.seq, l.id
          FROM ledger l
          JOIN customer c ON c.id = l.customer_id
UNION ALL SELECT c.slug || '-' || n.kind, min(n.id)
          FROM notice n
          JOIN customer c ON c.id = n.customer_id
          GROUP BY 1
UNION ALL SELECT substr(address, 1, instr(address, '@') - 1) || '-' || kind, min(id)
          FROM task
          GROUP BY 1
UNION ALL SELECT c.slug || '-' || m.kind, m.id
          FROM method m
          JOIN customer c ON c.id = m.customer_id
UNION ALL SELECT c.slug || '-' || p.status, p.id
          FROM payment p
          JOIN customer c ON c.id = p.customer_id
UNION ALL SELECT c.slug || '-' || o.kind, max(o.number)
          FROM purchase_order o
          JOIN customer c ON c.id = o.customer_id
          GROUP BY 1
UNION ALL SELECT c.slug || '-waiting', max(o.number)
          FROM purchase_order o
          JOIN customer c ON c.id = o.customer_id
          WHERE o.status = 'not-paid' AND o.kind <> 'debt'
          GROUP BY 1
"""


def named(store: Path) -> dict[str, int]:
    """The id of each row that has a name."""
    return dict(rows(store, _ROWS))
