"""Customers' profiles and payment methods that need attention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailctl.store.expressions import (
    among,
    can_be_charged,
    is_default_of,
    numbered,
    renews_by_itself,
)
from mailctl.store.queries.advice.scope import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a customer can be reached."""

    customer: str
    email: str
    backup_email: str | None
    phone: str | None
    street: str | None
    postcode: str | None
    city: str | None


def profiles(scope: Scope) -> list[Profile]:
    """The open customers whose profile lacks something."""
    return scope.facts(
        Profile,
        f"""
        SELECT c.slug AS customer, c.email, c.backup_email, c.phone, c.street, c.postcode, c.city
        FROM customer c
        WHERE c.state = 'open'
            AND (c.backup_email IS NULL
                OR lower(c.backup_email) = lower(c.email)
                OR c.phone IS NULL
                OR c.street IS NULL
                OR c.postcode IS NULL
                OR c.city IS NULL)
            {scope.only}
        ORDER BY c.id
        """,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMailbox:
    """A contact address that is itself a mailbox of this store, suspended or soon to be.

    `is_backup` says which of the customer's two addresses it is; `ends_on` is the day of the
    mailbox's suspension, or of its deletion where it is suspended.
    """

    customer: str
    email: str
    is_backup: bool
    account: int
    platform: str
    is_suspended: bool
    ends_on: date


def own_mailboxes(scope: Scope, *, until_on: date) -> list[OwnMailbox]:
    """Contact addresses that are mailboxes which end by a day, or are suspended already."""
    return scope.facts(
        OwnMailbox,
        f"""
        SELECT c.slug AS customer, a.address AS email, a.id AS account, p.name AS platform,
            CASE WHEN a.address = c.email THEN 0 ELSE 1 END AS is_backup,
            CASE a.state WHEN 'suspended' THEN 1 ELSE 0 END AS is_suspended,
            a.next_on AS ends_on
        FROM customer c
        JOIN account a ON a.address = c.email OR a.address = c.backup_email
        JOIN platform p ON p.id = a.platform_id
        WHERE c.state = 'open'
            AND a.next_on IS NOT NULL
            AND (a.state = 'suspended' OR (
                a.next_on <= :until AND NOT {renews_by_itself("a", "p")}
            ))
            {scope.only}
        ORDER BY c.id, is_backup
        """,
        {"until": until_on},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Where a customer's invoices go, as far as tax is concerned."""

    customer: str
    country: str
    postcode: str


def residences(scope: Scope, countries: Sequence[str]) -> list[Residence]:
    """The open customers with a postcode in one of some countries."""
    return scope.facts(
        Residence,
        f"""
        SELECT c.slug AS customer, c.country, c.postcode
        FROM customer c
        WHERE c.state = 'open'
            AND c.postcode IS NOT NULL
            AND c.country IN {among("country", countries)}
            {scope.only}
        ORDER BY c.id
        """,
        numbered("country", countries),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PayingCustomer:
    """How a customer with accounts pays; the method is the default one, None for none.

    `expires_on` is a card's last month; `renews_on` the next day on which an account renews.
    """

    customer: str
    method_id: int | None
    label: str | None
    expires_on: str | None
    renews_on: date | None


def paying(scope: Scope) -> list[PayingCustomer]:
    """Customers without a method, and those whose card does not last to the next renewal."""
    return scope.facts(
        PayingCustomer,
        f"""
        WITH served AS (
            SELECT p.customer_id,
                min(
                    CASE
                        WHEN a.state = 'active' AND {renews_by_itself("a", "p")} THEN a.expires_on
                    END
                ) AS renews_on
            FROM account a
            JOIN platform p ON p.id = a.platform_id
            WHERE a.state <> 'deleted'
                {scope.only_owned_by("p.customer_id")}
            GROUP BY p.customer_id
        )
        SELECT c.slug AS customer, m.id AS method_id, m.label, m.expires_on, s.renews_on
        FROM customer c
        JOIN served s ON s.customer_id = c.id
        LEFT JOIN method m ON {is_default_of("m", "c.id")}
        WHERE c.state = 'open'
            AND (m.id IS NULL
                OR NOT {can_be_charged("m", ":today")}
                OR m.expires_on < substr(s.renews_on, 1, 7))
            {scope.only}
        ORDER BY c.id
        """,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpareMethod:
    """A payment method that is not the default one."""

    customer: str
    id: int
    label: str
    expires_on: str | None


def spare_methods(scope: Scope) -> dict[str, list[SpareMethod]]:
    """By customer, the other methods that are valid today."""
    found: dict[str, list[SpareMethod]] = defaultdict(list)
    for spare in scope.facts(
        SpareMethod,
        f"""
        SELECT c.slug AS customer, m.id, m.label, m.expires_on
        FROM method m
        JOIN customer c ON c.id = m.customer_id
        WHERE m.removed_on IS NULL
            AND m.is_default = 0
            AND {can_be_charged("m", ":today")}
            {scope.only}
        ORDER BY m.id
        """,
    ):
        found[spare.customer].append(spare)
    return found
