"""Customers' profiles and payment methods that need attention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from mailctl.store.expressions import (
    among,
    can_be_charged,
    is_default_of,
    numbered,
    renews_by_itself,
)
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class Profile(Value):
    """How a customer can be reached."""

    customer: str
    email: str
    backup_email: str | None
    phone: str | None
    street: str | None
    postcode: str | None
    city: str | None


def profiles(scope: Scope) -> Iterator[Profile]:
    """The open customers whose profile lacks something."""
    return scope.each(
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


def get_documents(scope: Scope) -> bool:
    """Whether anybody's letters carry documents."""
    return scope.reader.setting("invoice-format") != "none" or scope.reader.exists(
        "SELECT 1 FROM customer WHERE invoice_format <> 'none' LIMIT 1"
    )


class OwnMailbox(Value):
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
    # CROSS JOIN: from the customers to the accounts, by the index of the live ones' addresses.
    return scope.facts(
        OwnMailbox,
        f"""
        WITH contact AS (
            SELECT c.id, c.slug, c.email, 0 AS is_backup
            FROM customer c
            WHERE c.state = 'open' {scope.only}
            UNION ALL
            SELECT c.id, c.slug, c.backup_email AS email, 1 AS is_backup
            FROM customer c
            WHERE c.state = 'open' AND c.backup_email <> c.email {scope.only}
        )
        SELECT t.slug AS customer, t.email, a.id AS account, p.name AS platform, t.is_backup,
            CASE a.state WHEN 'suspended' THEN 1 ELSE 0 END AS is_suspended,
            a.next_on AS ends_on
        FROM contact t
        CROSS JOIN account a
        JOIN platform p ON p.id = a.platform_id
        WHERE a.address = t.email
            AND a.deleted_on IS NULL
            AND (a.state = 'suspended' OR (
                a.next_on <= :until AND NOT {renews_by_itself("a", "p")}
            ))
        ORDER BY t.id, t.is_backup
        """,
        {"until": until_on},
    )


class Residence(Value):
    """Where a customer's invoices go, as far as tax is concerned."""

    customer: str
    country: str
    postcode: str


def residences(scope: Scope, countries: Sequence[str]) -> Iterator[Residence]:
    """The open customers with a postcode in one of some countries."""
    return scope.each(
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


class PayingCustomer(Value):
    """How a customer with accounts pays; the method is the default one, None for none.

    `expires_on` is a card's last month; `renews_on` the next day on which an account renews, where
    there is a method.
    """

    customer: str
    method_id: int | None
    label: str | None
    expires_on: str | None
    renews_on: date | None


_LIVE = """
    FROM platform p
    CROSS JOIN account a
    WHERE p.customer_id = c.id AND a.platform_id = p.id AND a.state IN ('active', 'suspended')
"""
_RENEWING = f"{_LIVE} AND a.state = 'active' AND {renews_by_itself('a', 'p')}"
# What holds of a customer's first accounts is seen without reading the others.
_PAYING = f"""
    SELECT c.slug AS customer, m.id AS method_id, m.label, m.expires_on,
        CASE WHEN m.id IS NOT NULL THEN (SELECT min(a.expires_on) {_RENEWING}) END AS renews_on
    FROM customer c
    LEFT JOIN method m ON {is_default_of("m", "c.id")}
    WHERE c.state = 'open'
        AND EXISTS (SELECT 1 {_LIVE})
        AND (m.id IS NULL
            OR NOT {can_be_charged("m", ":today")}
            OR (m.expires_on IS NOT NULL
                AND EXISTS (SELECT 1 {_RENEWING})
                AND NOT EXISTS (
                    SELECT 1 {_RENEWING} AND substr(a.expires_on, 1, 7) <= m.expires_on
                )))
"""


def paying(scope: Scope) -> Iterator[PayingCustomer]:
    """Customers without a method, and those whose card does not last to the next renewal."""
    return scope.each(PayingCustomer, f"{_PAYING} {scope.only} ORDER BY c.id")


class SpareMethod(Value):
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
