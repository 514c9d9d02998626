"""The driver that a store's settings name, or another one with the same settings."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.domain.settings import SETTINGS
from mailctl.drivers import program
from mailctl.errors import NoDriverError
from mailctl.store.engine.location import Location, owner_of
from mailctl.store.engine.reader import Reader


def chosen(db: Reader, location: Location, name: str | None = None) -> program.Program:
    """The driver of the store, or the one of that name or absolute path.

    NoDriverError where none is set, DriverUnsafeError, DriverFailedError.
    """
    text = name or db.setting("driver")
    if not text:
        raise NoDriverError(
            "no driver is set that could do tasks on the mail server",
            hint="mailctl settings set driver dovecot, or modoboa, or the path of a program",
        )
    return program.of_setting(text, settings_of(db), owner=owner_of(location))


def settings_of(db: Reader | None) -> Mapping[str, str]:
    """Every setting as it is kept; without a store the defaults."""
    return {name: db.setting(name) if db else setting.default for name, setting in SETTINGS.items()}
