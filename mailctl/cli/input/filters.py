"""The names in filters of lists must exist: a misspelt one is an error, not an empty list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailctl.store.engine.reader import Reader


def known(db: Reader, *, customer: str | None = None, platform: str | None = None) -> Reader:
    """The same reader; CustomerNotFoundError or PlatformNotFoundError for an unknown name."""
    if customer is not None:
        from mailctl.store import customers

        customers.find(db, customer)
    if platform is not None:
        from mailctl.store import platforms

        platforms.find(db, platform)
    return db
