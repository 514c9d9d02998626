"""Facts about bank statements: entries that wait for a person, and how far statements reach."""

from __future__ import annotations

from datetime import date

from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class ProposedEntry(Value):
    """An entry that waits for a person's yes, in signed cents; taken in on `since_on`."""

    id: int
    booked_on: date
    amount_cents: int
    name: str | None
    evidence: str
    customer: str | None
    since_on: date


def proposed(scope: Scope) -> list[ProposedEntry]:
    """The entries that were proposed and not decided; the oldest first."""
    return scope.facts(
        ProposedEntry,
        f"""
        SELECT e.id, e.booked_on, e.amount_cents, e.name, e.evidence, c.slug AS customer,
            f.imported_on AS since_on
        FROM bank_entry e
        JOIN bank_statement s ON s.id = e.statement_id
        JOIN bank_file f ON f.id = s.file_id
        LEFT JOIN customer c ON c.id = e.customer_id
        WHERE e.state IN ('unmatched', 'proposed') AND e.state = 'proposed' {scope.only}
        ORDER BY e.id
        """,
    )


class UnmatchedEntries(Value):
    """How many entries nothing was found for, by what they are, in cents; and since when."""

    credits: int
    credited_cents: int
    debits: int
    since_on: date | None


def unmatched(scope: Scope) -> UnmatchedEntries:
    """The entries that nothing was found for, and nobody has decided."""
    (found,) = scope.facts(
        UnmatchedEntries,
        """
        SELECT count(CASE WHEN e.amount_cents > 0 THEN 1 END) AS credits,
            CAST(coalesce(sum(CASE WHEN e.amount_cents > 0 THEN e.amount_cents END), 0) AS BIGINT)
                AS credited_cents,
            count(CASE WHEN e.amount_cents < 0 THEN 1 END) AS debits,
            min(f.imported_on) AS since_on
        FROM bank_entry e
        JOIN bank_statement s ON s.id = e.statement_id
        JOIN bank_file f ON f.id = s.file_id
        WHERE e.state IN ('unmatched', 'proposed')
            AND e.state = 'unmatched'
            AND e.amount_cents <> 0
        """,
    )
    return found


class NewestStatement(Value):
    """The statement that reaches furthest, and from which day it does."""

    from_on: date | None
    reaches_on: date


def newest_statement(scope: Scope) -> NewestStatement | None:
    """How far the statements reach that were taken in; None where none ever was."""
    return scope.reader.fact(
        NewestStatement,
        """
        SELECT coalesce(s.from_on, s.opening_on) AS from_on,
            coalesce(s.closing_on, s.to_on, f.imported_on) AS reaches_on
        FROM bank_statement s
        JOIN bank_file f ON f.id = s.file_id
        ORDER BY reaches_on DESC, s.id DESC LIMIT 1
        """,
    )
