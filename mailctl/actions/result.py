"""What an action gives back: what it changed, and what its sentence needs to know."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, overload

from mailctl.actions.undo import Undo
from mailctl.values import Value

One = TypeVar("One")
Item = Mapping[str, object]


class Items(Sequence[Item]):
    """What was changed, with every key, made when it is read: of a million it would fill memory."""

    def __init__(self, things: Sequence[One], item: Callable[[One], Item]) -> None:
        self._things = things
        self._item: Callable[[Any], Item] = item

    def __len__(self) -> int:
        return len(self._things)

    def __iter__(self) -> Iterator[Item]:
        return map(self._item, self._things)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item]: ...
    def __getitem__(self, at: int | slice) -> Item | Sequence[Item]:
        if isinstance(at, slice):
            return Items(self._things[at], self._item)
        return self._item(self._things[at])


class Result(Value):
    """What a change did; an action whose sentence needs more gives back a class of its own.

    `thing` names the shape in the contract. `items` are the things changed, with every key; where
    `many` is set they are printed as a list. `changed` is false where nothing had to change.
    `undo` says how what changed is taken back.
    """

    thing: str
    items: Sequence[Item]
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
