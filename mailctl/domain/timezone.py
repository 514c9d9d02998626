"""Time zones: the names of the tz database, and which one a system's environment names.

A store keeps a name, never an offset or a rule: those do not know when the clocks change, and a day
too early or too late is a mailbox suspended on the wrong day (rules 15).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from zoneinfo import ZoneInfoNotFoundError, available_timezones

from mailctl.errors import UsageError
from mailctl.hints import Hint

# Names of a system, not of the world: their meaning differs between machines, or is undefined.
_NO_PLACES = frozenset(("localtime", "posixrules", "Factory", "leapseconds", "tzdata.zi"))
_FOLDERS = ("posix/", "right/")
_LOCAL_TIME = Path("/etc/localtime")
_NAME_IT = f"name the time zone: {Hint.NAME_TIMEZONE}"


def known(name: str) -> bool:
    """Whether a text is the name of a time zone of the tz database."""
    return (
        name in available_timezones() and name not in _NO_PLACES and not name.startswith(_FOLDERS)
    )


def chosen(name: str | None, environment: Mapping[str, str]) -> str:
    """The name of the time zone asked for; where none was, of the system's.

    UsageError where it is no name of the tz database: also for a rule, an offset or a file that the
    environment names.
    """
    if name is None:
        return _of_the_system(environment)
    if not known(name):
        raise UsageError(
            f"{name!r} is not the name of a time zone", hint="for example Europe/Paris or UTC"
        )
    return name


def _of_the_system(environment: Mapping[str, str]) -> str:
    if "TZ" in environment:
        # As every other program reads it: empty is UTC, a colon stands before a file's name.
        text = environment["TZ"].removeprefix(":") or "UTC"
        found = text if not text.startswith("/") else _name_of_file(Path(text))
        if not known(found):
            raise UsageError(
                f"the environment's TZ is {environment['TZ']!r}, which is not the name of a time "
                "zone",
                hint=_NAME_IT,
            )
        return found
    from tzlocal import get_localzone_name

    try:
        # A system that names no time zone is in UTC.
        found = get_localzone_name() or ("" if _LOCAL_TIME.exists() else "UTC")
    except ZoneInfoNotFoundError:
        found = ""
    if not known(found):
        raise UsageError(
            f"the system's time zone has no name of its own{found and f': {found}'}", hint=_NAME_IT
        )
    return found


def _name_of_file(path: Path) -> str:
    """The time zone whose file of the tz database a path leads to, or the path itself."""
    parts = path.resolve().parts
    for start in range(1, len(parts)):
        name = "/".join(parts[start:])
        if known(name):
            return name if parts[start - 1] not in ("posix", "right") else str(path)
    return str(path)
