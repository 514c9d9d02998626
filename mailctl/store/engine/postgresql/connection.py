"""A connection to a PostgreSQL, which takes and gives what SQLite takes and gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.adapt import Buffer, Loader
from psycopg.types.string import TextLoader

from mailctl.store.engine.connection import EMPTY, Columns, Cursor
from mailctl.store.engine.dialect import quoted
from mailctl.store.engine.postgresql import recording
from mailctl.store.engine.postgresql.dialect import for_postgresql
from mailctl.store.engine.postgresql.errors import GUARDS, malformed, unreachable
from mailctl.store.engine.postgresql.statistics import Statistics

if TYPE_CHECKING:
    from mailctl.store.engine.connection import SqliteConnection
    from mailctl.store.engine.postgresql.server import Server

FETCH = 1_000
"""Rows of a stream that are in memory at once."""
_AT_ONCE = 1_000
_LIVELINESS = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
"""A server that has vanished is noticed within half a minute, if the URL says nothing else."""
_OURS = {"client_encoding": "UTF8", "replication": ""}
"""What is never another's to say: how texts travel, and that statements are run at all."""

SNAPSHOT = "ISOLATION LEVEL REPEATABLE READ READ ONLY"
CHANGE = "ISOLATION LEVEL READ COMMITTED READ WRITE"
"""How a transaction begins that reads, or changes."""
PRIMARY = "read-write"
"""Of several hosts, only the one that takes changes."""

_Parameter = str | None
_TEMPORARY = re.compile(r"\s*CREATE TEMP TABLE (?:IF NOT EXISTS )?(\w+)")
_WRITTEN = re.compile(r"\b(?:INSERT INTO|DELETE FROM|UPDATE(?!\s+SET\b))\s+(\w+)")


class _Number(Loader):
    """Sums are of a wider type than what they add up: they are whole numbers all the same."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data))


class _Condition(Loader):
    """What is true is 1."""

    def load(self, data: Buffer) -> int:
        return int(bytes(data) == b"t")


@lru_cache(maxsize=2_000)
def _translated(sql: str) -> tuple[str, tuple[str, ...]]:
    return for_postgresql(sql)


def _value(value: object) -> _Parameter:
    """A value as text, whose type the statement says."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(int(value)) if isinstance(value, int) else str(value)


@lru_cache(maxsize=2_000)
def _written(sql: str) -> frozenset[str]:
    """The tables that a statement writes to."""
    return frozenset(_WRITTEN.findall(sql))


@lru_cache(maxsize=2_000)
def _temporary(sql: str) -> tuple[str, ...]:
    """The temporary tables that a statement makes."""
    return tuple(_TEMPORARY.findall(sql))


class Stream:
    """The rows of a cursor that the server keeps open, fetched a batch at a time."""

    rowcount = -1

    def __init__(self, connection: ServerConnection, name: str) -> None:
        self._connection = connection
        self._name = name
        self._batch: list[Any] = []
        self._is_over = False
        self._fetch()

    def _fetch(self) -> None:
        cursor = self._connection.raw.execute(f"FETCH FORWARD {FETCH} FROM {self._name}")
        self.description = cursor.description
        self._batch = cursor.fetchall()[::-1]
        if len(self._batch) < FETCH:
            self._is_over = True
            self._connection.raw.execute(f"CLOSE {self._name}")

    def fetchone(self) -> Any:
        """The next row; None where there is none."""
        if not self._batch and not self._is_over:
            self._fetch()
        return self._batch.pop() if self._batch else None

    def fetchmany(self, size: int = FETCH) -> list[Any]:
        """The next rows, which may be fewer than that; none at the end."""
        if not self._batch and not self._is_over:
            self._fetch()
        rows = self._batch[-size:][::-1]
        del self._batch[-size:]
        return rows

    def fetchall(self) -> list[Any]:
        """All other rows."""
        return list(self)

    def __iter__(self) -> Iterator[Any]:
        while (row := self.fetchone()) is not None:
            yield row


