"""The seller as documents show them, one row for each state of the settings that was used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mailctl.domain.mentions import mentions
from mailctl.domain.profile import Language
from mailctl.domain.settings import LOGO, SETTINGS
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

OF_DEBITS = ("collection-lead-days", "prenotification-days")
_KEPT = (
    *(name for name in SETTINGS if name.startswith("seller-") and name != LOGO),
    *OF_DEBITS,
)
ADDRESS = ("street", "postcode", "city")


class State(Value):
    """What documents say of the seller: settings by their names, and the logo in base64."""

    details: dict[str, Any]
    logo: str | None


def of_today(transaction: Transaction) -> int:
    """The key of the seller as the settings say today; a new state of them becomes a row."""
    return key_of(transaction, as_set(transaction))


def key_of(transaction: Transaction, state: State) -> int:
    """The key of a state; a new one becomes a row."""
    values = {
        "details": json.dumps(state.details, ensure_ascii=False, sort_keys=True),
        "logo": state.logo,
    }
    found = transaction.numbers(
        """
        SELECT id
        FROM seller
        WHERE details = :details AND coalesce(logo, '') = coalesce(:logo, '')
        """,
        values,
    )
    if found:
        return found[0]
    key = transaction.next_key("seller")
    transaction.execute(
        "INSERT INTO seller (id, details, logo) VALUES (:id, :details, :logo)",
        {"id": key, **values},
    )
    return key


def as_set(reader: Reader) -> State:
    """What documents would say of the seller today.

    Mentions are kept as they are printed: those that mailctl comes with may change.
    """
    country = reader.info.seller_country
    printed = {
        name: mentions(reader.setting(name), language, country)
        for language in Language
        for name in [f"mentions-{language}"]
    }
    return State(
        details={
            **{name: reader.setting(name) for name in _KEPT},
            **printed,
            "country": country,
        },
        logo=reader.setting(LOGO) or None,
    )


def of_older(seller: str) -> State:
    """What an invoice of an older mailctl says of its seller."""
    known = json.loads(seller)
    country = known.pop("country")
    named = {f"seller-{name.replace('_', '-')}": value for name, value in known.items()}
    return State(details={**named, "country": country}, logo=None)


def kept(reader: Reader, key: int) -> State:
    """The state of that key."""
    found = reader.fact(State, "SELECT details, logo FROM seller WHERE id = :id", {"id": key})
    assert found is not None
    return found


def joined(states: Sequence[State]) -> State:
    """What is said, in the first state that says it; no other address is mixed into it."""
    first, *others = states
    details, logo = first.details, first.logo
    address = [f"seller-{name}" for name in ADDRESS]
    for other in others:
        fits = all(
            not details.get(name) or details[name] == other.details.get(name) for name in address
        )
        added = {
            name: value
            for name, value in other.details.items()
            if not details.get(name) and (fits or name not in address)
        }
        details, logo = details | added, logo or other.logo
    return State(details=details, logo=logo)
