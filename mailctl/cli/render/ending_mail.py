"""What each command that ends mail says: how many mailboxes, when, and to export them (rules 5)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from mailctl.domain.text import counted, listed

if TYPE_CHECKING:
    from mailctl.actions.platforms import Ending


def on_days(days: Iterable[date]) -> str:
    """`on 2026-02-28 (2) and 2026-03-15`: each day, with how many if there are several."""
    found = sorted(Counter(days).items())
    alone = len(found) == 1
    shown = [f"{day} ({count})" if count > 1 and not alone else f"{day}" for day, count in found]
    return f"on {listed(shown, most=5)}"


def advice(days: Iterable[date]) -> str:
    """The sentence about mailboxes that end on these days; nothing where there are none."""
    found = Counter(days)
    if not found:
        return ""
    what = counted(found.total(), "mailbox ends", "mailboxes end")
    return f"{what}, {on_days(found.elements())}: export the mail before."


def ending_items(accounts: Iterable[Ending]) -> list[dict[str, object]]:
    """The rows of a plan that ends accounts."""
    return [
        {
            "account": account.id,
            "address": account.address,
            "state": account.state,
            "ends_on": account.ends_on.isoformat(),
        }
        for account in accounts
    ]
