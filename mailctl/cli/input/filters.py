"""The names in filters of lists must exist: a misspelt one is an error, not an empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailctl.store.engine.reader import Reader


def known(
    db: Reader,
    *,
    customer: str | None = None,
    platform: str | None = None,
    offer: str | None = None,
    domain: str | None = None,
) -> Reader:
    """The same reader; the not-found error of the thing that has an unknown name."""
    if customer is not None:
        from mailctl.store import customers

        customers.find(db, customer)
    if platform is not None:
        from mailctl.store import platforms

        platforms.find(db, platform)
    if offer is not None:
        from mailctl.store import offers

        offers.find(db, offer)
    if domain is not None:
        from mailctl.store import domains

        domains.find(db, domain)
    return db


def country(text: str) -> str:
    """A country's code in capitals, as it was typed or not; UsageError if there is none."""
    from mailctl.domain.profile import normal_country

    return normal_country(text)
