"""Accounts that end soon, and blank ones that are paid for all the same."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.store.queries.advice.money import IS_OVERDUE
from mailctl.store.queries.advice.scope import Scope

_FROM = (
    "FROM account a JOIN platform p ON p.id = a.platform_id "
    "JOIN customer c ON c.id = p.customer_id "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """An account with an address whose mail ends on a day.

    `is_overdue`: an invoice of the customer is, so that no term of it can be bought (SPEC 7).
    """

    customer: str
    platform: str
    id: int
    address: str
    period: str
    renewal: str
    ends_on: str
    is_overdue: int


_ENDING = (
    "SELECT c.slug AS customer, p.name AS platform, a.id, a.address, a.period, a.renewal, "
    f"a.next_on AS ends_on, {IS_OVERDUE} AS is_overdue {_FROM}"
    "WHERE a.address IS NOT NULL AND "
)
_BY_PLATFORM = "ORDER BY p.id, a.next_on, a.period, a.id"


def not_renewing(scope: Scope, *, until_on: str) -> list[Ending]:
    """On automatic platforms: accounts that end at an expiry up to a day, by platform and day."""
    return scope.read(
        Ending,
        f"{_ENDING}a.next_on > :today AND a.next_on <= :until AND a.state = 'active' "
        "AND a.renewal = 'none' AND p.state = 'active' AND p.renewal = 'automatic' "
        f"{scope.only}{_BY_PLATFORM}",
        {"until": until_on},
    )


def to_be_extended(scope: Scope, *, until_on: str) -> list[Ending]:
    """On manual platforms: accounts whose term ends up to a day, by platform and day."""
    return scope.read(
        Ending,
        f"{_ENDING}a.next_on > :today AND a.next_on <= :until AND a.state = 'active' "
        f"AND p.state = 'active' AND p.renewal = 'manual' {scope.only}{_BY_PLATFORM}",
        {"until": until_on},
    )


def of_cancelled(scope: Scope, *, until_on: str) -> list[Ending]:
    """On cancelled platforms: accounts that end up to a day, by platform and day."""
    return scope.read(
        Ending,
        f"{_ENDING}a.next_on <= :until AND p.state = 'cancelled' {scope.only}{_BY_PLATFORM}",
        {"until": until_on},
    )


def suspended(scope: Scope) -> list[Ending]:
    """Accounts that were suspended at their expiry and can be reopened."""
    return scope.read(
        Ending,
        f"{_ENDING}a.next_on IS NOT NULL AND a.state = 'suspended' "
        f"AND a.suspended_for = 'expired' AND p.state = 'active' {scope.only}{_BY_PLATFORM}",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """A blank account that renews all the same."""

    customer: str
    platform: str
    offer: str
    is_of_platform: int
    id: int
    expires_on: str
    was_reset: int


def blank(scope: Scope) -> list[Blank]:
    """Active accounts without an address that renew by themselves, by platform."""
    return scope.read(
        Blank,
        "SELECT c.slug AS customer, p.name AS platform, f.name AS offer, "
        "CASE f.expiry_of WHEN 'platform' THEN 1 ELSE 0 END AS is_of_platform, a.id, "
        f"a.expires_on, a.reset_on IS NOT NULL AS was_reset {_FROM}"
        "JOIN offer f ON f.id = p.offer_id WHERE a.address IS NULL AND a.state = 'active' "
        "AND a.next_on > :today AND a.renewal <> 'none' AND p.state = 'active' "
        f"AND p.renewal = 'automatic' {scope.only}ORDER BY p.id, a.id",
    )
