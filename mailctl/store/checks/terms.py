"""Invariants of what accounts were billed for, term by term (rules 2, rules 6)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from mailctl.domain.terms import Period, is_on_anchor, next_monthly_on, term_end
from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value

_BATCH = 1000
# Each term with the end of the account's term before it.
_TERMS = """
    WITH term AS (
        SELECT
            account_id, period_start_on, period_end_on, row_number() OVER w AS n,
            lag(period_end_on) OVER w AS was_on
        FROM invoice_line
        WINDOW w AS (PARTITION BY account_id ORDER BY period_start_on)
    )
"""


class _KindOfTerm(Value):
    """Terms that differ in nothing but their accounts; `created_on` rules the platform's first."""

    starts_on: date
    ends_on: str
    period: Period
    anchor_day: int
    created_on: date | None
    account_id: int
    terms: int
    customer_id: int


_KINDS_OF_TERMS = """
    SELECT
        l.period_start_on AS starts_on, l.period_end_on AS ends_on, l.period, a.anchor_day,
        CASE
            WHEN o.expiry_of = 'platform' AND l.period_start_on = a.ordered_on THEN p.created_on
        END AS created_on,
        min(l.account_id) AS account_id, count(*) AS terms, min(p.customer_id) AS customer_id
    FROM invoice_line l
    JOIN account a ON a.id = l.account_id
    JOIN platform p ON p.id = a.platform_id
    JOIN offer o ON o.id = p.offer_id
    GROUP BY 1, 2, 3, 4, 5
    ORDER BY 1, 2, 3, 4, 5
"""


def _off_the_calendar(reader: Reader) -> Iterator[Fault]:
    """Check each kind of term once: first day, period and anchor say what its end must be."""
    for term in reader.facts(_KindOfTerm, _KINDS_OF_TERMS):
        if term.created_on is None:
            expected = term_end(term.starts_on, term.period, term.anchor_day)
        else:
            expected = next_monthly_on(term.created_on, term.starts_on)
        if term.ends_on != expected.isoformat():
            more = f", as those of {term.terms - 1} more" if term.terms > 1 else ""
            yield Fault(
                subject=f"account/{term.account_id}",
                message=f"the {term.period} term from {term.starts_on} ends on {term.ends_on}, "
                f"not on {expected}{more}",
                customer_id=term.customer_id,
            )


class _KindOfExpiry(Value):
    expires_on: date
    anchor_day: int
    account_id: int
    customer_id: int


_KINDS_OF_EXPIRIES = """
    SELECT a.expires_on, a.anchor_day, min(a.id) AS account_id, min(p.customer_id) AS customer_id
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    GROUP BY a.expires_on, a.anchor_day
    ORDER BY min(a.id)
"""


def _off_the_anchor(reader: Reader) -> Iterator[Fault]:
    """Check each kind of expiry once."""
    for expiry in reader.facts(_KindOfExpiry, _KINDS_OF_EXPIRIES):
        if not is_on_anchor(expiry.expires_on, expiry.anchor_day):
            yield Fault(
                subject=f"account/{expiry.account_id}",
                message=f"expires on {expiry.expires_on}, off its anchor day {expiry.anchor_day}",
                customer_id=expiry.customer_id,
            )


_NEVER_BILLED = """
    SELECT a.id AS account_id, a.expires_on, a.period, p.customer_id, (
        SELECT j.details
        FROM journal j
        WHERE j.subject = 'account/' || a.id AND j.kind = 'imported'
    ) AS details
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    WHERE a.order_number IS NULL
        AND NOT EXISTS (SELECT 1 FROM invoice_line l WHERE l.account_id = a.id)
    ORDER BY a.id
"""


def _not_as_imported(reader: Reader) -> Iterator[Fault]:
    """Read row by row: an import has as many as the host has accounts."""
    terms_of = lru_cache(_imported_term)
    cursor = reader.execute(_NEVER_BILLED)
    while rows := cursor.fetchmany(_BATCH):
        for account_id, expires_on, period, customer_id, details in rows:
            imported = terms_of(details)
            if imported != (expires_on, period):
                yield Fault(
                    subject=f"account/{account_id}",
                    message=f"is {period} and expires on {expires_on}, imported as "
                    f"{imported[1] or 'nothing'} until {imported[0] or 'never'}",
                    customer_id=customer_id,
                )


def _imported_term(details: str | None) -> tuple[object, object]:
    """The end of the term and its period, as the journal has them of an import."""
    imported = json.loads(details) if details else {}
    return imported.get("expires_on"), imported.get("period")