class ServerConnection:
    """A connection to a server, in a transaction that its owner begins and ends."""

    overwrites = False
    rows_of_a_part = 100_000

    def __init__(self, raw: psycopg.Connection, server: Server, *, is_sealed: bool) -> None:
        self.raw = raw
        self.server = server
        self.is_sealed = is_sealed
        self.before_write: Callable[[], None] | None = None
        """What the first statement that writes to a stored table waits for."""
        self._streams = 0
        self._statistics = Statistics(raw)
        self._temporary: set[str] = set()
        self._columns: list[tuple[str, str]] | None = None
        raw.adapters.register_loader("numeric", _Number)
        raw.adapters.register_loader("bool", _Condition)
        raw.adapters.register_loader("json", TextLoader)

    def keep_little(self) -> None:
        """Nothing: the server has a memory of its own."""

    def unguarded(self, *_: str) -> AbstractContextManager[None]:
        """Nothing is lifted: here a guard looks at all rows of a statement at once."""
        return nullcontext()

    def begin(self, how: str, *, wait: float) -> None:
        """Begin a transaction in the store's schema, which waits `wait` seconds for each lock.

        What an earlier one on the same connection has left for itself is there no more.
        """
        self.before_write = None
        self._statistics = Statistics(self.raw)
        if self._temporary:
            self._temporary.clear()
            self.raw.execute("DISCARD TEMP")
        begin(self.raw, self.server, how, wait=wait)

    def execute(self, sql: str, parameters: Mapping[str, object] = EMPTY, /) -> Cursor:
        """Run one statement with named parameters."""
        self._temporary.update(_temporary(sql))
        if self.before_write is not None:
            self._notice(_written(sql))
        text, names = _translated(sql)
        cursor = self.raw.execute(text, [_value(parameters[name]) for name in names])
        self._statistics.look_at(sql, cursor.rowcount)
        return cursor

    def executemany(self, sql: str, parameters: Iterable[Mapping[str, object]], /) -> None:
        """Run one statement once for each set of named values."""
        self._notice(_written(sql))
        text, names = _translated(sql)
        rows = ([_value(one[name]) for name in names] for one in parameters)
        with self.raw.cursor() as cursor:
            while some := list(islice(rows, _AT_ONCE)):
                cursor.executemany(text, some)
                self._statistics.look_at(sql, len(some))

    def add_rows(
        self, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]], /
    ) -> None:
        """Add many rows, each as values in the order of the columns, to a table in their order."""
        self._notice((table,))
        with (
            self.raw.cursor() as cursor,
            cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)
        self._statistics.added(table, max(cursor.rowcount, 0))

    def _notice(self, tables: Iterable[str]) -> None:
        """Do what waits for the first write, if one of these tables is no temporary one."""
        if self.before_write is not None and not self._temporary.issuperset(tables):
            before_write, self.before_write = self.before_write, None
            before_write()

    def stream(self, sql: str, parameters: Mapping[str, object] = EMPTY, /) -> Cursor:
        """Run a query whose rows are many: only a batch of them is in memory."""
        text, names = _translated(sql)
        self._streams += 1
        name = f"stream_{self._streams}"
        values = [_value(parameters[one]) for one in names]
        self.raw.execute(f"DECLARE {name} NO SCROLL CURSOR FOR {text}", values)
        return Stream(self, name)

    def columns(self) -> Iterable[tuple[str, str]]:
        """Every column of every table of the store, as they were when this was first asked."""
        if self._columns is None:
            self._columns = self._columns_now()
        return self._columns

    def _columns_now(self) -> list[tuple[str, str]]:
        return self.raw.execute(
            """
            SELECT c.relname, a.attname
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            WHERE c.relnamespace = current_schema()::regnamespace
                AND c.relkind = 'r'
                AND a.attgenerated = ''
            ORDER BY c.relname, a.attnum
            """
        ).fetchall()

    def json_array(self, columns: Iterable[str]) -> str:
        """SQL for a row as the bytes of one JSON array."""
        return recording.json_array(columns)

    def record_changes(self, _: Sequence[Columns], /) -> None:
        """Record in the table `touched` what statements add to parts, and what they remove."""
        self.raw.execute(recording.TABLE)

    def faults(self) -> Iterator[str]:
        """What the server finds wrong with the store's rows and indexes."""
        from mailctl.store.engine.postgresql import integrity

        return integrity.faults(self.raw)

    def unlooked_at(self) -> str | None:
        """The indexes, where the database has no `amcheck` or this role may not use it."""
        from mailctl.store.engine.postgresql import integrity

        left = []
        if not integrity.can_compare_indexes(self.raw):
            left.append(
                "The indexes were not compared with their tables: CREATE EXTENSION amcheck lets a "
                "superuser do so, and others whom it grants EXECUTE."
            )
        if not integrity.can_compare_schema(self.raw):
            left.append(
                "Tables, indexes and guards were not compared with a new store's, for which a "
                "temporary one is made: check the primary, as a role with TEMPORARY."
            )
        return " ".join(left) or None

    def lost_references(self) -> Iterator[str]:
        """Every row that names one that is not there."""
        from mailctl.store.engine.postgresql import integrity

        return integrity.lost_references(self.raw)

    def differences(self) -> Iterator[str]:
        """Every table, index and guard that is not as in a new store."""
        from mailctl.store.engine.postgresql import catalogue, integrity

        if not integrity.can_compare_schema(self.raw):
            return iter(())
        return catalogue.differences(self)

    def version(self) -> str:
        """The database that keeps the store, and the server's machine where it is another."""
        version = self.raw.info.parameter_status("server_version") or ""
        host = self.raw.info.host
        where = f" on {host}" if host and not host.startswith("/") else ""
        return f"PostgreSQL {version.partition(' ')[0]}{where}"

    def size(self) -> int:
        """How many bytes the store's tables and indexes take on the server."""
        (size,) = self.raw.execute(
            """
            SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint
            FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
            """
        ).fetchone() or (0,)
        return int(size)

    def fill(self, memory: SqliteConnection) -> None:
        """Copy the store, as this connection sees it, into an empty database of SQLite."""
        from mailctl.store.engine.postgresql import filling

        filling.fill(self, memory)


