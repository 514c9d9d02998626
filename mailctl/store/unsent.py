"""The notices that have waited since before today: perhaps no mail is sent (rules 12)."""

from __future__ import annotations

from datetime import date

from mailctl.store import mail_settings
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import is_unsent
from mailctl.values import Value


class Unsent(Value):
    """Notices that were queued before today and are still to be sent; `since_on` is the oldest."""

    notices: int
    since_on: date | None


def unsent_for_a_day(reader: Reader) -> Unsent | None:
    """The notices that have waited since before today; None where none has, or no mail is sent."""
    if not mail_settings.has_server(reader):
        return None
    (found,) = reader.facts(
        Unsent,
        f"""
        SELECT count(*) AS notices, min(n.queued_on) AS since_on
        FROM notice n
        WHERE {is_unsent("n")} AND n.queued_on < :today
        """,
    )
    return found if found.notices else None
