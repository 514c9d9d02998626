"""The mailboxes that a driver looks after, and what it calls them (rules 16)."""

from __future__ import annotations

from collections.abc import Collection

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet

OWN_NAME = "account-"
"""So begins the name of a mailbox where its account's id alone is another mailbox's name."""

# SQL for a new name: the id of the account `a`, unless one that was adopted is called like that.
USUAL_NAME = f"""
    CASE
        WHEN EXISTS (SELECT 1 FROM mailbox m WHERE m.name = '' || a.id) THEN '{OWN_NAME}' || a.id
        ELSE '' || a.id
    END
"""


def name_new(transaction: Transaction, account_ids: Collection[int]) -> None:
    """Let the driver, if there is one, look after accounts whose first mailbox is asked for.

    One that had a mailbox before there was a driver waits for `driver adopt`.
    """
    if not transaction.setting("driver"):
        return
    with AccountSet(transaction, "first_mailbox", account_ids) as accounts:
        transaction.execute(
            f"""
            INSERT INTO mailbox (account_id, name, since_on)
            SELECT a.id, {USUAL_NAME}, :today
            FROM {accounts} s
            CROSS JOIN account a
            WHERE a.id = s.account_id
                AND a.reset_on IS NULL
                AND NOT EXISTS (SELECT 1 FROM mailbox m WHERE m.account_id = a.id)
            ORDER BY a.id
            """
        )


def name_of(reader: Reader, account_id: int) -> str | None:
    """What the driver calls an account's mailbox; None where it looks after none."""
    return reader.text(
        "SELECT name FROM mailbox WHERE account_id = :account", {"account": account_id}
    )


def forget(transaction: Transaction, account_id: int) -> None:
    """Let the driver no longer look after the mailbox of an account."""
    transaction.execute("DELETE FROM mailbox WHERE account_id = :id", {"id": account_id})
