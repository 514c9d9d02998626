"""Seals: what every table outside the books holds, in one number each (rules 13).

A seal is the sum, modulo 2^256, of a digest of each row. Each write adds the digests of the new
rows and subtracts those of the old ones, whatever the size of the table; `store check` adds up the
whole table again. A row that another program changed leaves the sum wrong for good: a later write
by mailctl subtracts the digest of what it finds, which was never added.

A row is digested as one JSON array, which distinguishes text from NULL and from numbers, and marks
where each value ends.

The digests have a key, kept in the store. Erasing a customer replaces it, and the old one is
overwritten in the file: no earlier sum can then be used to guess what a removed row held.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import lru_cache

from mailctl.store.engine import sha256
from mailctl.store.engine.chain import NO_JSON
from mailctl.store.engine.connection import Connection, Cursor
from mailctl.store.engine.no_text import is_no_text
from mailctl.values import Value

_MODULUS = 1 << 256
_FETCH = 1000

_UNSEALED = (
    *("journal", "ledger", "invoice", "invoice_line", "credit_line", "batch"),
    *("seal", "seal_key", "word"),
)
"""The chain covers the books; a seal or key that was changed fits no table any more; the words that
are looked for follow from the other tables, and the checks compute them again."""

_PROVEN = {
    "account": ("expires_on", "period"),
    "customer": ("balance_cents", "debt_since_on"),
    "invoice_open": ("open_cents", "credited_cents", "is_covered", "paid_on"),
}
"""What mass renewals change, and the checks compute exactly from the books, row by row."""

_DELIVERY = (
    *("secret", "message_id", "claimed_until", "tries", "last_error", "next_try_at"),
    *("waits_for", "is_at_backup", "sent_at", "ended_at", "ended_for"),
)


def _every(_: str) -> str:
    return "1 = 1"


def _is_sent_or_tried(row: str) -> str:
    """SQL: notices that were never tried are not added up, as a tick queues many."""
    return f"""
        (
            coalesce(
                {row}secret, {row}message_id, {row}claimed_until, {row}last_error,
                {row}next_try_at, {row}waits_for, {row}sent_at, {row}ended_at, {row}ended_for
            ) IS NOT NULL
            OR {row}tries <> 0
            OR {row}is_at_backup <> 0
        )
    """


_DELIVERED = ".delivery"
_LOOSE: dict[str, tuple[str, ...]] = {
    "backup": (),
    "clock": (),
    "moved": (),
    "notice_text": (),
    "notice": _DELIVERY,
}
"""Columns (empty: all) whose seal moves without a batch: neither an idle tick nor the sending of
notices makes one, nor a backup or copy, whose chain is that of its source."""


_LOOSE_PARTS = frozenset(
    f"{table}{_DELIVERED}" if columns else table for table, columns in _LOOSE.items()
)


class Part(Value):
    """Columns of a table that have one seal; `loose` where it moves without a batch."""

    name: str
    table: str
    columns: tuple[str, ...]
    loose: bool = False
    counted: Callable[[str], str] = _every
    """SQL for the rows that are added up, given what stands before a column's name."""


def parts(connection: Connection) -> tuple[Part, ...]:
    """Every seal of this schema: all columns of all tables, except those that need none."""
    return _parts(tuple(connection.columns()))


@lru_cache(maxsize=2)
def _parts(columns: tuple[tuple[str, str], ...]) -> tuple[Part, ...]:
    tables: dict[str, list[str]] = {}
    for table, column in columns:
        tables.setdefault(table, []).append(column)
    return tuple(
        part
        for table, columns in tables.items()
        if table not in _UNSEALED
        for part in _of_table(table, columns)
    )


def _of_table(table: str, columns: list[str]) -> Iterator[Part]:
    proven, loose = _PROVEN.get(table, ()), _LOOSE.get(table)
    if loose == ():
        yield Part(name=table, table=table, columns=tuple(columns), loose=True)
        return
    if loose is not None:
        moved = tuple(name for name in columns if name in loose)
        yield Part(
            name=f"{table}{_DELIVERED}",
            table=table,
            columns=(columns[0], *moved),
            loose=True,
            counted=_is_sent_or_tried,
        )
    left = tuple(name for name in columns if name not in (*proven, *(loose or ())))
    yield Part(name=table, table=table, columns=left)


def _sum(cursor: Cursor, part: Part, key: bytes) -> int:
    """The sum of the digests of rows, not yet reduced."""
    # hashlib would load all of OpenSSL; this is the one part that is needed here.
    from _blake2 import blake2b

    begun = blake2b(part.name.encode(), key=key, digest_size=32)
    total = 0
    while rows := cursor.fetchmany(_FETCH):
        for (row,) in rows:
            one = begun.copy()
            one.update(row)
            total += int.from_bytes(one.digest())
    return total


Framed = Callable[[Iterable[str]], str]
"""SQL for a row as bytes, of its columns, such that no two rows share them."""


def _whole(connection: Connection, part: Part, key: bytes, framed: Framed | None = None) -> int:
    framed = framed or connection.json_array
    cursor = connection.stream(
        f"SELECT {framed(part.columns)} FROM {part.table} WHERE {part.counted('')}"
    )
    return _sum(cursor, part, key)


