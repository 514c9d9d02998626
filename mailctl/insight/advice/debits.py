"""Findings about bank accounts that no file of direct debits can include (rules 10)."""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.domain.debits import Obstacle, obstacle
from mailctl.insight.advice.finding import Finding, Severity, money
from mailctl.insight.advice.people import fix_debits
from mailctl.store.queries.advice import debits as stored
from mailctl.store.queries.advice.debits import BankAccount
from mailctl.store.queries.advice.scope import Scope


def debited(scope: Scope) -> Iterator[Finding]:
    """Bank accounts that cannot be debited, and what waits to be collected from them."""
    for account, wrong in undebitable(scope):
        waiting = (
            f"; {money(scope, account.waiting_cents)} wait for it" if account.waiting_cents else ""
        )
        yield Finding(
            code="method-not-debitable",
            severity=Severity.WARNING,
            customer=account.customer,
            subject=f"method/{account.method_id}",
            message=f"{account.label} of {account.customer} cannot be debited: {wrong.reason}"
            f"{waiting}.",
            command=fix_debits(account.customer, wrong.remedy),
        )


def undebitable(scope: Scope) -> Iterator[tuple[BankAccount, Obstacle]]:
    """Each such account and why. Only files in euro are SEPA's."""
    if scope.reader.info.currency != "EUR":
        return
    for account in stored.bank_accounts(scope):
        wrong = obstacle(account.details, city=account.city, shared_with=account.shared_with)
        if wrong:
            yield account, wrong
