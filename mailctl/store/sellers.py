"""The seller as documents show them, one row for each state of the settings that was used."""

from __future__ import annotations

import json

from mailctl.domain.setting_values import shown_here
from mailctl.domain.settings import LOGO, SETTINGS
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction

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
    """Every setting that says something of the seller, as JSON.

    Mentions are kept as they were printed: those that mailctl comes with may change.
    """
    country = reader.info.seller_country
    kept = {
        name: shown_here(setting, reader.setting(name), country)
        for name, setting in SETTINGS.items()
        if name.startswith(_KEPT) and name != LOGO
    }
    return json.dumps({**kept, "country": country}, ensure_ascii=False, sort_keys=True)


def logo(reader: Reader) -> str | None:
    """The logo as it is kept, where there is one."""
    return reader.setting(LOGO) or None
