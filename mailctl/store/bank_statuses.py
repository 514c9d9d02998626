"""Answers of banks to files of direct debits, as status reports give them (rules 20)."""

from __future__ import annotations

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Status(Value):
    """One answer: to a payment, a batch or a whole file; a text may be empty."""

    id: int
    message_id: str
    batch_id: str
    end_to_end_id: str
    status: str
    code: str
    text: str


def of_file(reader: Reader, file_id: int) -> list[Status]:
    """The answers of a report, in their order."""
    return reader.facts(
        Status,
        """
        SELECT id, message_id, batch_id, end_to_end_id, status, code, text
        FROM bank_status
        WHERE file_id = :file
        ORDER BY id
        """,
        {"file": file_id},
    )


def failed_by(transaction: Transaction, status_id: int, payment_id: int) -> None:
    """Record that the try of a payment failed by an answer; of several the last is named."""
    transaction.execute(
        "UPDATE bank_status SET payment_id = :payment WHERE id = :id",
        {"payment": payment_id, "id": status_id},
    )
