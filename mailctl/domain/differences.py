"""How a mail server may differ from the books (rules 16)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from mailctl.values import Value


class DifferenceKind(StrEnum):
    """What is wrong with a mailbox on the mail server."""

    UNKNOWN = "unknown"
    """It is on the server, and no account has it."""
    MISSING = "missing"
    """An account has it, and it is not on the server."""
    WORKING = "working"
    """It works, though its account is suspended or locked."""
    SUSPENDED = "suspended"
    """It is suspended, though its account is active and not locked."""
    ADDRESS = "address"
    """It has another address than its account."""
    LEFT = "left"
    """It is still there, though its account is deleted, or blank after a reset."""


MENDED = frozenset(DifferenceKind) - {DifferenceKind.UNKNOWN, DifferenceKind.LEFT}
"""What a task can put right; mail that nobody asked to erase is never erased."""

_MESSAGES = {
    DifferenceKind.UNKNOWN: "is no account's: adopt it, or delete it on the mail server",
    DifferenceKind.MISSING: "is not there",
    DifferenceKind.WORKING: "works, and shall be suspended",
    DifferenceKind.SUSPENDED: "is suspended, and shall work",
    DifferenceKind.LEFT: "is still there, and shall be gone: delete it on the mail server",
}


class Difference(Value):
    """A mailbox that is not as the books want it; `account` may be the one that it belongs to."""

    kind: DifferenceKind
    mailbox: str
    account: int | None
    customer: str | None
    address: str | None
    state: str | None
    wanted_address: str | None
    wanted_state: str | None

    @property
    def is_mended(self) -> bool:
        """Whether a task can put it right."""
        return self.kind in MENDED

    @property
    def message(self) -> str:
        """What is wrong, and what a person can do where no task can put it right."""
        if self.kind is DifferenceKind.UNKNOWN and self.account is not None:
            return (
                f"has the address {self.address} of account {self.account}, which has no mailbox: "
                "adopt it"
            )
        if self.kind is DifferenceKind.ADDRESS:
            return f"has the address {self.address or 'none'}, not {self.wanted_address}"
        return _MESSAGES[self.kind]

    def item(self) -> dict[str, object]:
        """The keys of the public contract."""
        return {
            "kind": self.kind.value,
            "mailbox": self.mailbox,
            "account": self.account,
            "customer": self.customer,
            "address": self.address,
            "state": self.state,
            "wanted_address": self.wanted_address,
            "wanted_state": self.wanted_state,
            "message": self.message,
        }


@dataclass(slots=True, kw_only=True)
class Comparison:
    """What differs; `unfinished` accounts have tasks to be done, so nothing is said of them.

    `row` is the journal's last row before it began.
    """

    compared: int = 0
    unfinished: int = 0
    unadopted: int = 0
    row: int = 0
    differences: list[Difference] = field(default_factory=list)