def begin(raw: psycopg.Connection, server: Server, how: str, *, wait: float) -> None:
    """Begin a transaction that is the same whatever was set for the role or the database.

    Only the store's schema is searched, so nothing that others have made elsewhere is called, and
    temporary tables hide none of its own. No time limit ends a long tick half-way, as none ends
    pg_dump. A commit that is answered is on the disk, and on the synchronous standby where there is
    one. Rows that a policy hides are an error, and guards and seals are never left out of a change.

    The planner is told that streams are read to their end, that the rows of a part are found faster
    by their keys than by reading the table for each part, and not to compile.
    """
    guarded = f"""
        SELECT set_config('{GUARDS}', 'origin', true)
        WHERE current_setting('{GUARDS}') = 'replica';
    """
    newer = "SET LOCAL transaction_timeout = 0;" if raw.info.server_version >= 170_000 else ""
    raw.execute(
        f"""
        BEGIN {how};
        SET LOCAL quote_all_identifiers = off;
        SET LOCAL search_path = {quoted(server.schema)}, pg_temp;
        SET LOCAL client_min_messages = warning;
        SET LOCAL lock_timeout = {max(1, int(wait * 1000))};
        SET LOCAL statement_timeout = 0;
        SET LOCAL idle_in_transaction_session_timeout = 0;
        {newer}
        SET LOCAL row_security = off;
        SET LOCAL standard_conforming_strings = on;
        SET LOCAL transform_null_equals = off;
        SET LOCAL cursor_tuple_fraction = 1;
        SET LOCAL random_page_cost = 1.1;
        SET LOCAL jit = off;
        SET LOCAL work_mem = '64MB';
        {guarded if how == CHANGE else ""}
        SELECT set_config('synchronous_commit', 'on', true)
        WHERE current_setting('synchronous_commit') IN ('off', 'local')
        """
    )


def readers_choice(server: Server) -> str:
    """Which of several servers is read: the primary, since a standby shows each change later."""
    given = _parameters(server)
    hosts = str(given.get("host") or given.get("hostaddr") or "")
    return "primary" if "," in hosts else "any"


def _parameters(server: Server) -> Mapping[str, object]:
    """What a URL says, by the names of libpq; UsageError for what libpq does not know."""
    from psycopg.conninfo import conninfo_to_dict

    try:
        return conninfo_to_dict(server.url)
    except psycopg.ProgrammingError as error:
        raise malformed(error, server) from None


def connected(
    server: Server, *, application: str, wait: float, attributes: str
) -> psycopg.Connection:
    """A connection that is in no transaction; `attributes` says which of several servers.

    DiskFailedError where there is none, StoreBusyError where all are in use.
    """
    from psycopg.conninfo import make_conninfo

    given = _parameters(server)
    conninfo = ""
    try:
        usual: dict[str, str | int] = {
            **_LIVELINESS,
            "connect_timeout": max(2, round(wait)),
            "target_session_attrs": attributes,
            "application_name": application[:63],
        }
        left = {name: value for name, value in usual.items() if name not in given}
        conninfo = make_conninfo(server.url, **left, **_OURS)
        return psycopg.connect(conninfo, autocommit=True, cursor_factory=psycopg.RawCursor)
    except psycopg.Error as error:
        from mailctl.store.engine.postgresql.why_not import state_of_refusal

        is_late = isinstance(error, psycopg.errors.ConnectionTimeout)
        state = None if is_late or not conninfo else state_of_refusal(conninfo)
        database = str(given.get("dbname") or given.get("user") or "mailctl")
        hosts = str(given.get("host") or given.get("hostaddr") or "")
        raise unreachable(error, server, database=database, hosts=hosts, state=state) from error
