"""Invariants of what accounts were billed for, term by term (SPEC 2, SPEC 6)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from mailctl.domain.terms import Period, is_on_anchor, next_monthly_on, term_end
from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.dialect import DOCUMENT_NUMBER
from mailctl.store.engine.reader import Reader

_OF_ACCOUNT = "JOIN account a ON a.id = {0} JOIN platform p ON p.id = a.platform_id"
_LINES = (
    "(SELECT account_id, period_start_on, period_end_on, row_number() OVER w AS n, "
    "lag(period_end_on) OVER w AS was_on FROM invoice_line "
    "WINDOW w AS (PARTITION BY account_id ORDER BY period_start_on)) l "
    f"{_OF_ACCOUNT.format('l.account_id')}"
)
_BILLED = (
    "FROM invoice_line l JOIN invoice i ON i.id = l.invoice_id "
    f"{_OF_ACCOUNT.format('l.account_id')}"
)
_SUSPENSIONS = (
    "(SELECT subject, kind, happened_on, lead(happened_on) OVER "
    "(PARTITION BY subject ORDER BY seq) AS ended_on FROM journal "
    "WHERE kind IN ('suspended', 'reopened', 'deleted'))"
)


def _off_the_calendar(reader: Reader) -> Iterator[Fault]:
    """Look at each kind of term once: first day, period and anchor say what its end must be."""
    kinds = reader.execute(
        "SELECT l.period_start_on, l.period_end_on, l.period, a.anchor_day, "
        "CASE WHEN o.expiry_of = 'platform' AND l.period_start_on = a.ordered_on "
        "THEN p.created_on END, min(l.account_id), count(*), min(p.customer_id) "
        f"FROM invoice_line l {_OF_ACCOUNT.format('l.account_id')} JOIN offer o "
        "ON o.id = p.offer_id GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5"
    ).fetchall()
    for start, end, period, anchor_day, created_on, account, count, customer_id in kinds:
        begins = date.fromisoformat(start)
        if created_on is None:
            expected = term_end(begins, Period(period), anchor_day)
        else:
            expected = next_monthly_on(date.fromisoformat(created_on), begins)
        if end != expected.isoformat():
            more = f", as those of {count - 1} more" if count > 1 else ""
            yield Fault(
                subject=f"account/{account}",
                message=f"the {period} term from {start} ends on {end}, not on {expected}{more}",
                customer_id=customer_id,
            )


def _off_the_anchor(reader: Reader) -> Iterator[Fault]:
    """Look at each kind of expiry once."""
    for expires_on, anchor_day, account, customer_id in reader.execute(
        "SELECT a.expires_on, a.anchor_day, min(a.id), min(p.customer_id) FROM account a "
        "JOIN platform p ON p.id = a.platform_id GROUP BY a.expires_on, a.anchor_day "
        "ORDER BY min(a.id)"
    ).fetchall():
        if not is_on_anchor(date.fromisoformat(expires_on), anchor_day):
            yield Fault(
                subject=f"account/{account}",
                message=f"expires on {expires_on}, off its anchor day {anchor_day}",
                customer_id=customer_id,
            )


_NEVER_BILLED = """
SELECT a.id, a.expires_on, a.period, p.customer_id, (
    SELECT j.details
    FROM journal j
    WHERE j.subject = 'account/' || a.id AND j.kind = 'imported'
)
FROM account a
JOIN platform p ON p.id = a.platform_id
WHERE a.order_number IS NULL
    AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.account_id = a.id)
