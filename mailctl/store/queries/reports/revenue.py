"""How many accounts each offer has, and what those that renew bring at today's prices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.prices import price_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The accounts of one offer and period that share a price.

    `unit_cents` is today's net price of a term of the period. `renewing` are the active accounts
    that will renew by themselves; `won` came and `lost` were deleted in the span asked for.
    """

    offer_id: int
    offer: str
    period: str
    unit_cents: int
    active: int
    renewing: int
    suspended: int
    won: int
    lost: int


# Customers with prices of their own are counted apart: they are few.
_GROUPS = (
    "SELECT f.id, f.name, a.period, CASE WHEN p.customer_id IN (SELECT k.customer_id "
    "FROM customer_price k) THEN p.customer_id END AS own_id, "
    "sum(CASE WHEN a.state = 'active' THEN 1 ELSE 0 END), "
    "sum(CASE WHEN a.state = 'active' AND a.renewal <> 'none' AND p.renewal = 'automatic' "
    "THEN 1 ELSE 0 END), "
    "sum(CASE WHEN a.state = 'suspended' THEN 1 ELSE 0 END), "
    "sum(CASE WHEN a.ordered_on >= :since AND a.ordered_on <= :until THEN 1 ELSE 0 END), "
    "sum(CASE WHEN a.deleted_on >= :since AND a.deleted_on <= :until THEN 1 ELSE 0 END) "
    "FROM account a JOIN platform p ON p.id = a.platform_id JOIN offer f ON f.id = p.offer_id "
    "GROUP BY f.id, f.name, a.period, own_id ORDER BY f.id, a.period, own_id"
)


def groups(reader: Reader, *, since: date, until: date) -> Iterable[Group]:
    """The accounts by offer, period and price, in order of the offers' making (SPEC 3).

    The state and the price are those of today, whatever the span.
    """
    facts = {"since": since.isoformat(), "until": until.isoformat()}
    for offer_id, offer, period, own_id, *counts in reader.execute(_GROUPS, facts).fetchall():
        active, renewing, suspended, won, lost = counts
        if any(counts):
            yield Group(
                offer_id=offer_id,
                offer=offer,
                period=period,
                unit_cents=price_on(reader, offer_id, period, reader.today, customer_id=own_id),
                active=active,
                renewing=renewing,
                suspended=suspended,
                won=won,
                lost=lost,
            )
