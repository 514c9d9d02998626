"""A store that is being made as a copy: what its database must do for that.

Nobody sees a draft until it is published; one that is not leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from mailctl.store.engine.connection import Connection
    from mailctl.store.engine.sqlite.tables import Table


class Draft(Protocol):
    """A store without rows, indexes and guards, in one transaction."""

    @property
    def connection(self) -> Connection:
        """What reads the rows that were put into it."""

    def put(self, table: Table, batches: Iterable[Sequence[Sequence[object]]]) -> None:
        """Add rows to a table."""

    def complete(self) -> None:
        """Make the indexes, references and guards of a store, which all rows must fit."""

    def publish(self, place: str) -> None:
        """Let it be at its location, as a copy of the store at that place."""
