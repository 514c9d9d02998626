"""Invariants of invoices and credit notes (SPEC 3, SPEC 8)."""

from __future__ import annotations

from mailctl.store.checks.validator import Validator
from mailctl.store.engine.dialect import DOCUMENT_NUMBER

_NUMBER = DOCUMENT_NUMBER.format("i")
_SUBJECT = f"'invoice/' || {_NUMBER}, "
# Half up, in integers: a rate is in hundredths of a percent (EN 16931 BR-CO-17).
_TAX = "((i.net_cents * i.tax_rate * 2 + 10000) / 20000)"
_NUMBERED = (
    "(SELECT id, series, year, seq, customer_id, issued_on, row_number() OVER w AS n, "
    "lag(issued_on, 1, '') OVER w AS was_on, lag(id, 1, 0) OVER w AS was_id FROM invoice "
    "WINDOW w AS (PARTITION BY series, year ORDER BY seq)) i"
)
_BUYER = ("name", "street", "postcode", "city", "country", "vat_number")
_OTHER_BUYER = " OR ".join(
    f"coalesce(i.buyer_{name}, '') <> coalesce(x.buyer_{name}, '')" for name in _BUYER
)
# Each credit note with what its invoice had left: tax before it, and lines after it.
_NOTES = (
    "(SELECT i.id, i.series, i.year, i.seq, i.customer_id, i.net_cents, i.tax_cents, i.tax_rate, "
    "x.tax_cents + i.tax_cents - CAST(sum(i.tax_cents) OVER w AS BIGINT) AS tax_left, "
    "n.lines - CAST(sum(k.lines) OVER w AS BIGINT) AS lines_left "
    "FROM invoice i JOIN invoice x ON x.id = i.corrects_id "
    "JOIN (SELECT invoice_id, count(*) AS lines FROM invoice_line GROUP BY invoice_id) n "
    "ON n.invoice_id = x.id JOIN (SELECT invoice_id, count(*) AS lines FROM credit_line "
    "GROUP BY invoice_id) k ON k.invoice_id = i.id "
    "WINDOW w AS (PARTITION BY i.corrects_id ORDER BY i.id)) i"
)
_NOTE_TAX = f"CASE WHEN i.lines_left = 0 OR {_TAX} > i.tax_left THEN i.tax_left ELSE {_TAX} END"

