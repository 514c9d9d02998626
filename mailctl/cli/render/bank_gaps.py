"""Statements that are missing, as sentences: what is on them is in no list (rules 20)."""

from __future__ import annotations

from collections.abc import Iterable

from mailctl.domain.money import money
from mailctl.domain.statement_gaps import Balanced, Gap


def gap_texts(gaps: Iterable[Gap]) -> list[str]:
    """A sentence for each gap: between which statements, and how much is missing there."""
    return [_text(gap) for gap in gaps]


def _text(gap: Gap) -> str:
    after = f"{_name(gap.after)}, which ends on {gap.after.closes_on}"
    before = f"{_name(gap.before)}, which begins on {gap.before.opens_on}"
    missing = f"; the balances differ by {money(gap.cents, gap.currency)}" if gap.cents else ""
    return (
        f"a statement of account {gap.account} is missing between {after}, and {before}{missing}. "
        "Fetch it from the bank, then: mailctl bank import FILE"
    )


def _name(statement: Balanced) -> str:
    if statement.identification:
        return f"statement {statement.identification}"
    return f"statement {statement.number}" if statement.number is not None else "a statement"
