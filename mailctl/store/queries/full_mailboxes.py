"""Mailboxes that are full: how long they have been, by the journal (SPEC 12)."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from mailctl import clock
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_sending import FULL, Claim

FULL_FOR = timedelta(days=5)
"""How long a mailbox that is full is tried before it counts as one that refuses."""
_EMAILS = frozenset(("email", "backup_email"))


def is_full_for_long(transaction: Transaction, claimed: Claim) -> bool:
    """Whether the mailbox that is full now was full FULL_FOR ago, and has taken nothing since.

    It is the mailbox's time, whichever notice found it full: else each notice would wait as long
    behind the last.
    """
    since: str | None = None
    for kind, recorded_at, plain, personal in transaction.execute(
        """
        SELECT j.kind, b.recorded_at, coalesce(j.details, '{}'), coalesce(q.details, '{}')
        FROM journal j
        JOIN batch b ON b.id = j.batch
        LEFT JOIN journal_personal q ON q.seq = j.seq
        WHERE j.subject = :subject
        AND j.kind IN ('notice-sent', 'notice-delayed', 'customer-edited')
        ORDER BY j.seq DESC
        """,
        {"subject": claimed.subject},
    ):
        details = {**json.loads(plain), **json.loads(personal)}
        if kind == "customer-edited":
            if _EMAILS & set(details.get("changed", ())):
                break
        elif details.get("to") == claimed.recipient:
            if kind == "notice-sent":
                break
            if details.get("waits_for") == FULL:
                since = recorded_at
    return since is not None and clock.now() - datetime.fromisoformat(since) >= FULL_FOR