ORDER BY a.id
"""


def _not_as_imported(reader: Reader) -> Iterator[Fault]:
    for account, expires_on, period, customer_id, details in reader.execute(_NEVER_BILLED):
        imported = json.loads(details) if details else {}
        if (expires_on, period) != (imported.get("expires_on"), imported.get("period")):
            yield Fault(
                subject=f"account/{account}",
                message=f"is {period} and expires on {expires_on}, imported as "
                f"{imported.get('period', 'nothing')} until {imported.get('expires_on', 'never')}",
                customer_id=customer_id,
            )


VALIDATORS = (
    Validator(
        name="terms-join",
        sentence="the terms of an account neither overlap nor leave a hole",
        finder="SELECT 'account/' || l.account_id, 'a term begins on ' || l.period_start_on "
        f"|| ', the one before ends on ' || l.was_on, p.customer_id FROM {_LINES} "
        "WHERE l.was_on <> l.period_start_on ORDER BY l.account_id, l.period_start_on",
    ),
    Validator(
        name="terms-begin",
        sentence="an account that was ordered is billed from the day of its order",
        finder="SELECT 'account/' || l.account_id, 'was ordered on ' || a.ordered_on || ' and "
        f"billed from ' || l.period_start_on, p.customer_id FROM {_LINES} WHERE l.n = 1 "
        "AND a.order_number IS NOT NULL AND l.period_start_on <> a.ordered_on "
        "ORDER BY l.account_id",
    ),
    Validator(
        name="terms-reach-expiry",
        sentence="an account expires on the day up to which it was billed last",
        finder="SELECT 'account/' || q.id, 'expires on ' || q.expires_on || ', billed until ' "
        "|| coalesce(q.billed_on, 'never'), q.customer_id FROM (SELECT a.id, a.expires_on, "
        "a.order_number, p.customer_id, (SELECT l.period_end_on FROM invoice_line l "
        "WHERE l.account_id = a.id ORDER BY l.period_start_on DESC LIMIT 1) AS billed_on "
        "FROM account a JOIN platform p ON p.id = a.platform_id) q "
        "WHERE q.billed_on <> q.expires_on OR (q.billed_on IS NULL AND q.order_number IS NOT NULL) "
        "ORDER BY q.id",
    ),
    Validator(
        name="period-billed",
        sentence="an account's period is that of the term up to which it was billed last",
        finder="""
SELECT 'account/' || q.id, 'is on ' || q.period || ', billed last for ' || q.billed, q.customer_id
FROM (
    SELECT a.id, a.period, p.customer_id, (
        SELECT l.period
        FROM invoice_line l
        WHERE l.account_id = a.id
        ORDER BY l.period_start_on DESC
        LIMIT 1
    ) AS billed
    FROM account a
    JOIN platform p ON p.id = a.platform_id
) q
WHERE q.billed <> q.period
ORDER BY q.id
""",
    ),
    Validator(
        name="as-imported",
        sentence="an account that was never billed has the expiry and the period of its import",
        finder=_not_as_imported,
    ),
    Validator(
        name="terms-on-calendar",
        sentence="a term ends 1 or 12 months on, on the anchor day or the month's last",
        finder=_off_the_calendar,
    ),
    Validator(
        name="expiry-on-anchor",
        sentence="an account expires on its anchor day or the month's last",
        finder=_off_the_anchor,
    ),
    Validator(
        name="billed-while-alive",
        sentence="nothing is billed after an account's deletion",
        finder="SELECT 'account/' || a.id, 'was deleted on ' || a.deleted_on || ' and billed on ' "
        f"|| i.issued_on || ' by ' || {DOCUMENT_NUMBER.format('i')}, p.customer_id {_BILLED} "
        "WHERE i.issued_on > a.deleted_on ORDER BY a.id, i.id",
    ),
    Validator(
        name="billed-while-active",
        sentence="nothing is billed while an account is suspended; a reopening ends that first",
        finder="SELECT 'account/' || a.id, 'was suspended on ' || s.happened_on || ' and billed on "
        f"' || i.issued_on || ' by ' || {DOCUMENT_NUMBER.format('i')}, p.customer_id {_BILLED} "
        f"JOIN {_SUSPENSIONS} s ON s.subject = 'account/' || a.id WHERE s.kind = 'suspended' "
        "AND i.issued_on > s.happened_on AND (s.ended_on IS NULL OR i.issued_on < s.ended_on) "
        "ORDER BY a.id, i.id",
    ),
)
