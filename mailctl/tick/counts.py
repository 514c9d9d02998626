"""What a tick did, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, fields


@dataclass(slots=True, kw_only=True)
class Counts:
    """How often each thing happened; `renewed` counts terms, `billed_cents` is gross."""

    orders_cancelled: int = 0
    renewed: int = 0
    invoices: int = 0
    billed_cents: int = 0
    debts_opened: int = 0
    payments_created: int = 0
    suspended_expired: int = 0
    suspended_debt: int = 0
    reopened: int = 0
    deleted: int = 0
    deletions_held: int = 0
    platforms_closed: int = 0
    notices: int = 0
    set_aside: dict[str, str] = field(default_factory=dict)

    @property
    def events(self) -> int:
        """How much was written: what a transaction's size is measured by."""
        return self.renewed + self.suspended_expired + self.suspended_debt + self.deleted

    @property
    def anything(self) -> bool:
        """Whether the tick did anything; what it left undone is reported elsewhere."""
        left = ("deletions_held", "set_aside")
        return any(getattr(self, part.name) for part in fields(self) if part.name not in left)

    def add(self, other: Counts) -> None:
        """Count what another part of the tick did; what is held is that of the newest day."""
        for part in fields(self):
            value = getattr(other, part.name)
            if part.name == "set_aside":
                self.set_aside.update(value)
            elif part.name == "deletions_held":
                self.deletions_held = value
            else:
                setattr(self, part.name, getattr(self, part.name) + value)
