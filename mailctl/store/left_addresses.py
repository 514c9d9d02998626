"""Addresses that accounts left, as they were renamed, reset or deleted: callers still say them."""

from __future__ import annotations

from datetime import date

from mailctl.store.engine.reader import Reader
from mailctl.store.engine.search import LAST
from mailctl.values import Value

# Every part is looked for by its own index.
_DELETED = """
    SELECT a.id, a.address AS was, 'deleted' AS how, a.deleted_on AS left_on, NULL AS now,
        a.state <> 'deleted' AS is_live,
        (SELECT max(t.id) FROM task t WHERE t.account_id = a.id) AS task
    FROM account a
    WHERE a.state = 'deleted' AND a.address >= :from AND a.address <= :to
"""
_MOVED = """
    SELECT a.id, t.old_address AS was, 'renamed' AS how, t.asked_on AS left_on, a.address AS now,
        a.state <> 'deleted' AS is_live, t.id AS task
    FROM task t
    JOIN account a ON a.id = t.account_id
    WHERE t.kind = 'rename'
        AND t.address IS NOT NULL
        AND t.mends = 0
        AND t.old_address >= :from
        AND t.old_address <= :to
    UNION ALL
    SELECT a.id, t.address, 'reset', t.asked_on, a.address, a.state <> 'deleted', t.id
    FROM task t
    JOIN account a ON a.id = t.account_id
    WHERE t.kind = 'wipe' AND t.address >= :from AND t.address <= :to
"""


class LeftAddress(Value):
    """An account that had an address, how and when it left it, and its address now.

    `task` is the id of what the mail server was asked: what left first on a day has the lower one.
    """

    id: int
    was: str
    how: str
    left_on: date
    now: str | None
    is_live: bool
    task: int | None

    @property
    def what_became(self) -> str:
        """What became of the account that had the address, as the end of a sentence."""
        if self.how == "renamed" and self.now != self.was:
            return f"account {self.id} had it, and was renamed on {self.left_on}{self._to}"
        return f"account {self.id} had it, and was {self.how} on {self.left_on}"

    @property
    def _to(self) -> str:
        return f"; it is {self.now} now" if self.now and self.is_live else ""


def last(reader: Reader, address: str) -> LeftAddress | None:
    """The account that left an address last; None where none had it."""
    return reader.fact(
        LeftAddress,
        f"{_DELETED} UNION ALL {_MOVED} ORDER BY left_on DESC, task DESC LIMIT 1",
        {"from": address, "to": address},
    )


def moved(reader: Reader, prefix: str, most: int) -> list[LeftAddress]:
    """Accounts that were renamed or reset away from an address that begins so, `most` at most."""
    return reader.facts(
        LeftAddress,
        f"{_MOVED} ORDER BY was, left_on, task LIMIT :most",
        {"from": prefix, "to": prefix + LAST, "most": most},
    )
