"""The seller as documents show them, one row for each state of the settings that was used."""

from __future__ import annotations

import json

from mailctl.domain.settings import SETTINGS
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

_LOGO = "seller-logo"
_KEPT = ("seller-", "mentions-")


def of_today(transaction: Transaction) -> int:
    """The key of the seller as the settings say today; a new state of them becomes a row."""
    state = {"details": details(transaction), "logo": logo(transaction)}
    found = transaction.numbers(
        """
        SELECT id
        FROM seller
        WHERE details = :details AND coalesce(logo, '') = coalesce(:logo, '')
        """,
        state,
    )
    if found:
        return found[0]
    key = transaction.next_key("seller")
    transaction.execute(
        "INSERT INTO seller (id, details, logo) VALUES (:id, :details, :logo)",
        {"id": key, **state},
    )
    return key


def details(reader: Reader) -> str:
    """Every setting that says something of the seller, as JSON."""
    kept = {name: reader.setting(name) for name in SETTINGS if name.startswith(_KEPT)}
    kept.pop(_LOGO, None)
    return json.dumps(
        {**kept, "country": reader.info.seller_country}, ensure_ascii=False, sort_keys=True
    )


def logo(reader: Reader) -> str | None:
    """The logo as it is kept, where there is one."""
    return (reader.setting(_LOGO) if _LOGO in SETTINGS else "") or None
