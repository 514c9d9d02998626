"""Findings about bank statements: entries that wait, and statements that are missing (rules 20)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mailctl.domain import target
from mailctl.domain.money import format_amount
from mailctl.domain.text import counted
from mailctl.hints import command
from mailctl.insight.advice.finding import Finding, Severity, money
from mailctl.store.queries import bank_gaps
from mailctl.store.queries.advice import bank
from mailctl.store.queries.advice.bank import NewestStatement, ProposedEntry
from mailctl.store.queries.advice.scope import Scope

DAYS_WITHOUT_STATEMENT = 4
"""So many banking days after a statement was to be expected, its absence is told."""
_LONGEST_STATEMENT = 31


def proposed(scope: Scope) -> Iterator[Finding]:
    """Entries that were matched with less than certainty, each with what speaks for it."""
    for entry in bank.proposed(scope):
        whose = f", for {entry.customer}" if entry.customer else ""
        yield Finding(
            code="bank-proposed",
            severity=Severity.WARNING,
            customer=entry.customer,
            subject=f"entry/{entry.id}",
            message=f"{_told(scope, entry)} has waited for your yes since {entry.since_on}"
            f"{whose}: {entry.evidence.rstrip('.')}. If that is right: mailctl bank accept "
            f"{entry.id}. All that the bank wrote:",
            # Nobody should say yes to money that they have not looked at.
            command=command("bank", "show", entry.id),
        )


def _told(scope: Scope, entry: ProposedEntry) -> str:
    side = "from" if entry.amount_cents > 0 else "to"
    who = f" {side} {entry.name}" if entry.name else ""
    return f"Entry {entry.id}, {money(scope, entry.amount_cents)} of {entry.booked_on}{who},"


def unmatched(scope: Scope) -> Iterator[Finding]:
    """Entries that nothing was found for: money of somebody, or a charge of the bank."""
    if scope.customer is not None:
        return
    waiting = bank.unmatched(scope)
    if waiting.since_on is None:
        return
    parts = []
    if waiting.credits:
        in_all = "" if waiting.credits == 1 else " in all"
        came = money(scope, waiting.credited_cents)
        parts.append(f"{counted(waiting.credits, 'credit')} ({came}{in_all})")
    if waiting.debits:
        parts.append(counted(waiting.debits, "debit"))
    have = "has" if waiting.credits + waiting.debits == 1 else "have"
    yield Finding(
        code="bank-unmatched",
        severity=Severity.WARNING if waiting.credits else Severity.INFO,
        subject="bank",
        message=f"{' and '.join(parts)} on the bank's statements {have} not been matched, the "
        f"oldest since {waiting.since_on}. Give each to its customer (mailctl bank match), or say "
        "why it is none of theirs (mailctl bank ignore):",
        command=command("bank", "list", "--unmatched"),
    )


def gaps(scope: Scope) -> Iterator[Finding]:
    """Statements that are missing between two others."""
    if scope.customer is not None:
        return
    for gap in bank_gaps.gaps(scope.reader):
        differ = (
            f"the balances differ by {format_amount(gap.cents)} {gap.currency}"
            if gap.cents
            else "the bank's count leaves one out"
        )
        yield Finding(
            code="bank-gap",
            severity=Severity.WARNING,
            subject=f"statement/{gap.before.id}",
            message=f"Between the statement of {gap.account} that ends on {gap.after.closes_on} "
            f"and the one that begins on {gap.before.opens_on} something is missing: {differ}. "
            "Fetch it from the bank, and take it in with mailctl bank import FILE. What is there:",
            command=command("bank", "list"),
        )


def silent(scope: Scope) -> Iterator[Finding]:
    """No statement for days, though there were some before."""
    newest = None if scope.customer is not None else bank.newest_statement(scope)
    if newest is None:
        return
    missed = _banking_days(_next_by(newest), scope.today)
    if missed >= DAYS_WITHOUT_STATEMENT:
        yield Finding(
            code="bank-silent",
            severity=Severity.WARNING,
            subject="bank",
            message=f"The bank's statements reach to {newest.reaches_on}, and the next has been "
            f"missing for {missed} banking days: what was paid since then is not in "
            "the books. Take it in with mailctl bank import FILE. What is there:",
            command=command("bank", "list"),
        )


def _next_by(newest: NewestStatement) -> date:
    """To which day the next statement should reach, if it is as long as the newest one."""
    days = (newest.reaches_on - newest.from_on).days if newest.from_on else 1
    return newest.reaches_on + timedelta(days=min(max(days, 1), _LONGEST_STATEMENT))


def _banking_days(after: date, until: date) -> int:
    """How many days banks worked, after one day and up to another."""
    # No use in counting through years.
    days = min((until - after).days, 366)
    return sum(target.is_open(after + timedelta(days=day)) for day in range(1, days + 1))
