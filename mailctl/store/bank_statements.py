"""Statements of the seller's account, as banks send them (rules 20)."""

from __future__ import annotations

from datetime import date

from mailctl.domain.statements import FileKind, StatementHead
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Balance(Value):
    """What was on an account at the end of a day, in signed cents, by its newest statement."""

    account: str
    currency: str
    closing_on: date
    closing_cents: int


def add(
    transaction: Transaction, file_id: int, kind: FileKind, head: StatementHead, *, entries: int
) -> int:
    """Keep the head of a statement with so many entries; its key."""
    key = transaction.next_key("bank_statement")
    transaction.execute(
        """
        INSERT INTO bank_statement (
            id, file_id, kind, account, currency, identification, number, from_on, to_on,
            opening_on, opening_cents, closing_on, closing_cents, entries
        )
        VALUES (
            :id, :file, :kind, :account, :currency, :identification, :number, :from_on, :to_on,
            :opening_on, :opening_cents, :closing_on, :closing_cents, :entries
        )
        """,
        {"id": key, "file": file_id, "kind": kind, "entries": entries, **head._asdict()},
    )
    return key


def balance(reader: Reader, account: str) -> Balance | None:
    """What is on an account by the newest statement that says it; None where none does.

    Only in the store's currency: an account may have statements in others beside it.
    """
    return reader.fact(
        Balance,
        """
        SELECT account, currency, closing_on, closing_cents
        FROM bank_statement
        WHERE account = :account AND currency IN (:currency, '')
            AND closing_cents IS NOT NULL AND closing_on IS NOT NULL
        ORDER BY closing_on DESC, coalesce(number, 0) DESC, id DESC
        LIMIT 1
        """,
        {"account": account, "currency": reader.info.currency},
    )
