"""A change that starts again: what it has read is no longer so, or a lock was out of its order."""

from __future__ import annotations

from collections.abc import Iterable


class StartAgainError(Exception):
    """Undo the change and begin it anew; not a refusal, so nobody takes it for one.

    `customers` are those that it holds from its beginning then; with `whole` it holds the store
    alone.
    """

    def __init__(self, *, customers: Iterable[int] = (), whole: bool = False) -> None:
        super().__init__()
        self.customers = frozenset(customers)
        self.whole = whole
