"""Notices that name several accounts: one per customer, kind and step (rules 12).

A step is a day of a tick, or a command. The temporary table `queued_notice` holds what this step
has queued; only this module reads or writes it.
"""

from __future__ import annotations

from datetime import date

from mailctl.domain.notices import NoticeKind
from mailctl.domain.states import SuspendedFor
from mailctl.store.engine.transaction import Transaction
from mailctl.store.temp_tables import AccountSet

_CREATE = """
    CREATE TEMP TABLE IF NOT EXISTS queued_notice (
        customer_id INTEGER NOT NULL, kind TEXT NOT NULL, notice_id INTEGER NOT NULL,
        PRIMARY KEY (customer_id, kind)
    )
"""


def begin_step(transaction: Transaction) -> None:
    """Begin a step: accounts queued from now on are named by new notices."""
    transaction.execute(_CREATE)
    transaction.execute("DELETE FROM queued_notice")


def queue(
    transaction: Transaction,
    accounts: AccountSet,
    kind: NoticeKind,
    *,
    happens_on: date | None = None,
    why: SuspendedFor | None = None,
) -> None:
    """Queue a notice to each customer of these accounts, naming the accounts.

    `happens_on` is the day of the event, where it is not each account's next event as it stands
    now.
    """
    transaction.execute(_CREATE)
    _queue_new(transaction, accounts, kind)
    transaction.execute(
        f"""
        INSERT INTO notice_account (notice_id, account_id, address, happens_on, why)
        SELECT q.notice_id, a.id, a.address, coalesce(:happens_on, a.next_on, a.deleted_on), :why
        FROM {accounts} s
            JOIN queued_notice q ON q.customer_id = s.customer_id AND q.kind = :kind
            JOIN account a ON a.id = s.account_id
        ORDER BY q.notice_id, a.id
        """,
        {"kind": kind, "happens_on": happens_on, "why": why},
    )


def _queue_new(transaction: Transaction, accounts: AccountSet, kind: NoticeKind) -> None:
    """Queue the notice to the customers who have none of this step yet."""
    facts = {"kind": kind}
    transaction.execute(
        f"""
        INSERT INTO notice (id, customer_id, kind, queued_on)
        SELECT :last + row_number() OVER (ORDER BY w.customer_id), w.customer_id, :kind, :today
        FROM (
            SELECT DISTINCT s.customer_id
            FROM {accounts} s
            WHERE NOT EXISTS (
                SELECT 1
                FROM queued_notice q
                WHERE q.customer_id = s.customer_id AND q.kind = :kind
            )
        ) w
        ORDER BY w.customer_id
        """,
        {"last": transaction.last_key("notice"), **facts},
    )
    transaction.execute(
        f"""
        INSERT INTO queued_notice (customer_id, kind, notice_id)
        SELECT n.customer_id, n.kind, max(n.id)
        FROM notice n
        WHERE n.sent_at IS NULL
            AND n.kind = :kind
            AND n.queued_on = :today
            AND n.customer_id IN (SELECT customer_id FROM {accounts})
        GROUP BY n.customer_id, n.kind
        ON CONFLICT (customer_id, kind) DO NOTHING
        """,
        facts,
    )


def notice_of(accounts: AccountSet, account: str) -> str:
    """SQL for the notice of `:kind` that this step has queued for one of these accounts."""
    return f"""
        (
            SELECT q.notice_id
            FROM {accounts} s
                JOIN queued_notice q ON q.customer_id = s.customer_id AND q.kind = :kind
            WHERE s.account_id = {account}
        )
    """
