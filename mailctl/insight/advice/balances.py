"""Whether balances cover what the next 30 days bill: computed as the ticks will bill it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mailctl.billing.projection import Projection, projections
from mailctl.insight.advice.finding import Finding, Severity, money
from mailctl.insight.advice.money import credit
from mailctl.store.queries.advice.scope import Scope

DAYS_AHEAD = 30


def short(scope: Scope) -> Iterator[Finding]:
    """Customers without a payment method whose balance does not last for 30 days.

    Accounts that debt has suspended count: they renew once it is paid, and what is asked for pays
    it (rules 9).
    """
    least = scope.reader.setting_number("minimum-credit")
    until = scope.today + timedelta(days=DAYS_AHEAD)
    for seen in projections(scope.reader, until, scope.customer, without_method=True):
        day = seen.falls_short_on
        if seen.is_covered or day is None:
            continue
        customer = seen.payer.slug
        yield Finding(
            code="balance-short",
            severity=Severity.INFO,
            customer=customer,
            subject=f"customer/{customer}",
            message=f"{_short(scope, seen, day)}, and {money(scope, seen.total_cents)} will be "
            f"billed by {until}. To cover that, {money(scope, seen.missing_cents)} is needed. "
            "Once it has arrived:",
            command=credit(customer, max(seen.missing_cents, least)),
            due_on=day,
        )


def _short(scope: Scope, seen: Projection, day: date) -> str:
    customer, available = seen.payer.slug, seen.payer.available_cents
    if available < 0:
        return f"{customer} is already {money(scope, -available)} short"
    return f"{customer} will run short on {day}: it has {money(scope, available)}"