VALIDATORS = (
    Validator(
        name="invoice-net",
        sentence="an invoice has lines, and its net amount is their sum",
        finder=f"SELECT {_SUBJECT}'says ' || i.net_cents || ' cents net, its lines ' "
        "|| coalesce(CAST(q.cents AS TEXT), 'nothing'), i.customer_id FROM invoice i LEFT JOIN ("
        "SELECT invoice_id, CAST(sum(unit_cents) AS BIGINT) AS cents FROM invoice_line "
        "GROUP BY invoice_id) q ON q.invoice_id = i.id WHERE i.series = '' "
        "AND (q.cents IS NULL OR q.cents <> i.net_cents) ORDER BY i.id",
    ),
    Validator(
        name="invoice-tax",
        sentence="an invoice's tax is its rate on its net amount, half a cent up",
        finder=f"SELECT {_SUBJECT}'says ' || i.tax_cents || ' cents of tax, it is ' || {_TAX}, "
        f"i.customer_id FROM invoice i WHERE i.series = '' AND i.tax_cents <> {_TAX} ORDER BY i.id",
    ),
    Validator(
        name="document-total",
        sentence="a document's total is its net amount and its tax",
        finder=f"SELECT {_SUBJECT}'says ' || i.total_cents || ' cents, it is ' "
        "|| (i.net_cents + i.tax_cents), i.customer_id FROM invoice i "
        "WHERE i.total_cents <> i.net_cents + i.tax_cents ORDER BY i.id",
    ),
    Validator(
        name="numbers-gapless",
        sentence="the documents of a series and a year are numbered without a gap, from 1",
        finder=f"SELECT {_SUBJECT}'stands where ' || i.n || ' should', i.customer_id "
        f"FROM {_NUMBERED} WHERE i.seq <> i.n ORDER BY i.id",
    ),
    Validator(
        name="numbers-in-date-order",
        sentence="documents are numbered in the order of their days, in the year of their issue",
        finder=f"SELECT {_SUBJECT}'of ' || i.issued_on || ' follows one of ' || i.was_on, "
        f"i.customer_id FROM {_NUMBERED} WHERE i.issued_on < i.was_on OR i.id < i.was_id "
        "OR substr(i.issued_on, 1, 4) <> CAST(i.year AS TEXT) ORDER BY i.id",
    ),
    Validator(
        name="lines-of-customer",
        sentence="a line bills an account of the invoice's customer for its platform's offer",
        finder=f"SELECT {_SUBJECT}'bills account ' || n.account_id || ', whose customer or offer "
        "is another', i.customer_id FROM invoice_line n JOIN invoice i ON i.id = n.invoice_id "
        "LEFT JOIN account a ON a.id = n.account_id LEFT JOIN platform p ON p.id = a.platform_id "
        "WHERE i.series <> '' OR coalesce(p.customer_id, 0) <> i.customer_id "
        "OR coalesce(p.offer_id, 0) <> n.offer_id ORDER BY i.id, n.account_id",
    ),
    Validator(
        name="note-of-invoice",
        sentence="a credit note has its invoice's customer, buyer and rate, and is not older",
        finder=f"SELECT {_SUBJECT}'differs from the invoice that it corrects', i.customer_id "
        "FROM invoice i LEFT JOIN invoice x ON x.id = i.corrects_id WHERE (i.series = 'AV' AND ("
        "x.id IS NULL OR x.series <> '' OR x.customer_id <> i.customer_id "
        f"OR x.tax_rate <> i.tax_rate OR x.issued_on > i.issued_on OR {_OTHER_BUYER})) "
        "OR (i.series = '' AND i.corrects_id IS NOT NULL) ORDER BY i.id",
    ),
    Validator(
        name="note-lines",
        sentence="a credit note gives back lines of its invoice, and its net amount is their sum",
        finder=f"SELECT {_SUBJECT}'says ' || i.net_cents || ' cents net, its lines ' "
        "|| coalesce(CAST(q.cents AS TEXT), 'nothing'), i.customer_id FROM invoice i LEFT JOIN ("
        "SELECT k.invoice_id, CAST(sum(n.unit_cents) AS BIGINT) AS cents FROM credit_line k "
        "JOIN invoice e ON e.id = k.invoice_id JOIN invoice_line n ON n.account_id = k.account_id "
        "AND n.period_start_on = k.period_start_on AND n.invoice_id = e.corrects_id "
        "GROUP BY k.invoice_id) q ON q.invoice_id = i.id WHERE i.series = 'AV' "
        "AND (q.cents IS NULL OR q.cents <> i.net_cents) ORDER BY i.id",
    ),
    Validator(
        name="note-lines-elsewhere",
        sentence="a line is credited by a note of its own invoice",
        finder="SELECT 'account/' || k.account_id, 'the term from ' || k.period_start_on "
        f"|| ' is credited by ' || coalesce({_NUMBER}, 'nothing') || ', which corrects another "
        "invoice', i.customer_id FROM credit_line k LEFT JOIN invoice i ON i.id = k.invoice_id "
        "LEFT JOIN invoice_line n ON n.account_id = k.account_id "
        "AND n.period_start_on = k.period_start_on "
        "WHERE coalesce(i.corrects_id, 0) <> coalesce(n.invoice_id, -1) ORDER BY k.invoice_id",
    ),
    Validator(
        name="note-tax",
        sentence="a credit note's tax is that of its lines, at most what is left; the last note "
        "takes all that is left",
        finder=f"SELECT {_SUBJECT}'says ' || i.tax_cents || ' cents of tax, it is ' "
        f"|| {_NOTE_TAX}, i.customer_id FROM {_NOTES} WHERE i.tax_cents <> {_NOTE_TAX} "
        "ORDER BY i.id",
    ),
    Validator(
        name="note-within-invoice",
        sentence="no more is credited than was invoiced",
        finder=f"SELECT {_SUBJECT}'is credited ' || q.net || ' cents net and ' || q.tax || ' of "
        "tax, of ' || i.net_cents || ' and ' || i.tax_cents, i.customer_id FROM invoice i JOIN ("
        "SELECT corrects_id, CAST(sum(net_cents) AS BIGINT) AS net, CAST(sum(tax_cents) AS BIGINT) "
        "AS tax FROM invoice WHERE corrects_id IS NOT NULL GROUP BY corrects_id) q "
        "ON q.corrects_id = i.id WHERE q.net > i.net_cents OR q.tax > i.tax_cents ORDER BY i.id",
    ),
)
