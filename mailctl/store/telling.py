"""How customers are told, and what waits for it: no mailbox goes before that was told (SPEC 6)."""

from __future__ import annotations

from datetime import date

from mailctl.clock import ClockKind
from mailctl.domain.lifecycle import SuspendedFor, deletes_on_when_told
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

NONE = "none"
"""The value of `mail-host` for customers who are told by other means: nothing is sent or held."""

TOLD = "(n.sent_at IS NOT NULL OR coalesce(n.ended_for, '') = 'refused')"
"""SQL: whether notice `n` was sent, or refused for good at every address, which counts as sent."""

UNTOLD = """
    (n.id IS NOT NULL
        AND n.sent_at IS NULL
        AND coalesce(n.ended_for, 'waits') NOT IN ('refused', 'erased'))
"""
"""SQL: whether nobody was told of a suspension by its notice `n`, though somebody may be yet."""

PAST_RETENTION = """
    FROM account a
    CROSS JOIN platform p
    LEFT JOIN notice n ON n.id = a.suspension_notice_id
    WHERE p.id = a.platform_id AND a.next_on <= :today AND a.state = 'suspended'
"""
"""SQL: the accounts `a` of platforms `p` that are to be deleted by today, each with its notice."""


def is_otherwise(reader: Reader) -> bool:
    """Whether customers are told by other means than by mail from here."""
    return reader.setting("mail-host") == NONE


def has_server(reader: Reader) -> bool:
    """Whether a mail server is named, be it reached or not."""
    return reader.setting("mail-host") not in ("", NONE)


def is_sent(reader: Reader) -> bool:
    """Whether notices can be sent: there are a server and a sender."""
    return has_server(reader) and reader.setting("mail-from") != ""


def holds(reader: Reader) -> bool:
    """Whether a deletion after a suspension waits until its notice was sent.

    On the real clock always, unless customers are told by other means; on one of its own, which is
    for trials, only where mail is sent.
    """
    if is_otherwise(reader):
        return False
    return reader.info.clock is ClockKind.WALL or has_server(reader)


def held(reader: Reader) -> int:
    """How many accounts past their retention wait for the notice of their suspension."""
    if not holds(reader):
        return 0
    return reader.number(
        f"SELECT count(*) {PAST_RETENTION} AND {UNTOLD}", {"today": reader.today.isoformat()}
    )


def why_held(reader: Reader) -> tuple[str, str]:
    """For what those wait, and the command that helps."""
    if is_sent(reader):
        return "the notice of the suspension is not sent", "mailctl notice send"
    missing = "mail-from" if has_server(reader) else "mail-host"
    value = "ADDRESS" if has_server(reader) else "HOST, or none where they are told by other means"
    return (
        f"{missing} is not set and customers are not told",
        f"mailctl settings set {missing} {value}",
    )


def give_time(transaction: Transaction, notice_id: int) -> None:
    """Let a notice of suspensions that is told late move the deletions that would come too soon."""
    retention = transaction.setting_number("retention-days")
    found = transaction.execute(
        """
        SELECT a.id, a.deletes_on, a.suspended_for
        FROM notice_account t
        JOIN account a ON a.id = t.account_id
        WHERE t.notice_id = :id AND a.suspension_notice_id = :id AND a.state = 'suspended'
        ORDER BY a.id
        """,
        {"id": notice_id},
    ).fetchall()
    for account_id, promised, reason in found:
        promised_on = date.fromisoformat(promised)
        moved_on = deletes_on_when_told(
            promised_on, transaction.today, SuspendedFor(reason), retention
        )
        if moved_on > promised_on:
            _move_deletion(transaction, notice_id, account_id, promised_on, moved_on)


def _move_deletion(
    transaction: Transaction, notice_id: int, account_id: int, promised_on: date, moved_on: date
) -> None:
    facts = {"id": notice_id, "account": account_id, "day": moved_on.isoformat()}
    transaction.execute(
        "UPDATE account SET deletes_on = :day WHERE id = :account",
        {"account": account_id, "day": facts["day"]},
    )
    transaction.execute(
        """
        UPDATE notice_account SET happens_on = :day
        WHERE notice_id = :id AND account_id = :account
        """,
        facts,
    )
    transaction.record(
        "deletion-moved",
        f"account/{account_id}",
        {"old": promised_on.isoformat(), "new": facts["day"], "notice": notice_id},
    )
