"""Making a store, and its settings."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from mailctl import clock
from mailctl.actions.result import Result
from mailctl.clock import ClockKind
from mailctl.domain.names import check_text
from mailctl.domain.profile import normal_country, normal_currency
from mailctl.domain.tax import check_seller
from mailctl.domain.timezone import chosen
from mailctl.errors import UsageError
from mailctl.store import offers
from mailctl.store.engine.location import Location
from mailctl.store.engine.reader import StoreInfo
from mailctl.store.engine.sqlite import migrations
from mailctl.store.engine.stores import Store, created, store_at
from mailctl.store.queries import overview


class StoreMade(Result):
    """A new store."""

    thing: str = "store"


class StoreUpgraded(Result):
    """A store of this program's version; `news`: what changes for it by that, in sentences."""

    thing: str = "upgrade"
    news: tuple[str, ...]


def init(
    location: Location,
    *,
    clock_on: date | None = None,
    timezone: str | None = None,
    seller_country: str = "FR",
    seller_name: str = "",
    currency: str = "EUR",
) -> StoreMade:
    """Make a store: on a manual clock that starts at `clock_on`, else on the wall's (rules 2)."""
    zone, country = chosen(timezone, os.environ), normal_country(seller_country)
    check_seller(country)
    info = StoreInfo(
        created_at=clock.stamp(),
        clock=ClockKind.WALL if clock_on is None else ClockKind.MANUAL,
        timezone=zone,
        seller_country=country,
        currency=normal_currency(currency),
    )
    name = check_text(seller_name, "seller's name")
    today = clock_on or _real_today(zone)
    with created(location, info, today) as transaction:
        offers.ship(transaction)
        if name:
            overview.set_setting(transaction, "seller-name", name)
        transaction.record(
            "store-made", "store", {"clock": info.clock.value, "timezone": info.timezone}
        )
        transaction.close_batch()
        item = overview.info(transaction)
        size = transaction.connection.size()
    Store.committed += 1
    if isinstance(location, Path):
        # A file has grown by its commit; a server may be away by now, and the store is there.
        size = location.stat().st_size
    return StoreMade(items=({**item, "path": str(location), "store_bytes": size},))


def _real_today(zone: str) -> date:
    """Today by the system's clock; UsageError where that cannot be right."""
    today = clock.real_today(zone)
    if not clock.FIRST_REAL_DAY <= today <= clock.LAST_DAY:
        raise UsageError(
            f"the system's clock says that it is {today}, which cannot be",
            hint="set it (date), then: mailctl init; for a trial: mailctl init --clock DATE",
        )
    return today


def upgrade(location: Location, *, wait: float, dry_run: bool) -> StoreUpgraded:
    """Bring a store to this program's version; a dry run tries it on a copy in memory."""
    done = store_at(location, wait=wait).upgrade("store upgrade", dry_run=dry_run)
    item = {
        "path": str(location),
        "from_version": done.from_version,
        "schema_version": done.version,
        "copy": done.copy and str(done.copy),
    }
    return StoreUpgraded(
        items=(item,), changed=done.is_needed, news=migrations.news(done.from_version, done.version)
    )
