"""Backups that were made of the store: by folder the newest one; and what a backup holds."""

from __future__ import annotations

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import document_number
from mailctl.values import Value, fields


class Backup(Value):
    """The newest backup in a folder; `batch_id` and `head` are its last transaction."""

    folder: str
    file: str
    made_at: str
    batch_id: int
    head: str


def of_all_folders(reader: Reader) -> list[Backup]:
    """The newest backup of each folder in which one was ever made, the newest first."""
    return reader.facts(
        Backup,
        """
        SELECT folder, file, made_at, batch_id, head
        FROM backup
        ORDER BY made_at DESC, folder
        """,
    )


def last_made_at(reader: Reader) -> str | None:
    """When the newest backup was made, wherever it is."""
    return reader.text("SELECT max(made_at) FROM backup")


def record(transaction: Transaction, backup: Backup) -> None:
    """Remember a backup, unless a newer one of its folder is known; no batch tells of it."""
    transaction.last_step()
    transaction.execute(
        """
        INSERT INTO backup (folder, file, made_at, batch_id, head)
        VALUES (:folder, :file, :made_at, :batch_id, :head)
        ON CONFLICT (folder) DO UPDATE SET
            file = excluded.file,
            made_at = excluded.made_at,
            batch_id = excluded.batch_id,
            head = excluded.head
        WHERE excluded.batch_id >= backup.batch_id
        """,
        fields(backup),
    )


def last_numbers(reader: Reader, series: str) -> list[str]:
    """The last number of a series of documents in each year, the latest year first."""
    return reader.texts(
        f"""
        SELECT {document_number("i")}
        FROM invoice i
        JOIN (
            SELECT series, year, max(seq) AS seq
            FROM invoice
            WHERE series = :series
            GROUP BY series, year
        ) last ON last.series = i.series AND last.year = i.year AND last.seq = i.seq
        ORDER BY i.year DESC
        """,
        {"series": series},
    )
