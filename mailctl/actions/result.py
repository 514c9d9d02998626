"""What an action gives back: what it changed, and what its sentence needs to know."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.actions.undo import Undo
from mailctl.values import Value


class Result(Value):
    """What a change did; an action whose sentence needs more gives back a class of its own.

    `thing` names the shape in the contract. `items` are the things changed, with every key; where
    `many` is set they are printed as a list. `changed` is false where nothing had to change.
    `undo` says how what changed is taken back.
    """

    thing: str
    items: tuple[Mapping[str, object], ...]
    many: bool = False
    changed: bool = True
    warnings: tuple[str, ...] = ()
    undo: Undo | None = None

    @property
    def item(self) -> Mapping[str, object]:
        """The one thing changed."""
        (only,) = self.items
        return only


class MoneyResult(Result):
    """A change that moved money, and what it made possible: accounts reopened, orders paid."""

    reopened: int = 0
    paid_orders: tuple[int, ...] = ()
