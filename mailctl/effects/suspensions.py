"""Suspended accounts: what a suspension does, and what lets accounts work again (rules 6, rules 9).

Each function changes all accounts of a set, and writes their tasks, notices and journal rows in the
same transaction, so that none can be forgotten.
"""

from __future__ import annotations

from mailctl.domain.lifecycle import deletes_on
from mailctl.domain.notices import NoticeKind
from mailctl.domain.states import SuspendedFor
from mailctl.effects import account_rows, group_notices, mailbox_tasks, reminders
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_held_for_debt
from mailctl.store.temp_tables import AccountSet, CustomerSet


def suspend(transaction: Transaction, accounts: AccountSet, reason: SuspendedFor) -> None:
    """Suspend active accounts today; they are deleted after the retention (rules 6, rules 9)."""
    last_on = deletes_on(transaction.today, reason, transaction.setting_number("retention-days"))
    kind = NoticeKind.ACCOUNTS_SUSPENDED
    group_notices.queue(transaction, accounts, kind, happens_on=last_on, why=reason)
    account_rows.change(
        transaction,
        accounts,
        f"""
            state = 'suspended', suspended_on = :today, suspended_for = :reason,
            deletes_on = :deletes_on,
            suspension_notice_id = {group_notices.notice_of(accounts, "account.id")}
        """,
        {"reason": reason, "deletes_on": last_on, "kind": kind},
    )
    mailbox_tasks.suspend(transaction, accounts)
    account_rows.record(
        transaction,
        accounts,
        "suspended",
        {"deletes_on": last_on.isoformat(), "suspended_for": reason},
    )


def reopen(transaction: Transaction, accounts: AccountSet, *, notify: bool = True) -> None:
    """Let suspended accounts work again; without `notify` another notice says so."""
    account_rows.change(
        transaction,
        accounts,
        """
            state = 'active', suspended_on = NULL, suspended_for = NULL, deletes_on = NULL,
            suspension_notice_id = NULL
        """,
    )
    if notify:
        group_notices.queue(transaction, accounts, NoticeKind.ACCOUNTS_REOPENED)
    mailbox_tasks.reopen(transaction, accounts)
    account_rows.record(transaction, accounts, "reopened")


def lift(transaction: Transaction, customers: CustomerSet) -> tuple[int, ...]:
    """Reopen what is suspended for debt and no overdue invoice holds any more; the accounts' keys.

    Money never lifts a suspension at the expiry (rules 9).
    """
    with AccountSet(transaction, "lifted_account") as accounts:
        # From the customers, who are few, to their accounts: else every account is looked at.
        accounts.fill(
            f"""
            SELECT a.id, p.customer_id, a.address
            FROM {customers} s
                CROSS JOIN platform p
                CROSS JOIN account a
            WHERE p.customer_id = s.customer_id
                AND a.platform_id = p.id
                AND a.state = 'suspended'
                AND a.suspended_for = 'debt'
                AND NOT {is_held_for_debt("a.id")}
            """
        )
        if not accounts:
            return ()
        reopen(transaction, accounts)
        reminders.remind_of_set(transaction, accounts)
        return accounts.ids()
