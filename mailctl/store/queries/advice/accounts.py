"""Accounts that end soon, and blank ones that are paid for all the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mailctl.domain.terms import Period, Renewal
from mailctl.store.expressions import renews_by_itself
from mailctl.store.queries.advice.money import has_overdue_invoice
from mailctl.store.queries.advice.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingAccount:
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


_FROM = """
    FROM account a
    JOIN platform p ON p.id = a.platform_id
    JOIN customer c ON c.id = p.customer_id
"""
_ENDING = f"""
    SELECT c.slug AS customer, p.name AS platform, a.id, a.address, a.period, a.renewal,
        a.next_on AS ends_on,
        {has_overdue_invoice("c")} AS is_overdue
    {_FROM}
    WHERE a.address IS NOT NULL
"""
_BY_PLATFORM = "ORDER BY p.id, a.next_on, a.period, a.id"


def not_renewing(scope: Scope, *, until_on: date) -> list[EndingAccount]:
    """On automatic platforms: accounts that end at an expiry up to a day, by platform and day."""
    return scope.facts(
        EndingAccount,
        f"""
        {_ENDING}
            AND a.next_on > :today
            AND a.next_on <= :until
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
            AND a.next_on IS NOT NULL
            AND a.state = 'suspended'
            AND a.suspended_for = 'expired'
            AND p.state = 'active'
            {scope.only}
        {_BY_PLATFORM}
        """,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BlankAccount:
    """A blank account that renews all the same."""

    customer: str
    platform: str
    is_of_platform: bool
    id: int
    expires_on: date
    was_reset: bool


def blank(scope: Scope) -> list[BlankAccount]:
    """Active accounts without an address that renew by themselves, by platform."""
    return scope.facts(
        BlankAccount,
        f"""
        SELECT c.slug AS customer, p.name AS platform,
            CASE f.expiry_of WHEN 'platform' THEN 1 ELSE 0 END AS is_of_platform,
            a.id, a.expires_on,
            a.reset_on IS NOT NULL AS was_reset
        {_FROM}
        JOIN offer f ON f.id = p.offer_id
        WHERE a.address IS NULL
            AND a.state = 'active'
            AND a.next_on > :today
            AND {renews_by_itself("a", "p")}
            AND p.state = 'active'
            {scope.only}
        ORDER BY p.id, a.id
        """,
    )
