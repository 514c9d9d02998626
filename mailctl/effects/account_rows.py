"""Every change of a set of accounts, and what it writes beside them: tasks and journal rows."""

from __future__ import annotations

from collections.abc import Mapping

from mailctl.domain.tasks import TaskKind
from mailctl.store.engine.connection import EMPTY
from mailctl.store.engine.journal import compact
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet


def change(
    transaction: Transaction,
    accounts: AccountSet,
    values: str,
    parameters: Mapping[str, object] = EMPTY,
) -> None:
    """Change every account of a set; `values` is SQL for the new values of its columns."""
    for part in accounts.parts("account_id"):
        transaction.execute(
            f"""
            UPDATE account
            SET {values}
            WHERE id IN (
                SELECT account_id
                FROM {accounts}
                WHERE account_id > :after AND account_id <= :until
            )
            """,
            {**parameters, **part},
        )
        transaction.add_up()


def add_tasks(transaction: Transaction, accounts: AccountSet, kind: TaskKind) -> None:
    """Add a task for the mail server for each account that has a mailbox."""
    transaction.execute(
        f"""
        INSERT INTO task (account_id, kind, address, asked_on)
        SELECT account_id, :kind, address, :today
        FROM {accounts}
        WHERE address IS NOT NULL
        ORDER BY account_id
        """,
        {"kind": kind},
    )


def record(
    transaction: Transaction,
    accounts: AccountSet,
    kind: str,
    details: Mapping[str, object] | None = None,
) -> None:
    """Add a journal row for each account, with the same details."""
    text = compact(details) if details else None
    for part in accounts.parts("account_id"):
        transaction.record_each(
            kind,
            subject="'account/' || s.account_id",
            details="CAST(:details AS TEXT)",
            source=f"FROM {accounts} s WHERE s.account_id > :after AND s.account_id <= :until",
            order_by="s.account_id",
            parameters={"details": text, **part},
        )
