"""Whether, and from where, customers get their notices by mail."""

from __future__ import annotations

from mailctl.store.engine.reader import Reader

OFF = "none"
"""The value of `mail-host` where customers are notified by other means: nothing is sent."""


def is_off(reader: Reader) -> bool:
    """Whether customers are notified by other means than mail from mailctl."""
    return reader.setting("mail-host") == OFF


def has_server(reader: Reader) -> bool:
    """Whether a mail server is named, reachable or not."""
    return reader.setting("mail-host") not in ("", OFF)


def is_complete(reader: Reader) -> bool:
    """Whether notices can be sent: there are a server and a sender."""
    return has_server(reader) and reader.setting("mail-from") != ""
