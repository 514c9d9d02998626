"""Where a store is: a path, or a schema of a PostgreSQL server, which is named by its URL."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from mailctl.store.engine.postgresql.server import Server

Location: TypeAlias = "Path | Server"


def place_of(location: Location) -> str:
    """A location as another process finds it, from whatever folder."""
    return os.path.realpath(location) if isinstance(location, Path) else str(location)


def owner_of(location: Location) -> int | None:
    """The user who owns a store's file; None for a server, and where there is none."""
    if not isinstance(location, Path):
        return None
    try:
        return location.stat().st_uid
    except (OSError, ValueError):
        return None


def location_of(place: str) -> Location:
    """The location of a place."""
    from mailctl.store.engine.postgresql import server

    return server.named(place) if server.is_url(place) else Path(place)


def is_at(place: str, location: Location) -> bool:
    """Whether a place is this location, whoever the user is that a URL names."""
    found = location_of(place)
    if isinstance(found, Path) or isinstance(location, Path):
        return place == place_of(location)
    return found.whereabouts == location.whereabouts
