"""Addresses of refused lines of an import: whoever gives one again is told of the line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AskedNames, TempTable


class RefusedAddresses(TempTable):
    """Addresses with their lines, each once; used within its `with` block."""

    def __init__(self, transaction: Transaction) -> None:
        super().__init__(
            transaction, "refused_address", "address TEXT PRIMARY KEY, line INTEGER NOT NULL"
        )
        self._has_any = False

    def keep(self, refused: Sequence[tuple[str, int]]) -> None:
        """Keep more addresses with their lines."""
        self._has_any = self._has_any or bool(refused)
        self.transaction.add_rows(self.name, ("address", "line"), refused)

    def lines_of(self, addresses: Iterable[str]) -> dict[str, int]:
        """The lines of those addresses that are kept."""
        if not self._has_any:
            return {}
        with AskedNames(self.transaction, addresses) as asked:
            return dict(
                self.transaction.pairs(
                    f"""
                    SELECT r.address, r.line
                    FROM {asked} q
                    CROSS JOIN {self} r
                    WHERE r.address = q.name
                    """
                )
            )
