"""Invariants of invoices and credit notes (rules 3, rules 8)."""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.expressions import document_number

_SUBJECT = f"'invoice/' || {document_number('i')} AS subject"
# Half up, in integers: a rate is in hundredths of a percent (EN 16931 BR-CO-17).
_TAX = "((i.net_cents * i.tax_rate * 2 + 10000) / 20000)"
_NUMBERED = """
    WITH numbered AS (
        SELECT
            id, series, year, seq, customer_id, issued_on,
            lag(issued_on, 1, '') OVER w AS was_on, lag(id, 1, 0) OVER w AS was_id
        FROM invoice
        WINDOW w AS (PARTITION BY series, year ORDER BY seq)
    )
"""
# Every number that was ever given: of a document, or by a store that was lost, up to `last_seq`.
_GIVEN = """
    WITH given AS (
        SELECT series, year, seq, seq AS last_seq, customer_id, 0 AS is_lost
        FROM invoice
        UNION ALL
        SELECT series, year, first_seq, last_seq, NULL, 1
        FROM lost_number
    ),
    followed AS (
        SELECT
            series, year, seq, last_seq, customer_id, is_lost,
            lag(last_seq, 1, 0) OVER (PARTITION BY series, year ORDER BY seq, is_lost) + 1 AS n
        FROM given
    )
"""
_BUYER = ("name", "street", "postcode", "city", "country", "vat_number")
_OTHER_BUYER = " OR ".join(
    f"coalesce(i.buyer_{name}, '') <> coalesce(x.buyer_{name}, '')" for name in _BUYER
)
_TWICE = " OR ".join(
    f"(i.buyer_{name} IS NOT NULL AND k.buyer_{name} IS NOT NULL)"
    for name in ("street", "postcode", "city", "legal_id", "endpoint", "reference")
)
_NOTE_TAX = f"CASE WHEN i.lines_left = 0 OR {_TAX} > i.tax_left THEN i.tax_left ELSE {_TAX} END"

