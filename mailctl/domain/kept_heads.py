"""Heads of the journal that are kept outside the store, a line each (rules 13)."""

from __future__ import annotations

import re
from datetime import date
from typing import Self

from mailctl.values import Value

_LINE = re.compile(
    r"(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})\s+(?P<transaction>[1-9][0-9]{0,17})\s+"
    r"(?P<digest>[0-9a-fA-F]{64})(?:\s+(?P<store>[0-9TZ:-]{20}))?\s*",
    re.ASCII,
)
_PARTS = re.compile(rb"[0-9a-fTZ: \0-]{0,150}")
LONGEST = 200
"""No line of a head is as long, in bytes."""


class KeptHead(Value):
    """A head that was kept: the day and number of its transaction, and its digest.

    `store` is when its store was made, by which stores are told apart; None where the line does not
    have it, as one that was printed or mailed.
    """

    day: date
    transaction: int
    digest: str
    store: str | None

    @classmethod
    def of(cls, line: str) -> Self | None:
        """The head that a line says; None where it says none."""
        found = _LINE.fullmatch(line)
        if found is None:
            return None
        try:
            day = date.fromisoformat(found["day"])
        except ValueError:
            return None
        return cls(
            day=day,
            transaction=int(found["transaction"]),
            digest=found["digest"].lower(),
            store=found["store"],
        )

    def line(self) -> str:
        """The line of a file that says it, without its end."""
        parts = (self.day.isoformat(), str(self.transaction), self.digest, self.store)
        return " ".join(part for part in parts if part)


def is_cut_off(line: bytes) -> bool:
    """Whether a line without an end may be what a crash left of a head's."""
    return _PARTS.fullmatch(line) is not None