def _key(connection: Connection) -> bytes:
    row = connection.execute("SELECT key FROM seal_key WHERE id = 1").fetchone()
    return bytes.fromhex(row[0]) if row else b""


def _kept(connection: Connection, part: Part) -> int:
    row = connection.execute(
        "SELECT sum FROM seal WHERE name = :name", {"name": part.name}
    ).fetchone()
    return int(row[0], 16) if row else 0


def _keep(connection: Connection, part: Part, total: int) -> None:
    connection.execute(
        """
        INSERT INTO seal (name, sum)
        VALUES (:name, :sum)
        ON CONFLICT (name) DO UPDATE SET sum = excluded.sum
        """,
        {"name": part.name, "sum": f"{total % _MODULUS:064x}"},
    )


def begin(connection: Connection) -> None:
    """Seal every table as it stands, in a store that has no seals yet."""
    connection.execute("INSERT INTO seal_key (id, key) VALUES (1, :key)", {"key": _new_key()})
    key = _key(connection)
    for part in parts(connection):
        _keep(connection, part, _whole(connection, part, key))


def renew_key(connection: Connection) -> None:
    """Take another key."""
    with carried_over(connection):
        connection.execute("UPDATE seal_key SET key = :key WHERE id = 1", {"key": _new_key()})


@contextmanager
def carried_over(connection: Connection, before: Framed | None = None) -> Iterator[None]:
    """Seal again what changes meanwhile. What was wrong before stays wrong by as much.

    `before` is how rows were framed until now, if in another way.
    """
    key = _key(connection)
    wrong = {
        part.name: _kept(connection, part) - _whole(connection, part, key, before)
        for part in parts(connection)
    }
    yield
    key = _key(connection)
    for part in parts(connection):
        total = _whole(connection, part, key) + wrong.pop(part.name, 0)
        _keep(connection, part, total)
    for name in wrong:
        connection.execute("DELETE FROM seal WHERE name = :name", {"name": name})


def _new_key() -> str:
    return os.urandom(32).hex()


def _now(connection: Connection, part: Part, key: bytes) -> int | None:
    """The seal of the rows as they are; None where they hold what mailctl cannot have written."""
    try:
        return _whole(connection, part, key) % _MODULUS
    except Exception as error:
        if not str(error).startswith(NO_JSON):
            raise
        return None


def broken(connection: Connection) -> Iterator[Part]:
    """The parts whose rows are not those that mailctl wrote."""
    key = _key(connection)
    known = parts(connection)
    for part in known:
        if _kept(connection, part) != _now(connection, part, key):
            yield part
    kept = {str(name) for (name,) in connection.execute("SELECT name FROM seal")}
    for name in sorted(kept - {part.name for part in known}):
        yield Part(name=name, table="seal", columns=("name", "sum"))


def tables_of_no_text(connection: Connection) -> Iterator[str]:
    """The tables with a text that is not UTF-8: it may have been sealed like that."""
    for part in parts(connection):
        try:
            cursor = connection.stream(f"SELECT {', '.join(part.columns)} FROM {part.table}")
            while cursor.fetchmany(_FETCH):
                pass
        except Exception as error:
            if not is_no_text(error):
                raise
            yield part.table


def no_day(connection: Connection) -> str | None:
    """What stands for a day in a column that no seal covers, and is none."""
    columns = [(table, one) for table, proven in _PROVEN.items() for one in proven]
    for table, column in columns:
        if not column.endswith("_on"):
            continue
        days = f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL"
        for (day,) in connection.execute(days).fetchall():
            try:
                date.fromisoformat(day)
            except ValueError:
                return f"its table {table} has {day!r} where a day should be"
    return None


def state(connection: Connection) -> str:
    """The digest of all seals that move with batches; each batch has it."""
    seals = connection.execute("SELECT name, sum FROM seal ORDER BY name").fetchall()
    return sha256.of_text(json.dumps([row for row in seals if row[0] not in _LOOSE_PARTS]))


class Watch:
    """What a transaction writes, row by row, until it is added to the seals."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._parts = parts(connection)
        connection.record_changes(self._parts)

    def add_up(self) -> bool:
        """Add what was written to the seals; whether any of it belongs to a batch."""
        moved: dict[int, int] = {}
        key = b""
        for number, sign in self._connection.execute(
            "SELECT DISTINCT part, sign FROM touched"
        ).fetchall():
            key = key or _key(self._connection)
            cursor = self._connection.stream(
                "SELECT content FROM touched WHERE part = :part AND sign = :sign",
                {"part": number, "sign": sign},
            )
            change = sign * _sum(cursor, self._parts[number], key)
            moved[number] = moved.get(number, 0) + change
        if not moved:
            return False
        self._connection.execute("DELETE FROM touched")
        for number, change in moved.items():
            part = self._parts[number]
            _keep(self._connection, part, _kept(self._connection, part) + change)
        return any(change and not self._parts[number].loose for number, change in moved.items())
