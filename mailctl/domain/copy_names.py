"""What the folder with a copy of a mailbox is called (rules 16)."""

from __future__ import annotations

import re

_LONGEST_ADDRESS = 120
"""So many bytes of an address stand in the name."""
_ODD = re.compile(r"[^\w.@+-]")


def copy_name(address: str | None, *parts: object) -> str:
    """A name that is no path and begins with the address, so that people find it."""
    plain = _ODD.sub("_", address or "").lstrip(".").encode()[:_LONGEST_ADDRESS]
    return "-".join((plain.decode(errors="ignore") or "mailbox", *map(str, parts)))
