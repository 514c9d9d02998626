"""A store that is open for reading: one snapshot, one today, rows as typed facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from mailctl import clock
from mailctl.clock import ClockKind
from mailctl.errors import PUT_A_COPY_BACK, StoreDamagedError
from mailctl.store.engine.connection import EMPTY, Connection, Cursor
from mailctl.store.engine.dialect import batches
from mailctl.store.engine.location import Location
from mailctl.store.engine.rows import Fact, mapper
from mailctl.values import Value

# Few stores were ever moved.
if TYPE_CHECKING:
    from mailctl.store.engine.moved import Moved


class StoreInfo(Value):
    """What `init` set for good."""

    created_at: str
    clock: ClockKind
    timezone: str
    seller_country: str
    currency: str


class _Clock(Value):
    """The day that the store has reached, and since when something waits to be overwritten."""

    reached_on: date
    erasing_since_on: str | None


_INFO = "SELECT created_at, clock, timezone, seller_country, currency FROM store"


class Reader:
    """A store that is open for reading: one snapshot, one today."""

    today = date.min
    """The store's day, once its clock is read; every statement may name it `:today`."""
    has_void_mark = False
    """A restore was killed before it replaced this store, which is where its mark says."""

    def __init__(self, location: Location, connection: Connection) -> None:
        self.location = location
        self.connection = connection
        self.warnings: list[str] = []
        self.notes: list[str] = []
        """What a person should know of how a question was understood."""
        info = self.fact(StoreInfo, _INFO)
        kept = self.fact(_Clock, "SELECT reached_on, erasing_since_on FROM clock")
        if info is None or kept is None:
            raise StoreDamagedError(
                f"the store {location} has lost its clock", hint=PUT_A_COPY_BACK
            )
        self.info = info
        self.erasing_since_on = kept.erasing_since_on
        self._set_day(kept.reached_on)
        self.moved = self._moved()
        self._warn()

    def _set_day(self, reached_on: date) -> None:
        """Take the store's day, given the day that it has reached."""
        self.reached_on = reached_on
        try:
            self.today = clock.today(
                self.info.clock, reached=self.reached_on, timezone=self.info.timezone
            )
        except (LookupError, ValueError, OSError) as error:
            raise StoreDamagedError(
                f"the store {self.location} is in the time zone {self.info.timezone!r}, which is "
                "not known",
                hint="if only this machine lacks it: pip install tzdata; else: "
                "mailctl store restore BACKUP",
            ) from error

    def _moved(self) -> Moved | None:
        if not self.exists("SELECT 1 FROM moved"):
            return None
        from mailctl.store.engine import moved

        found = moved.of(self)
        self.has_void_mark = bool(found and moved.is_void(found, self.location))
        return None if self.has_void_mark else found

    def _warn(self) -> None:
        if self.moved is not None:
            self.warnings.append(f"{self.location} {self.moved.described(self.location)}")
            return
        if self.info.clock is ClockKind.MANUAL:
            return
        real = clock.real_today(self.info.timezone)
        if real < self.reached_on:
            self.warnings.append(
                f"the system's clock says {real}, but this store was written on {self.reached_on}; "
                f"today stays {self.reached_on} until the clock has caught up"
            )

    def execute(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> Cursor:
        """Run one statement, which may name `:today`; a date is given as its text.

        What goes through a reader is SQL that every database runs: the tests prepare it all on a
        PostgreSQL. What only SQLite runs stands in this package, and uses the connection.
        """
        return self.connection.execute(sql, {"today": self.today, **parameters})

    def stream(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> Cursor:
        """Run a query whose rows are many: only a batch of them is in memory."""
        return self.connection.stream(sql, {"today": self.today, **parameters})

    def execute_many(self, sql: str, parameters: Iterable[Mapping[str, object]]) -> None:
        """Run one statement once for each set of named values."""
        self.connection.executemany(sql, ({"today": self.today, **one} for one in parameters))

    def facts(
        self, fact: type[Fact], sql: str, parameters: Mapping[str, object] = EMPTY
    ) -> list[Fact]:
        """The rows of a query as values of a kind, whose fields are the query's columns."""
        cursor = self.execute(sql, parameters)
        build = mapper(fact, (column[0] for column in cursor.description))
        return [build(row) for row in cursor.fetchall()]

    def each(
        self, fact: type[Fact], sql: str, parameters: Mapping[str, object] = EMPTY
    ) -> Iterator[Fact]:
        """The same, row by row: however many there are, only a batch of them is in memory."""
        cursor = self.stream(sql, parameters)
        build = mapper(fact, (column[0] for column in cursor.description))
        return map(build, batches(cursor))

    def fact(
        self, fact: type[Fact], sql: str, parameters: Mapping[str, object] = EMPTY
    ) -> Fact | None:
        """The first row of a query as a value of a kind; None where there is none."""
        cursor = self.execute(sql, parameters)
        row = cursor.fetchone()
        if row is None:
            return None
        return mapper(fact, (column[0] for column in cursor.description))(row)

    def hold(self, *customers: int) -> bool:  # noqa: ARG002 - only a change holds anybody
        """Hold customers until the end of a change; whether what was read of them may be old."""
        return False

    def held_fact(
        self,
        fact: type[Fact],
        sql: str,
        parameters: Mapping[str, object],
        customer_of: Callable[[Fact], int],
    ) -> Fact | None:
        """As `fact`, of a thing whose customer is held from before it was read (rules 19)."""
        found = self.fact(fact, sql, parameters)
        while found is not None and self.hold(customer_of(found)):
            found = self.fact(fact, sql, parameters)
        return found

    def held_facts(
        self,
        fact: type[Fact],
        sql: str,
        parameters: Mapping[str, object],
        customer_of: Callable[[Fact], int],
    ) -> list[Fact]:
        """As `facts`, of things whose customers are held from before they were read (rules 19)."""
        found = self.facts(fact, sql, parameters)
        while self.hold(*map(customer_of, found)):
            found = self.facts(fact, sql, parameters)
        return found

    def numbers(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> list[int]:
        """The one column of a query, which holds integers."""
        return [int(value) for (value,) in self.execute(sql, parameters)]

    def texts(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> list[str]:
        """The one column of a query, which holds text."""
        return [str(value) for (value,) in self.execute(sql, parameters)]

    def pairs(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> list[tuple[str, int]]:
        """The two columns of a query: text and integers."""
        return [(str(text), int(number)) for text, number in self.execute(sql, parameters)]

    def text(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> str | None:
        """The one text that a query gives; None where it gives none."""
        row = self.execute(sql, parameters).fetchone()
        return None if row is None or row[0] is None else str(row[0])

    def day(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> date | None:
        """The one date that a query gives; None where it gives none."""
        text = self.text(sql, parameters)
        return None if text is None else date.fromisoformat(text)

    def exists(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> bool:
        """Whether a query gives any row."""
        return self.execute(sql, parameters).fetchone() is not None

    def number(self, sql: str, parameters: Mapping[str, object] = EMPTY) -> int:
        """The one integer that a query gives; 0 where it gives none."""
        row = self.execute(sql, parameters).fetchone()
        return 0 if row is None or row[0] is None else int(row[0])

    @cached_property
    def _settings(self) -> dict[str, str]:
        # The picture is as large as all others together, and rarely needed.
        found = self.execute("SELECT name, value FROM setting WHERE name <> 'seller-logo'")
        return {str(name): str(value) for name, value in found}

    def setting(self, name: str) -> str:
        """A setting in its kept form: the store's own value, or the default."""
        from mailctl.domain.settings import LOGO, setting_named

        default = setting_named(name).default
        if name == LOGO:
            return (
                self.text("SELECT value FROM setting WHERE name = :name", {"name": name}) or default
            )
        return self._settings.get(name, default)

    def setting_number(self, name: str) -> int:
        """A setting that is days, a count, or cents."""
        return int(self.setting(name))

    def forget_settings(self) -> None:
        """Read the settings again at their next use: one has changed."""
        self.__dict__.pop("_settings", None)
