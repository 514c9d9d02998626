"""Mailboxes that are full: since when, by the journal (rules 12)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mailctl import clock
from mailctl.domain.notices import FULL_FOR, WaitsFor
from mailctl.store.engine.transaction import Transaction
from mailctl.store.notice_claims import Claim
from mailctl.values import Value

_EMAILS = frozenset(("email", "backup_email"))


class _Trace(Value):
    """A journal row that says something about a customer's mailbox."""

    kind: str
    recorded_at: datetime
    plain: dict[str, Any] | None
    personal: dict[str, Any] | None


_TRACES = """
    SELECT j.kind, b.recorded_at, j.details AS plain, q.details AS personal
    FROM journal j
    JOIN batch b ON b.id = j.batch
    LEFT JOIN journal_personal q ON q.seq = j.seq
    WHERE j.subject = :subject AND j.kind IN ('notice-sent', 'notice-delayed', 'customer-edited')
    ORDER BY j.seq DESC
"""


def is_full_for_long(transaction: Transaction, claimed: Claim) -> bool:
    """Whether the mailbox that is full now was full FULL_FOR ago, and has taken nothing since.

    The time is the mailbox's, not a notice's: otherwise each notice would wait that long in turn.
    """
    since: datetime | None = None
    for trace in transaction.each(_Trace, _TRACES, {"subject": claimed.subject}):
        details = {**(trace.plain or {}), **(trace.personal or {})}
        if trace.kind == "customer-edited":
            if _EMAILS & set(details.get("changed", ())):
                break
        elif details.get("to") == claimed.recipient:
            if trace.kind == "notice-sent":
                break
            if details.get("waits_for") == WaitsFor.FULL:
                since = trace.recorded_at
    return since is not None and clock.now() - since >= FULL_FOR
