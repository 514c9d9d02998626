"""The customers that advice is about: all of them, or one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.rows import Fact
from mailctl.values import Value


class Scope(Value):
    """A store, and the only customer to look at; None for all of them."""

    reader: Reader
    customer: str | None = None

    def of(self, customer: str) -> Scope:
        """The same store, with one customer alone."""
        return Scope(reader=self.reader, customer=customer)

    @property
    def today(self) -> date:
        """The store's today."""
        return self.reader.today

    def ahead(self, days: int) -> date:
        """The day so many days after today."""
        return self.today + timedelta(days=days)

    def ago(self, days: int) -> date:
        """The day so many days before today."""
        return self.ahead(-days)

    @property
    def only(self) -> str:
        """A condition that narrows a query to the customer `c` who is asked about."""
        return "" if self.customer is None else "AND c.slug = :customer"

    def only_owned_by(self, customer_id: str) -> str:
        """The same for what is grouped before its customer is named; `customer_id` is a column."""
        if self.customer is None:
            return ""
        return f"AND {customer_id} = (SELECT id FROM customer WHERE slug = :customer)"

    def each(
        self, fact: type[Fact], sql: str, parameters: Mapping[str, object] = EMPTY
    ) -> Iterator[Fact]:
        """The same as `facts`, row by row: for what there may be one of for every customer."""
        return self.reader.each(fact, sql, {"customer": self.customer, **parameters})

    def facts(
        self, fact: type[Fact], sql: str, parameters: Mapping[str, object] = EMPTY
    ) -> list[Fact]:
        """The rows of a query that may name `:today` and `:customer`."""
        return list(self.each(fact, sql, parameters))
