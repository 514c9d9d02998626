"""What every command is given alike: options that may stand anywhere, and where the store is."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from mailctl.errors import UsageError

if TYPE_CHECKING:
    from mailctl.store.engine.location import Location

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://|postgres(?:ql)?:", re.IGNORECASE)
SYSTEM_FOLDER = Path("/var/lib/mailctl")
FILE_NAME = "mailctl.db"
VALUED = frozenset(("--store", "--wait", "--color"))
"""The common options that take a value; the others are flags."""
FLAGS = frozenset(("--no-input", "--no-pager", "--quiet", "-q", "--verbose", "-v"))


def common_value(ctx: typer.Context, name: str) -> Any:
    """A common option's value, from wherever it was given: the innermost place counts."""
    place: Any = ctx
    while place is not None:
        source = place.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            return place.params[name]
        place = place.parent
    return None


def location(given: str | None, environment: Mapping[str, str]) -> Location:
    """Where the store is: as given, MAILCTL_STORE, the system's, the user's (CLI, Form).

    UsageError where an empty path is given, as `--store "$TRIAL"` does where that is not set: the
    command would reach another store than the one that is meant.
    """
    if given is not None and not given.strip():
        raise UsageError("--store names no file", hint="--store PATH, or leave it out")
    if named := given or environment.get("MAILCTL_STORE"):
        return _named(named)
    if SYSTEM_FOLDER.is_dir():
        return SYSTEM_FOLDER / FILE_NAME
    data = environment.get("XDG_DATA_HOME") or "~/.local/share"
    return _expanded(data) / "mailctl" / FILE_NAME


def usual_stores(environment: Mapping[str, str]) -> list[Path]:
    """The stores that there are where one is looked for: MAILCTL_STORE's, and the default one."""
    without = {name: value for name, value in environment.items() if name != "MAILCTL_STORE"}
    found = []
    for variables in (environment, without):
        with suppress(OSError, ValueError, UsageError):
            place = location(None, variables)
            if isinstance(place, Path) and place.is_file():
                found.append(place)
    return list(dict.fromkeys(found))


def _named(text: str) -> Location:
    """A store by its path, or on a server by its URL."""
    if not text.startswith(("postgresql://", "postgres://")):
        if scheme := _SCHEME.match(text):
            # A path with such a beginning would be a folder called `mysql:`.
            raise UsageError(
                f"{scheme[0]} is no place for a store: it is a file, or a schema of PostgreSQL",
                hint="postgresql://USER@HOST/DATABASE; a file of such a name: ./NAME",
            )
        return _expanded(text)
    from mailctl.store.engine.postgresql import server

    return server.named(text)


def _expanded(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        raise UsageError(
            f"there is no home folder for {text.partition('/')[0]}", hint="--store /PATH/OF/IT"
        ) from None


def environment_location(given: str | None) -> Location:
    """Where the store is for this process."""
    return location(given, os.environ)
