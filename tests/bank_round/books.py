"""What the books say that came and went, to be held beside a bank's own account."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.helpers import Cli
from tests.store.plain import rows

_MONEY = """
    SELECT customer.slug, sum(ledger.amount_cents)
    FROM ledger
    JOIN customer ON customer.id = ledger.customer_id
    WHERE ledger.kind IN ('credit', 'payment', 'refund', 'reversal')
    GROUP BY customer.slug
"""


def money(cli: Cli) -> Counter[str]:
    """Cents that came in for each customer, less what went back."""
    return Counter({slug: int(cents) for slug, cents in rows(cli.store, _MONEY) if cents})


def entries(cli: Cli) -> list[dict[str, Any]]:
    """All entries of the bank, as mailctl shows them."""
    found: list[dict[str, Any]] = cli.ok("bank", "list")["items"]
    return found


def unbooked_cents(cli: Cli) -> int:
    """What the bank has moved, as far as it is told, and no customer's ledger has."""
    return sum(one["amount_cents"] for one in entries(cli) if one["state"] != "booked")


def is_sound(cli: Cli) -> None:
    """The books keep all their rules, and nobody wrote into them otherwise."""
    for check in (("store", "check"), ("journal", "verify")):
        done = cli(*check)
        assert done.status == 0, done.out + done.err
