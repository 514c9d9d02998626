"""Temporary tables: sets that are too large for arguments travel as the table that holds them.

The code that opens one names it; it is empty before and after the block. In an f-string a table is
its name, so a statement reads `FROM {accounts}`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import ClassVar, Self

from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.transaction import Transaction


class TempTable:
    """A temporary table, there to be used within its `with` block.

    An error leaves it as it is: the transaction is undone then, and the next block empties it.
    """

    def __init__(self, transaction: Transaction, name: str, columns: str) -> None:
        self.transaction = transaction
        self.name = name
        self._columns = columns

    def __enter__(self) -> Self:
        self.transaction.execute(f"CREATE TEMP TABLE IF NOT EXISTS {self} ({self._columns})")
        self._clear()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self._clear()

    def __str__(self) -> str:
        return self.name

    def __len__(self) -> int:
        return self.transaction.number(f"SELECT count(*) FROM {self}")

    def _clear(self) -> None:
        self.transaction.execute(f"DELETE FROM {self}")

    def parts(self, key: str) -> Iterator[Mapping[str, int]]:
        """The rows in parts, by their positive integer key: those after `after`, up to `until`.

        SQLite can undo a statement, and keeps every page that it changes until it ends: a part at a
        time, a million rows take little memory.
        """
        rows = self.transaction.connection.rows_of_a_part
        until = self.transaction.number(f"SELECT min({key}) - 1 FROM {self}")
        while True:
            after, until = (
                until,
                self.transaction.number(
                    f"""
                SELECT max(p.{key})
                FROM (
                    SELECT {key}
                    FROM {self}
                    WHERE {key} > :after
                    ORDER BY {key} LIMIT :rows
                ) p
                """,
                    {"after": until, "rows": rows},
                ),
            )
            if not until:
                return
            yield {"after": after, "until": until}

    def fill(self, query: str, parameters: Mapping[str, object] = EMPTY) -> None:
        """Add the rows of a query, which has all columns in their order."""
        self.transaction.execute(f"INSERT INTO {self} {query}", parameters)


class _KeySet(TempTable):
    """A table with a key, filled with the rows of some keys when it is opened."""

    KEY: ClassVar[str]
    COLUMNS: ClassVar[str]
    ROW: ClassVar[str]

    def __init__(self, transaction: Transaction, name: str, ids: Iterable[int] = ()) -> None:
        super().__init__(transaction, name, self.COLUMNS)
        self._ids = ids

    def __enter__(self) -> Self:
        super().__enter__()
        self.transaction.execute_many(
            f"INSERT INTO {self} {self.ROW}", ({"id": id_} for id_ in self._ids)
        )
        return self

    def ids(self) -> tuple[int, ...]:
        """The keys, in their order."""
        sql = f"SELECT {self.KEY} FROM {self} ORDER BY {self.KEY}"
        return tuple(self.transaction.numbers(sql))


class AskedNames(TempTable):
    """Names that are asked for together."""

    def __init__(self, transaction: Transaction, names: Iterable[str]) -> None:
        super().__init__(transaction, "asked_name", "name TEXT NOT NULL")
        self._names = names

    def __enter__(self) -> Self:
        super().__enter__()
        self.transaction.add_rows(self.name, ("name",), [(name,) for name in self._names])
        return self


class CustomerSet(_KeySet):
    """Customers, by their keys."""

    KEY = "customer_id"
    COLUMNS = "customer_id INTEGER PRIMARY KEY"
    ROW = "VALUES (:id)"


class AccountSet(_KeySet):
    """Accounts, each with its customer's key and its address."""

    KEY = "account_id"
    COLUMNS = "account_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL, address TEXT"
    ROW = """
        SELECT a.id, p.customer_id, a.address
        FROM account a
            JOIN platform p ON p.id = a.platform_id
        WHERE a.id = :id
    """


def is_outside(customers: CustomerSet | None, customer_id: str) -> str:
    """SQL for whether a customer is not of a set; everybody is, where there is none."""
    if customers is None:
        return "1 = 1"
    return f"{customer_id} NOT IN (SELECT customer_id FROM {customers})"
