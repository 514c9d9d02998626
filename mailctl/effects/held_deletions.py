"""Deletions wait for notices: no mailbox is deleted before its customer was notified (rules 6)."""

from __future__ import annotations

from datetime import date

from mailctl.clock import ClockKind
from mailctl.domain.lifecycle import deletes_on_after_restore, deletes_on_when_notified
from mailctl.domain.states import SuspendedFor
from mailctl.store import mail_settings
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import is_unannounced
from mailctl.values import Value


def are_held(reader: Reader) -> bool:
    """Whether a deletion after a suspension waits until the notice of the suspension was sent.

    On the real clock always, unless customers are notified by other means; on a manual one, which
    is for trials, only where mail is sent.
    """
    if mail_settings.is_off(reader):
        return False
    return reader.info.clock is ClockKind.WALL or mail_settings.has_server(reader)


PAST_RETENTION = """
    FROM account a
        CROSS JOIN platform p
        LEFT JOIN notice n ON n.id = a.suspension_notice_id
    WHERE p.id = a.platform_id AND a.next_on <= :today AND a.state = 'suspended'
"""
"""The accounts `a` of platforms `p` that are to be deleted by today, each with its notice `n`.

CROSS JOIN keeps the few accounts whose day has come as the outer loop.
"""


def count(reader: Reader) -> int:
    """How many accounts past their retention wait for the notice of their suspension."""
    if not are_held(reader):
        return 0
    return reader.number(f"SELECT count(*) {PAST_RETENTION} AND {is_unannounced('n')}")


def why(reader: Reader) -> tuple[str, str]:
    """What those accounts wait for, and the command that helps."""
    if mail_settings.is_complete(reader):
        return "the notice of the suspension is not sent", "mailctl notice send"
    missing = "mail-from" if mail_settings.has_server(reader) else "mail-host"
    return (
        f"{missing} is not set and customers are not notified",
        f"mailctl settings set {missing} -",
    )


class _Suspended(Value):
    """A suspended account, and the notice that is yet to say its day, if any."""

    id: int
    deletes_on: date
    suspended_for: SuspendedFor
    notice: int | None


def postpone(transaction: Transaction, notice_id: int) -> None:
    """Move the deletions that a notice of suspensions, sent late, announces too close."""
    retention = transaction.setting_number("retention-days")
    for account in transaction.facts(
        _Suspended,
        """
        SELECT a.id, a.deletes_on, a.suspended_for, t.notice_id AS notice
        FROM notice_account t
        JOIN account a ON a.id = t.account_id
        WHERE t.notice_id = :id AND a.suspension_notice_id = :id AND a.state = 'suspended'
        ORDER BY a.id
        """,
        {"id": notice_id},
    ):
        later_on = deletes_on_when_notified(
            account.deletes_on, transaction.today, account.suspended_for, retention
        )
        if later_on > account.deletes_on:
            _move(transaction, account, later_on, notice=notice_id)


def postpone_after_restore(transaction: Transaction) -> None:
    """Move every deletion of the next week: who had the account reopened may be forgotten."""
    for account in transaction.facts(
        _Suspended,
        """
        SELECT a.id, a.deletes_on, a.suspended_for, n.id AS notice
        FROM account a
        LEFT JOIN notice n ON n.id = a.suspension_notice_id AND n.sent_at IS NULL
        WHERE a.state = 'suspended'
        ORDER BY a.id
        """,
    ):
        later_on = deletes_on_after_restore(account.deletes_on, transaction.today)
        if later_on > account.deletes_on:
            _move(transaction, account, later_on)


def _move(transaction: Transaction, account: _Suspended, later_on: date, **cause: int) -> None:
    day = later_on.isoformat()
    transaction.execute(
        "UPDATE account SET deletes_on = :day WHERE id = :account",
        {"account": account.id, "day": day},
    )
    transaction.execute(
        """
        UPDATE notice_account
        SET happens_on = :day
        WHERE notice_id = :id AND account_id = :account
        """,
        {"id": account.notice, "account": account.id, "day": day},
    )
    transaction.record(
        "deletion-moved",
        f"account/{account.id}",
        {"old": account.deletes_on.isoformat(), "new": day, **cause},
    )