VALIDATORS = (
    Validator(
        name="invoice-net",
        sentence="an invoice has lines, and its net amount is their sum",
        finder=f"""
            WITH billed AS (
                SELECT invoice_id, CAST(sum(unit_cents) AS BIGINT) AS cents
                FROM invoice_line
                GROUP BY invoice_id
            )
            SELECT
                {_SUBJECT},
                'says ' || i.net_cents || ' cents net, its lines '
                    || coalesce(CAST(b.cents AS TEXT), 'nothing') AS message,
                i.customer_id
            FROM invoice i
            LEFT JOIN billed b ON b.invoice_id = i.id
            WHERE i.series = '' AND (b.cents IS NULL OR b.cents <> i.net_cents)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="invoice-tax",
        sentence="an invoice's tax is its rate on its net amount, half a cent up",
        finder=f"""
            SELECT
                {_SUBJECT},
                'says ' || i.tax_cents || ' cents of tax, it is ' || {_TAX} AS message,
                i.customer_id
            FROM invoice i
            WHERE i.series = '' AND i.tax_cents <> {_TAX}
            ORDER BY i.id
        """,
    ),
    Validator(
        name="tax-category",
        sentence="a document's tax category is that of its rate, its mention and its countries",
        finder=f"""
            SELECT
                {_SUBJECT},
                'says the tax category ' || i.tax_category || ', and not why' AS message,
                i.customer_id
            FROM invoice i
                CROSS JOIN store s
            WHERE NOT (
                CASE i.tax_category
                    WHEN 'S' THEN i.tax_rate > 0 AND i.tax_note IS NULL
                    WHEN 'Z' THEN i.tax_rate = 0 AND i.tax_note IS NULL
                    WHEN 'AE' THEN i.tax_rate = 0
                        AND substr(i.tax_note, 1, 16) = 'Autoliquidation '
                        AND i.buyer_vat_number IS NOT NULL
                        AND i.buyer_country <> s.seller_country
                    ELSE i.tax_rate = 0
                        AND coalesce(substr(i.tax_note, 1, 16), '') NOT IN ('', 'Autoliquidation ')
                        AND i.buyer_country <> s.seller_country
                END
            )
            ORDER BY i.id
        """,
    ),
    Validator(
        name="seller-of-document",
        sentence="a document names its seller, unless a mailctl before 0.3 issued it",
        finder=f"""
            SELECT {_SUBJECT}, 'names no seller, and older ones do' AS message, i.customer_id
            FROM invoice i
            WHERE i.seller_id IS NULL
                AND i.id > (SELECT min(x.id) FROM invoice x WHERE x.seller_id IS NOT NULL)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="kept-of-invoice",
        sentence="what is kept beside an invoice is what the invoice leaves open",
        finder=f"""
            SELECT {_SUBJECT}, 'has twice what its document says' AS message, i.customer_id
            FROM invoice_kept k
            JOIN invoice i ON i.id = k.invoice_id
            WHERE {_TWICE}
                OR i.language <> k.language
                OR i.due_on <> k.due_on
            ORDER BY i.id
        """,
    ),
    Validator(
        name="document-total",
        sentence="a document's total is its net amount and its tax",
        finder=f"""
            SELECT
                {_SUBJECT},
                'says ' || i.total_cents || ' cents, it is ' || (i.net_cents + i.tax_cents)
                    AS message,
                i.customer_id
            FROM invoice i
            WHERE i.total_cents <> i.net_cents + i.tax_cents
            ORDER BY i.id
        """,
    ),
    Validator(
        name="numbers-gapless",
        sentence="the documents of a series and a year are numbered without a gap, from 1, but for "
        "what was lost in a restore",
        finder=f"""
            {_GIVEN}
            SELECT
                {_SUBJECT},
                CASE WHEN i.is_lost = 1 THEN 'is lost up to ' || i.last_seq || ', and ' ELSE '' END
                    || 'stands where ' || i.n || ' should' AS message,
                i.customer_id
            FROM followed i
            WHERE i.seq <> i.n
            ORDER BY i.series, i.year, i.seq, i.is_lost
        """,
    ),
    Validator(
        name="numbers-in-date-order",
        sentence="documents are numbered in the order of their days, in the year of their issue",
        finder=f"""
            {_NUMBERED}
            SELECT
                {_SUBJECT},
                'of ' || i.issued_on || ' follows one of ' || i.was_on AS message,
                i.customer_id
            FROM numbered i
            WHERE i.issued_on < i.was_on
                OR i.id < i.was_id
                OR substr(i.issued_on, 1, 4) <> CAST(i.year AS TEXT)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="lines-of-customer",
        sentence="a line bills an account of the invoice's customer for its platform's offer",
        finder=f"""
            SELECT
                {_SUBJECT},
                'bills account ' || n.account_id || ', whose customer or offer is another'
                    AS message,
                i.customer_id
            FROM invoice_line n
            JOIN invoice i ON i.id = n.invoice_id
            LEFT JOIN account a ON a.id = n.account_id
            LEFT JOIN platform p ON p.id = a.platform_id
            WHERE i.series <> ''
                OR coalesce(p.customer_id, 0) <> i.customer_id
                OR coalesce(p.offer_id, 0) <> n.offer_id
            ORDER BY i.id, n.account_id
        """,
    ),
    Validator(
        name="note-of-invoice",
        sentence="a credit note has its invoice's customer, buyer and rate, and is not older",
        finder=f"""
            SELECT {_SUBJECT}, 'differs from the invoice that it corrects' AS message, i.customer_id
            FROM invoice i
            LEFT JOIN invoice x ON x.id = i.corrects_id
            WHERE (
                    i.series = 'AV'
                    AND (
                        x.id IS NULL
                        OR x.series <> ''
                        OR x.customer_id <> i.customer_id
                        OR x.tax_rate <> i.tax_rate
                        OR x.tax_category <> i.tax_category
                        OR x.issued_on > i.issued_on
                        OR {_OTHER_BUYER}
                    )
                )
                OR (i.series = '' AND i.corrects_id IS NOT NULL)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="note-lines",
        sentence="a credit note gives back lines of its invoice, and its net amount is their sum",
        finder=f"""
            WITH credited AS (
                SELECT k.invoice_id, CAST(sum(n.unit_cents) AS BIGINT) AS cents
                FROM credit_line k
                JOIN invoice e ON e.id = k.invoice_id
                JOIN invoice_line n ON n.account_id = k.account_id
                    AND n.period_start_on = k.period_start_on
                    AND n.invoice_id = e.corrects_id
                GROUP BY k.invoice_id
            )
            SELECT
                {_SUBJECT},
                'says ' || i.net_cents || ' cents net, its lines '
                    || coalesce(CAST(k.cents AS TEXT), 'nothing') AS message,
                i.customer_id
            FROM invoice i
            LEFT JOIN credited k ON k.invoice_id = i.id
            WHERE i.series = 'AV' AND (k.cents IS NULL OR k.cents <> i.net_cents)
            ORDER BY i.id
        """,
    ),
    Validator(
        name="note-lines-elsewhere",
        sentence="a line is credited by a note of its own invoice",
        finder=f"""
            SELECT
                'account/' || k.account_id AS subject,
                'the term from ' || k.period_start_on || ' is credited by '
                    || coalesce({document_number("i")}, 'nothing')
                    || ', which corrects another invoice' AS message,
                i.customer_id
            FROM credit_line k
            LEFT JOIN invoice i ON i.id = k.invoice_id
            LEFT JOIN invoice_line l ON l.account_id = k.account_id
                AND l.period_start_on = k.period_start_on
            -- No note, a note of nothing, and no such line are faults too.
            WHERE coalesce(i.corrects_id, 0) <> coalesce(l.invoice_id, -1)
            ORDER BY k.invoice_id
        """,
    ),
    Validator(
        name="note-tax",
        sentence="a credit note's tax is that of its lines, at most what is left; the last note "
        "takes all that is left",
        # Each credit note with what its invoice had left: tax before it, and lines after it.
        finder=f"""
            WITH billed AS (
                SELECT invoice_id, count(*) AS lines
                FROM invoice_line
                GROUP BY invoice_id
            ),
            credited AS (SELECT invoice_id, count(*) AS lines FROM credit_line GROUP BY invoice_id),
            note AS (
                SELECT
                    i.id, i.series, i.year, i.seq, i.customer_id, i.net_cents, i.tax_cents,
                    i.tax_rate,
                    x.tax_cents + i.tax_cents - CAST(sum(i.tax_cents) OVER w AS BIGINT)
                        AS tax_left,
                    n.lines - CAST(sum(k.lines) OVER w AS BIGINT) AS lines_left
                FROM invoice i
                JOIN invoice x ON x.id = i.corrects_id
                JOIN billed n ON n.invoice_id = x.id
                JOIN credited k ON k.invoice_id = i.id
                WINDOW w AS (PARTITION BY i.corrects_id ORDER BY i.id)
            )
            SELECT
                {_SUBJECT},
                'says ' || i.tax_cents || ' cents of tax, it is ' || {_NOTE_TAX} AS message,
                i.customer_id
            FROM note i
            WHERE i.tax_cents <> {_NOTE_TAX}
            ORDER BY i.id
        """,
    ),
    Validator(
        name="note-within-invoice",
        sentence="no more is credited than was invoiced",
        finder=f"""
            WITH credited AS (
                SELECT
                    corrects_id, CAST(sum(net_cents) AS BIGINT) AS net,
                    CAST(sum(tax_cents) AS BIGINT) AS tax
                FROM invoice
                WHERE corrects_id IS NOT NULL
                GROUP BY corrects_id
            )
            SELECT
                {_SUBJECT},
                'is credited ' || k.net || ' cents net and ' || k.tax || ' of tax, of '
                    || i.net_cents || ' and ' || i.tax_cents AS message,
                i.customer_id
            FROM invoice i
            JOIN credited k ON k.corrects_id = i.id
            WHERE k.net > i.net_cents OR k.tax > i.tax_cents
            ORDER BY i.id
        """,
    ),
)
