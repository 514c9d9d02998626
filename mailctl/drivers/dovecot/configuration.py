"""The configuration of Dovecot and Postfix, as a script that root reads and runs."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from mailctl.values import Value, fields

VERSIONS = ("2.3", "2.4")
_SAID_BY = {
    "database": "the setting dovecot-database",
    "homes": "the setting dovecot-home",
    "run": "the setting dovecot-run",
    "user": "--user",
    "mail_user": "--mail-user",
    "group": "--group",
    "dovecot": "--dovecot-folder",
    "postfix": "--postfix-folder",
}
"""What an administrator gives a place or a name by."""
REASON = "This mailbox is suspended. Its mail is kept; ask whoever you have it from."


class Places(Value):
    """Where everything is, and whose it is; the defaults are Debian's."""

    database: Path
    homes: Path
    run: Path
    user: str
    mail_user: str = "vmail"
    mail_group: str = "vmail"
    group: str = "postfix"
    auth_user: str = "dovecot"
    postfix_user: str = "postfix"
    postfix_group: str = "postfix"
    dovecot: Path = Path("/etc/dovecot")
    postfix: Path = Path("/etc/postfix")
    spool: Path = Path("/var/spool/postfix")
    script: Path = Path("/usr/local/lib/mailctl/remove-homes")
    reason: str = REASON


def script(version: str, places: Places) -> str:
    """The commands that have Dovecot and Postfix obey, for a version of Dovecot.

    ValueError where a name could not stand in a configuration as it is.
    """
    words = {name.upper(): str(value) for name, value in fields(places).items()}
    for name, word in words.items():
        if not re.fullmatch(r"[\w @:./,;+=-]+", word):
            said_by = _SAID_BY.get(name.lower(), name.lower())
            raise ValueError(
                f"{said_by} cannot be {word!r}: it stands in a script and in configurations, as "
                "letters, digits and @:.,;/+=- alone"
            )
    words |= {
        "VERSION": version,
        "DATABASE_FOLDER": str(places.database.parent),
        "SCRIPT_FOLDER": str(places.script.parent),
    }
    # The part of the version begins Dovecot's file, that of the services ends it.
    parts = ("setup-common.sh", f"setup-{version}.sh", "setup-services.sh", "setup-postfix.sh")
    text = "".join((files(__package__) / part).read_text(encoding="utf-8") for part in parts)
    return re.sub(r"@([A-Z_]+)@", lambda found: words[found[1]], text)
