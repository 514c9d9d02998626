"""Files that banks sent, and that were taken: each once, whatever it is called (rules 20)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mailctl.domain.statements import FileKind, ReadStatus
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class BankFile(Value):
    """A file that was taken; `name` is what it was called then, `digest` the SHA-256 of it."""

    id: int
    digest: str
    kind: FileKind
    name: str
    imported_on: date


def taken(reader: Reader, digest: str) -> BankFile | None:
    """The file with these bytes, if it was taken before."""
    return reader.fact(
        BankFile,
        "SELECT id, digest, kind, name, imported_on FROM bank_file WHERE digest = :digest",
        {"digest": digest},
    )


def add(transaction: Transaction, *, kind: FileKind, name: str, digest: str) -> int:
    """Record that a file is taken today; its key."""
    key = transaction.next_key("bank_file")
    transaction.execute(
        """
        INSERT INTO bank_file (id, digest, kind, name, imported_on)
        VALUES (:id, :digest, :kind, :name, :today)
        """,
        {"id": key, "digest": digest, "kind": kind, "name": name},
    )
    return key


_STATUS = (
    *("id", "file_id", "message_id", "batch_id", "end_to_end_id", "status", "code", "text"),
    "payment_id",
)


def add_statuses(transaction: Transaction, file_id: int, statuses: Iterable[ReadStatus]) -> None:
    """Keep the answers of a status report."""
    first = transaction.next_key("bank_status")
    transaction.add_rows(
        "bank_status",
        _STATUS,
        (
            (
                *(key, file_id, one.message_id, one.batch_id, one.end_to_end_id),
                *(one.status, one.code, one.text, None),
            )
            for key, one in enumerate(statuses, start=first)
        ),
    )
