"""Every change of a set of accounts, and its journal rows."""

from __future__ import annotations

from collections.abc import Mapping

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
