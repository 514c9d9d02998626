"""How many accounts each offer has, and what those that renew bring at today's prices."""

from __future__ import annotations

from datetime import date

from mailctl.domain.terms import Period
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import renews_by_itself
from mailctl.store.prices import price_on
from mailctl.values import Value


class RevenueGroup(Value):
    """The accounts of one offer and period that share a price.

    `customer_id` is the customer whose own prices they have, None for the offer's. `renewing` are
    the active accounts that will renew by themselves; `won` came and `lost` were deleted in the
    span asked for.
    """

    offer_id: int
    offer: str
    period: Period
    customer_id: int | None
    active: int
    renewing: int
    suspended: int
    won: int
    lost: int


# Customers with prices of their own are counted apart: they are few.
_GROUPS = f"""
    WITH counted AS (
        SELECT f.id AS offer_id, f.name AS offer, a.period,
            CASE
                WHEN p.customer_id IN (SELECT k.customer_id FROM customer_price k)
                    THEN p.customer_id
            END AS customer_id,
            count(CASE WHEN a.state = 'active' THEN 1 END) AS active,
            count(
                CASE WHEN a.state = 'active' AND {renews_by_itself("a", "p")} THEN 1 END
            ) AS renewing,
            count(CASE WHEN a.state = 'suspended' THEN 1 END) AS suspended,
            count(CASE WHEN a.ordered_on >= :since AND a.ordered_on <= :until THEN 1 END) AS won,
            count(CASE WHEN a.deleted_on >= :since AND a.deleted_on <= :until THEN 1 END) AS lost
        FROM account a
        JOIN platform p ON p.id = a.platform_id
        JOIN offer f ON f.id = p.offer_id
        GROUP BY 1, 2, 3, 4
    )
    SELECT *
    FROM counted
    WHERE active + suspended + won + lost > 0
    ORDER BY offer_id, period, customer_id
"""


def groups(reader: Reader, *, since: date, until: date) -> list[RevenueGroup]:
    """The accounts by offer, period and price, in order of the offers' creation (rules 3).

    The state is that of today, whatever the span.
    """
    return reader.facts(RevenueGroup, _GROUPS, {"since": since, "until": until})


def unit_cents(reader: Reader, group: RevenueGroup) -> int:
    """Today's net price of a term of the accounts of a group."""
    return price_on(
        reader, group.offer_id, group.period, reader.today, customer_id=group.customer_id
    )
