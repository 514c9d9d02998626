"""Copies of mailboxes that were deleted since: which are kept, and that one was removed."""

from __future__ import annotations

import json
from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class Kept(Value):
    """A copy that was made before a mailbox was deleted; its customer was told of it on a day."""

    task: int
    account: int
    customer: int
    folder: str
    told_on: date


class _Change(Value):
    happened_on: date
    details: str


# One that was asked for by hand is whoever's asked for it: what comes before a deletion has no
# address any more.
_KEPT = """
    SELECT
        t.id AS task, t.account_id AS account, p.customer_id AS customer, t.folder,
        coalesce(a.suspended_on, a.deleted_on, t.asked_on) AS told_on
    FROM task t
        CROSS JOIN account a
        CROSS JOIN platform p
    WHERE a.id = t.account_id
        AND p.id = a.platform_id
        AND t.kind = 'export'
        AND t.folder IS NOT NULL
        AND t.status = 'done'
        AND EXISTS (
            SELECT 1
            FROM task r
            WHERE r.account_id = t.account_id
                AND r.kind = 'rename'
                AND r.address IS NULL
                AND r.mends = 0
                AND r.id < t.id
        )
    ORDER BY t.id
"""


def kept(reader: Reader) -> list[Kept]:
    """The copies that are kept of mailboxes that were to be deleted, the oldest first."""
    return reader.facts(Kept, _KEPT)


def earlier_days(reader: Reader) -> list[tuple[date, int]]:
    """For how many days copies were kept up to a day on which that was changed."""
    changes = reader.facts(
        _Change,
        """
        SELECT happened_on, details
        FROM journal
        WHERE subject = 'setting/export-days' AND kind = 'setting-changed'
        ORDER BY seq
        """,
    )
    return [(one.happened_on, int(json.loads(one.details)["old"])) for one in changes]


def record_removed(transaction: Transaction, copy: Kept) -> None:
    """Record that a copy is no longer kept."""
    transaction.execute("UPDATE task SET folder = NULL WHERE id = :id", {"id": copy.task})
    transaction.record("export-removed", f"account/{copy.account}", {"task": copy.task})
