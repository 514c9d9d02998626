"""What can still be read of a damaged store, table by table, and which rows cannot.

A table is read from its first row on, and from its last row back: what lies between the two places
where that ends is damaged. Its rows are named by an index, which lies elsewhere in the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from mailctl.domain.text import counted, listed
from mailctl.store.engine.sqlite.tables import Table, tables
from mailctl.values import Value

MOST_NAMED = 6
"""How many damaged rows are named."""
_NO_BOUND = (1 << 63) - 1
# Python cannot tell what SQLite says of a damaged schema whose words are no text any more.
_UNREADABLE = (sqlite3.Error, UnicodeDecodeError)

_BETWEEN = "id > :after AND id < :before ORDER BY id"
_NAMES = {
    "customer": f"SELECT slug FROM customer INDEXED BY customer_slug WHERE {_BETWEEN}",
    "platform": f"SELECT name FROM platform INDEXED BY platform_name WHERE {_BETWEEN}",
    "domain": f"SELECT name FROM domain INDEXED BY domain_name WHERE {_BETWEEN}",
    "offer": f"SELECT name FROM offer INDEXED BY offer_name WHERE {_BETWEEN}",
    "account": f"""
        SELECT address
        FROM account INDEXED BY account_address
        WHERE deleted_on IS NULL AND address IS NOT NULL AND {_BETWEEN}
    """,
    "invoice": f"""
        SELECT CASE series WHEN '' THEN '' ELSE series END || printf('%d-%06d', year, seq)
        FROM invoice INDEXED BY invoice_number
        WHERE {_BETWEEN}
    """,
    "ledger": f"""
        SELECT DISTINCT c.slug
        FROM (SELECT id, customer_id FROM ledger INDEXED BY ledger_seq WHERE {_BETWEEN}) l
        JOIN customer c INDEXED BY customer_slug ON c.id = l.customer_id
    """,
}
"""The names of a table's rows between two keys, from indexes alone."""
_WHOSE = {"ledger": "of the customers "}


class Part(Value):
    """A table, and what of it cannot be read, as a sentence; None where all can."""

    table: str
    damage: str | None


class _Gap(Value):
    """The keys of the rows before and after those that cannot be read; None at an end."""

    after: int | str | None
    before: int | str | None


def parts(path: Path) -> Iterator[Part]:
    """Every table of a store as far as it can be read; none where nothing of it can."""
    try:
        connection = _reader(path)
    except _UNREADABLE:
        return
    with closing(connection):
        connection.text_factory = lambda text: text.decode("utf-8", "replace")
        try:
            there = {
                str(name)
                for (name,) in connection.execute(
                    "SELECT name FROM sqlite_master WHERE type = 'table'"
                )
            }
        except _UNREADABLE:
            return
        for table in tables():
            if table.name in there:
                yield _part(connection, table)
            else:
                yield Part(table=table.name, damage="it is missing")


def newest_backup(path: Path) -> Path | None:
    """The newest backup that a store knows of and that is there; None where that cannot be read."""
    with suppress(*_UNREADABLE), closing(_reader(path)) as connection:
        for folder, file in connection.execute(
            "SELECT folder, file FROM backup ORDER BY made_at DESC"
        ):
            with suppress(OSError, ValueError):
                found = Path(str(folder), str(file))
                if found.is_file():
                    return found
    return None


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)


def _part(connection: sqlite3.Connection, table: Table) -> Part:
    rows, after, error = _read(connection, table, "ASC")
    if error is None:
        lost = listed(list(_lost_indexes(connection, table)))
        damage = f"its rows can be read, but not by {lost}" if lost else None
        return Part(table=table.name, damage=damage)
    more, before, _ = _read(connection, table, "DESC")
    gap = _Gap(after=after, before=before)
    readable = rows + more
    left = f"; {counted(readable, 'row')} can" if readable else ""
    return Part(table=table.name, damage=_described(connection, table, gap) + left)


def _read(
    connection: sqlite3.Connection, table: Table, order: str
) -> tuple[int, int | str | None, Exception | None]:
    """How many rows can be read in an order of the key, the last one's key, and why no more can."""
    rows, last = 0, None
    ordered = ", ".join(f"{name} {order}" for name in table.key)
    try:
        # The whole row is read: a long one goes on in pages of its own.
        cursor = connection.execute(
            f"SELECT {table.key[0]}, * FROM {table.name} ORDER BY {ordered}"
        )
        for row in cursor:
            rows, last = rows + 1, row[0]
    except _UNREADABLE as error:
        return rows, last, error
    return rows, last, None


def _lost_indexes(connection: sqlite3.Connection, table: Table) -> Iterator[str]:
    """The indexes of a table through which it cannot be read."""
    for name, sql in connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table.name,)
    ).fetchall():
        _, where, condition = (sql or "").partition(" WHERE ")
        # Every entry has the key; counted alone, a page without any is taken for an empty one.
        every = f"SELECT total(length({table.key[0]})) FROM {table.name} INDEXED BY {name}"
        try:
            connection.execute(f"{every}{where}{condition}").fetchone()
        except UnicodeDecodeError:
            yield f"the index {name}"
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CORRUPT:
                yield f"the index {name}"


def _described(connection: sqlite3.Connection, table: Table, gap: _Gap) -> str:
    """Which rows cannot be read: by name, else by the keys around them."""
    names = _names(connection, table, gap)
    if names:
        whose = _WHOSE.get(table.name, "")
        return f"cannot be read: {whose}{listed(names, most=MOST_NAMED)}"
    key = table.key[0]
    if gap.after is None and gap.before is None:
        return "nothing of it can be read"
    if gap.before is None:
        return f"cannot be read: what comes after {key} {gap.after}"
    if gap.after is None:
        return f"cannot be read: what comes before {key} {gap.before}"
    return f"cannot be read: what lies between {key} {gap.after} and {gap.before}"


def _names(connection: sqlite3.Connection, table: Table, gap: _Gap) -> list[str]:
    query = _NAMES.get(table.name)
    if query is None:
        return []
    after = gap.after if gap.after is not None else -1
    before = gap.before if gap.before is not None else _NO_BOUND
    try:
        found = connection.execute(query, {"after": after, "before": before}).fetchall()
    except _UNREADABLE:
        return []
    return [str(name) for (name,) in found]
