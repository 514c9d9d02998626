"""Deleted accounts, and cancelled platforms that close with their last one (rules 5, rules 6)."""

from __future__ import annotations

from mailctl.domain.notices import NoticeKind
from mailctl.effects import account_rows, group_notices, mailbox_tasks
from mailctl.store import platforms
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet
from mailctl.values import Value


def delete(transaction: Transaction, accounts: AccountSet, *, notify: bool = True) -> None:
    """Delete accounts for good; their addresses are free for the same customer.

    Without `notify` another notice says so.
    """
    if notify:
        group_notices.queue(
            transaction, accounts, NoticeKind.ACCOUNTS_DELETED, happens_on=transaction.today
        )
    mailbox_tasks.delete(transaction, accounts)
    account_rows.change(transaction, accounts, "state = 'deleted', deleted_on = :today")
    account_rows.record(transaction, accounts, "deleted")


class _Emptied(Value):
    id: int
    name: str


def close_emptied_platforms(transaction: Transaction) -> int:
    """Close each cancelled platform whose last account is gone; how many (rules 5)."""
    emptied = transaction.facts(
        _Emptied,
        """
        SELECT p.id, p.name
        FROM platform p
        WHERE p.state = 'cancelled'
            AND NOT EXISTS (
                SELECT 1
                FROM account a
                WHERE a.platform_id = p.id AND a.state <> 'deleted'
            )
        ORDER BY p.id
        """,
    )
    for platform in emptied:
        platforms.close(transaction, platform.id)
        transaction.record("closed", f"platform/{platform.name}")
    return len(emptied)
