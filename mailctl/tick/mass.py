"""A tick that would end many accounts at once is refused: the clock may be wrong (rules 2)."""

from __future__ import annotations

from mailctl.errors import MassChangeError
from mailctl.store.engine.transaction import Transaction
from mailctl.tick.counts import Counts
from mailctl.values import Value

LINES_OF_A_PLAN = 20


class _EndedAccount(Value):
    kind: str
    id: int
    address: str | None
    platform: str

    def __str__(self) -> str:
        return f"{self.kind}: account {self.id} ({self.address or 'blank'}) of {self.platform}"


def check_mass(transaction: Transaction, counts: Counts, last_seq: int) -> None:
    """MassChangeError where many accounts would end at once: the clock may be wrong (rules 2).

    Those that ended since the journal's row `last_seq` count.
    """
    ended = transaction.number(
        """
        SELECT count(DISTINCT subject)
        FROM journal
        WHERE seq > :last AND kind IN ('suspended', 'deleted')
        """,
        {"last": last_seq},
    )
    if ended <= transaction.setting_number("mass-accounts"):
        return
    live_before = counts.deleted + transaction.number(
        "SELECT count(*) FROM account WHERE next_on IS NOT NULL"
    )
    if ended * 100 <= live_before * transaction.setting_number("mass-percent"):
        return
    lines = [
        str(account)
        for account in transaction.facts(
            _EndedAccount,
            """
            SELECT j.kind, a.id, a.address, p.name AS platform
            FROM journal j
                JOIN account a ON j.subject = 'account/' || a.id
                JOIN platform p ON p.id = a.platform_id
            WHERE j.seq > :last AND j.kind IN ('suspended', 'deleted')
            ORDER BY j.seq
            """,
            {"last": last_seq},
        )
    ]
    more = len(lines) - LINES_OF_A_PLAN
    raise MassChangeError(
        f"this tick would suspend {counts.suspended_expired + counts.suspended_debt} and delete "
        f"{counts.deleted} of {live_before} accounts",
        lines=(*lines[:LINES_OF_A_PLAN], *((f"and {more} more",) if more > 0 else ())),
        hint="check the date and the list; if they are right: mailctl tick --accept-mass",
    )
