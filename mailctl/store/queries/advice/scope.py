"""Whom an advice is about: every customer, or one; and how its facts are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from mailctl.store.engine.reader import Reader

Facts = TypeVar("Facts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """A store, and the customer that alone is asked about; None for all of them."""

    reader: Reader
    customer: str | None = None

    @property
    def today(self) -> date:
        """The store's today."""
        return self.reader.today

    def ahead(self, days: int) -> str:
        """The day so many days after today, as the store keeps days."""
        return (self.today + timedelta(days=days)).isoformat()

    def ago(self, days: int) -> str:
        """The day so many days before today, as the store keeps days."""
        return self.ahead(-days)

    @property
    def only(self) -> str:
        """SQL that narrows a query to the customer `c` who is asked about."""
        return "" if self.customer is None else "AND c.slug = :customer "

    def read(
        self, facts: type[Facts], sql: str, parameters: Mapping[str, object] | None = None
    ) -> list[Facts]:
        """The rows of a query whose columns are named like the fields of a dataclass."""
        given: dict[str, object] = {"today": self.today.isoformat(), "customer": self.customer}
        cursor = self.reader.execute(sql, {**given, **(parameters or {})})
        names = [column[0] for column in cursor.description]
        return [facts(**_named(names, row)) for row in cursor]


def _named(names: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip(names, row, strict=True))
