"""What will be billed to whom if nothing changes: accounts that renew, counted by kind."""

from __future__ import annotations

from dataclasses import dataclass

from mailctl.store.advice.scope import Scope
from mailctl.store.sql import PENDING_CENTS

_UNASKED = (
    "coalesce((SELECT CAST(sum(y.amount_cents) AS BIGINT) FROM payment y "
    "WHERE y.customer_id = c.id AND y.status = 'pending' AND y.exported_on IS NULL), 0)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewing:
    """So many accounts of a customer that renew alike; `has_prices`: of the customer's own.

    Available are the balance and what was handed to the bank; uncertain are payments that nobody
    has been asked for yet, which end when other money comes (SPEC 10). Money in cents.
    """

    customer_id: int
    customer: str
    country: str
    has_vat_number: int
    available_cents: int
    uncertain_cents: int
    has_prices: int
    offer_id: int
    renewal: str
    anchor_day: int
    expires_on: str
    accounts: int


def renewing(scope: Scope, *, until_on: str) -> list[Renewing]:
    """The accounts that renew by themselves up to a day, of customers whose money must be there.

    Whoever has a valid default method has it collected. Accounts that are suspended for debt count:
    they renew once it is paid.
    """
    return scope.read(
        Renewing,
        "SELECT c.id AS customer_id, c.slug AS customer, c.country, "
        "CASE WHEN c.vat_number IS NULL THEN 0 ELSE 1 END AS has_vat_number, "
        f"c.balance_cents + {PENDING_CENTS.format('c.id')} - {_UNASKED} AS available_cents, "
        f"{_UNASKED} AS uncertain_cents, "
        "EXISTS (SELECT 1 FROM customer_price x WHERE x.customer_id = c.id) AS has_prices, "
        "q.offer_id, q.renewal, q.anchor_day, q.expires_on, q.accounts FROM ("
        "SELECT p.customer_id, p.offer_id, a.renewal, a.anchor_day, a.expires_on, "
        "count(*) AS accounts FROM account a JOIN platform p ON p.id = a.platform_id "
        f"{_joined(scope)}WHERE a.state <> 'deleted' AND a.expires_on <= :until "
        "AND a.renewal <> 'none' AND p.renewal = 'automatic' "
        f"AND (a.state = 'active' OR a.suspended_for = 'debt') {scope.only}"
        "GROUP BY p.customer_id, p.offer_id, a.renewal, a.anchor_day, a.expires_on"
        ") q JOIN customer c ON c.id = q.customer_id WHERE NOT EXISTS (SELECT 1 FROM method m "
        "WHERE m.customer_id = c.id AND m.is_default = 1 "
        "AND (m.expires_on IS NULL OR m.expires_on >= substr(:today, 1, 7))) "
        "ORDER BY q.customer_id, q.expires_on",
        {"until": until_on},
    )


def _joined(scope: Scope) -> str:
    return "JOIN customer c ON c.id = p.customer_id " if scope.customer else ""
