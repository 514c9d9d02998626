"""The rows of a store on a server, copied into a database of SQLite."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailctl.store.engine.dialect import batches

if TYPE_CHECKING:
    from mailctl.store.engine.connection import SqliteConnection
    from mailctl.store.engine.postgresql.connection import ServerConnection


def fill(source: ServerConnection, memory: SqliteConnection) -> None:
    """Make the tables of a store in an empty database, with all rows; guards come last."""
    from mailctl.store.engine.sqlite.migrations import schema, statements

    script = statements(schema())
    tables = [text for text in script if text.startswith("CREATE TABLE")]
    columns: dict[str, list[str]] = {}
    for table, column in source.columns():
        columns.setdefault(table, []).append(column)
    memory.execute("BEGIN")
    for text in tables:
        memory.execute(text)
    for table, names in columns.items():
        found = source.stream(f"SELECT {', '.join(names)} FROM {table}")
        memory.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            batches(found),
        )
    for text in script:
        if text not in tables:
            memory.execute(text)
    memory.execute("COMMIT")
