"""Whether balances cover what the next 30 days bill: computed as the ticks will bill it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from mailctl.billing.projection import Projection, falling_short, projections
from mailctl.insight.advice.finding import Finding, Outline, Severity, money
from mailctl.insight.advice.money import credit
from mailctl.store.queries.advice.scope import Scope

DAYS_AHEAD = 30


def short(scope: Scope) -> Iterator[Finding]:
    """Customers without a payment method whose balance does not last for 30 days.

    Accounts that debt has suspended count: they renew once it is paid, and what is asked for pays
    it (rules 9).
    """
    for seen in projections(scope.reader, _until(scope), scope.customer, without_method=True):
        if not seen.is_covered and seen.falls_short_on is not None:
            yield _finding(scope, seen, seen.falls_short_on)


def outlined(scope: Scope) -> Iterator[Outline]:
    """The same without their amounts, which cost more than to see that there is too little."""
    for payer, day in falling_short(scope.reader, _until(scope), scope.customer):
        yield Outline(
            code="balance-short",
            severity=Severity.INFO,
            customer=payer.slug,
            due_on=day,
            tell=partial(_of_one, scope.of(payer.slug)),
        )


def _of_one(scope: Scope) -> Finding:
    (finding,) = short(scope)
    return finding


def _until(scope: Scope) -> date:
    return scope.ahead(DAYS_AHEAD)


def _finding(scope: Scope, seen: Projection, day: date) -> Finding:
    customer = seen.payer.slug
    least = scope.reader.setting_number("minimum-credit")
    return Finding(
        code="balance-short",
        severity=Severity.INFO,
        customer=customer,
        subject=f"customer/{customer}",
        message=f"{_short(scope, seen, day)}, and {money(scope, seen.total_cents)} will be "
        f"billed by {_until(scope)}. To cover that, {money(scope, seen.missing_cents)} is needed. "
        "Once it has arrived:",
        command=credit(customer, max(seen.missing_cents, least)),
        due_on=day,
    )


def _short(scope: Scope, seen: Projection, day: date) -> str:
    customer, available = seen.payer.slug, seen.payer.available_cents
    if available < 0:
        return f"{customer} is already {money(scope, -available)} short"
    return f"{customer} will run short on {day}: it has {money(scope, available)}"
