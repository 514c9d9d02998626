"""What was erased leaves the file too: its pages are overwritten, and the log beside it emptied.

A process that reads the store meanwhile keeps the old pages in use. The store then remembers that
the work is not done, and the next change that can finishes it.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from mailctl.store.engine.sqlite.writer_lock import PATIENCE_SECONDS

if TYPE_CHECKING:
    from mailctl.store.engine.transaction import Transaction


def finish(transaction: Transaction, connection: sqlite3.Connection, wait: float) -> bool:
    """Overwrite what was erased, after the commit; whether nothing is left of it.

    Waits up to `wait` seconds for readers, in short tries: Python handles signals between them.
    """
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE_SECONDS * 1000)}")
    for _ in range(max(1, round(wait / PATIENCE_SECONDS))):
        try:
            # Rewriting the whole file is worth it only where nobody reads the old one.
            if _is_emptied(connection):
                connection.execute("VACUUM")
                if _is_emptied(connection):
                    _forget(transaction, connection)
                    return True
        except sqlite3.OperationalError as error:
            # The change itself is committed: a full disk, too, leaves this to the next one.
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            if not error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
                return False
    return False


def _is_emptied(connection: sqlite3.Connection) -> bool:
    """Move the log into the file; whether all of it was moved, and the log is empty."""
    (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _forget(transaction: Transaction, connection: sqlite3.Connection) -> None:
    """Record that it is done."""
    connection.execute("BEGIN IMMEDIATE")
    transaction.execute("UPDATE clock SET erasing_since_on = NULL WHERE id = 1")
    transaction.finish()
    connection.execute("COMMIT")
