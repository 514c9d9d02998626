"""Accounts that end soon, and blank ones that are paid for all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from mailctl.domain.terms import Period, Renewal
from mailctl.store.expressions import renews_by_itself
from mailctl.store.queries.advice.money import has_overdue_invoice
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class EndingAccount(Value):
    """An account with an address whose mail ends on a day.

    `is_overdue`: its customer has an overdue invoice, so that no term of it can be bought
    (rules 7).
    """

    customer: str
    platform: str
    id: int
    address: str
    period: Period
    renewal: Renewal
    ends_on: date
    is_overdue: bool


_ENDING = f"""
    SELECT c.slug AS customer, p.name AS platform, a.id, a.address, a.period, a.renewal,
        a.next_on AS ends_on,
        {has_overdue_invoice("c")} AS is_overdue
"""
_OWNED = "a.platform_id = p.id AND p.customer_id = c.id"
# By the platforms' index all accounts would be read out of key order, to sort the few.
_BY_PLATFORM = "ORDER BY +p.id, a.next_on, a.period, a.id"


def _from_accounts(scope: Scope) -> str:
    """The accounts themselves, or from the one customer to them."""
    tables = ("account a", "platform p", "customer c")
    return _in_this_order(tables if scope.customer is None else tables[::-1])


def _from_platforms(scope: Scope) -> str:
    """From the few platforms of a sort to their accounts, or from the one customer to them."""
    customer, platform = "customer c", "platform p"
    first = (platform, customer) if scope.customer is None else (customer, platform)
    return _in_this_order((*first, "account a"))


def _in_this_order(tables: Sequence[str]) -> str:
    # CROSS JOIN: the planner would go through all accounts by their next day, out of key order.
    return f"FROM {' CROSS JOIN '.join(tables)}"


def not_renewing(scope: Scope, *, until_on: date) -> Iterator[EndingAccount]:
    """On automatic platforms: accounts that end at an expiry up to a day, by platform and day."""
    return scope.each(
        EndingAccount,
        f"""
        {_ENDING}
        {_from_accounts(scope)}
        WHERE {_OWNED}
            AND a.address IS NOT NULL
            AND a.expires_on > :today
            AND a.expires_on <= :until
            AND a.state = 'active'
            AND a.renewal = 'none'
            AND p.state = 'active'
            AND p.renewal = 'automatic'
            {scope.only}
        {_BY_PLATFORM}
        """,
        {"until": until_on},
    )


def to_be_extended(scope: Scope, *, until_on: date) -> list[EndingAccount]:
    """On manual platforms: accounts whose term ends up to a day, by platform and day."""
    return scope.facts(
        EndingAccount,
        f"""
        {_ENDING}
        {_from_platforms(scope)}
        WHERE {_OWNED}
            AND a.address IS NOT NULL
            AND a.next_on > :today
            AND a.next_on <= :until
            AND a.state = 'active'
            AND p.state = 'active'
            AND p.renewal = 'manual'
            {scope.only}
        {_BY_PLATFORM}
        """,
        {"until": until_on},
    )


def of_cancelled(scope: Scope, *, until_on: date) -> list[EndingAccount]:
    """On cancelled platforms: accounts that end up to a day, by platform and day."""
    return scope.facts(
        EndingAccount,
        f"""
        {_ENDING}
        {_from_platforms(scope)}
        WHERE {_OWNED}
            AND a.address IS NOT NULL
            AND a.next_on <= :until
            AND p.state = 'cancelled'
            {scope.only}
        {_BY_PLATFORM}
        """,
        {"until": until_on},
    )


def suspended(scope: Scope) -> list[EndingAccount]:
    """Accounts that were suspended at their expiry and can be reopened."""
    return scope.facts(
        EndingAccount,
        f"""
        {_ENDING}
        {_from_accounts(scope)}
        WHERE {_OWNED}
            AND a.address IS NOT NULL
            AND a.next_on IS NOT NULL
            AND a.state = 'suspended'
            AND a.suspended_for = 'expired'
            AND p.state = 'active'
            {scope.only}
        {_BY_PLATFORM}
        """,
    )


class BlankAccount(Value):
    """A blank account that renews all the same."""

    customer: str
    platform: str
    is_of_platform: bool
    id: int
    expires_on: date
    was_reset: bool


def blank(scope: Scope) -> list[BlankAccount]:
    """Active accounts without an address that renew by themselves, by platform."""
    # That they are not deleted says that the index of the addresses has them all.
    return scope.facts(
        BlankAccount,
        f"""
        SELECT c.slug AS customer, p.name AS platform,
            CASE f.expiry_of WHEN 'platform' THEN 1 ELSE 0 END AS is_of_platform,
            a.id, a.expires_on,
            a.reset_on IS NOT NULL AS was_reset
        {_from_accounts(scope)}
        CROSS JOIN offer f
        WHERE {_OWNED}
            AND f.id = p.offer_id
            AND a.address IS NULL
            AND a.state <> 'deleted'
            AND a.state = 'active'
            AND a.expires_on > :today
            AND {renews_by_itself("a", "p")}
            AND p.state = 'active'
            {scope.only}
        ORDER BY p.id, a.id
        """,
    )