VALIDATORS = (
    Validator(
        name="terms-join",
        sentence="the terms of an account neither overlap nor leave a hole",
        finder=f"""
            {_TERMS}
            SELECT
                'account/' || l.account_id AS subject,
                'a term begins on ' || l.period_start_on || ', the one before ends on '
                    || l.was_on AS message,
                p.customer_id
            FROM term l
            JOIN account a ON a.id = l.account_id
            JOIN platform p ON p.id = a.platform_id
            WHERE l.was_on <> l.period_start_on
            ORDER BY l.account_id, l.period_start_on
        """,
    ),
    Validator(
        name="terms-begin",
        sentence="an account that was ordered is billed from the day of its order",
        finder=f"""
            {_TERMS}
            SELECT
                'account/' || l.account_id AS subject,
                'was ordered on ' || a.ordered_on || ' and billed from ' || l.period_start_on
                    AS message,
                p.customer_id
            FROM term l
            JOIN account a ON a.id = l.account_id
            JOIN platform p ON p.id = a.platform_id
            WHERE l.n = 1 AND a.order_number IS NOT NULL AND l.period_start_on <> a.ordered_on
            ORDER BY l.account_id
        """,
    ),
    Validator(
        name="terms-reach-expiry",
        sentence="an account expires on the day up to which it was billed last",
        finder="""
            WITH billed AS (
                SELECT a.id, a.expires_on, a.order_number, p.customer_id, (
                    SELECT l.period_end_on
                    FROM invoice_line l
                    WHERE l.account_id = a.id
                    ORDER BY l.period_start_on DESC LIMIT 1
                ) AS billed_on
                FROM account a
                JOIN platform p ON p.id = a.platform_id
            )
            SELECT
                'account/' || b.id AS subject,
                'expires on ' || b.expires_on || ', billed until '
                    || coalesce(b.billed_on, 'never') AS message,
                b.customer_id
            FROM billed b
            WHERE b.billed_on <> b.expires_on
                OR (b.billed_on IS NULL AND b.order_number IS NOT NULL)
            ORDER BY b.id
        """,
    ),
    Validator(
        name="period-billed",
        sentence="an account's period is that of the term up to which it was billed last",
        finder="""
            WITH billed AS (
                SELECT a.id, a.period, p.customer_id, (
                    SELECT l.period
                    FROM invoice_line l
                    WHERE l.account_id = a.id
                    ORDER BY l.period_start_on DESC LIMIT 1
                ) AS billed_period
                FROM account a
                JOIN platform p ON p.id = a.platform_id
            )
            SELECT
                'account/' || b.id AS subject,
                'is on ' || b.period || ', billed last for ' || b.billed_period AS message,
                b.customer_id
            FROM billed b
            WHERE b.billed_period <> b.period
            ORDER BY b.id
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
        finder=f"""
            SELECT
                'account/' || a.id AS subject,
                'was deleted on ' || a.deleted_on || ' and billed on ' || i.issued_on || ' by '
                    || {document_number("i")} AS message,
                p.customer_id
            FROM invoice_line l
            JOIN invoice i ON i.id = l.invoice_id
            JOIN account a ON a.id = l.account_id
            JOIN platform p ON p.id = a.platform_id
            WHERE i.issued_on > a.deleted_on
            ORDER BY a.id, i.id
        """,
    ),
    Validator(
        name="billed-while-active",
        sentence="nothing is billed while an account is suspended; a reopening ends that first",
        finder=f"""
            WITH suspension AS (
                SELECT subject, kind, happened_on,
                    lead(happened_on) OVER (PARTITION BY subject ORDER BY seq) AS ended_on
                FROM journal
                WHERE kind IN ('suspended', 'reopened', 'deleted')
            )
            SELECT
                'account/' || a.id AS subject,
                'was suspended on ' || s.happened_on || ' and billed on ' || i.issued_on
                    || ' by ' || {document_number("i")} AS message,
                p.customer_id
            FROM invoice_line l
            JOIN invoice i ON i.id = l.invoice_id
            JOIN account a ON a.id = l.account_id
            JOIN platform p ON p.id = a.platform_id
            JOIN suspension s ON s.subject = 'account/' || a.id
            WHERE s.kind = 'suspended'
                AND i.issued_on > s.happened_on
                AND (s.ended_on IS NULL OR i.issued_on < s.ended_on)
            ORDER BY a.id, i.id
        """,
    ),
)
