"""Which statements of the seller's accounts are missing (rules 20)."""

from __future__ import annotations

from mailctl.domain.statement_gaps import Balanced, Gap
from mailctl.domain.statement_gaps import gaps as gaps_between
from mailctl.store.engine.reader import Reader


def gaps(reader: Reader) -> list[Gap]:
    """The gaps in all statements that were taken and that say what the account held.

    An account report says balances of the hour, and a notification none: neither can have a gap.
    """
    return gaps_between(
        reader.facts(
            Balanced,
            """
            SELECT
                s.id, s.account, s.currency, s.kind, s.identification, s.number,
                coalesce(s.from_on, s.opening_on, s.to_on, s.closing_on) AS opens_on,
                s.opening_cents,
                coalesce(s.closing_on, s.to_on) AS closes_on,
                s.closing_cents
            FROM bank_statement s
            WHERE s.kind IN ('camt.053', 'mt940', 'csv')
                AND s.opening_cents IS NOT NULL
                AND coalesce(s.closing_on, s.to_on) IS NOT NULL
            ORDER BY s.id
            """,
        )
    )
