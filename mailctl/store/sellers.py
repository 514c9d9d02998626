"""The seller as documents show them, one row for each state of the settings that was used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from mailctl.domain.documents import BankAccount, Identifier, Party
from mailctl.domain.mentions import mentions
from mailctl.domain.profile import Language
from mailctl.domain.settings import LOGO, SETTINGS
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

_OF_DEBITS = ("collection-lead-days", "prenotification-days")
_KEPT = (
    *(name for name in SETTINGS if name.startswith("seller-") and name != LOGO),
    *_OF_DEBITS,
)
_ADDRESS = ("street", "postcode", "city")


class State(Value):
    """What documents say of the seller: settings by their names, and the logo in base64."""

    details: dict[str, Any]
    logo: str | None


def of_today(transaction: Transaction) -> int:
    """The key of the seller as the settings say today; a new state of them becomes a row."""
    today = as_set(transaction)
    state = {
        "details": json.dumps(today.details, ensure_ascii=False, sort_keys=True),
        "logo": today.logo,
    }
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


class Seller(Value):
    """The seller of a document, in its language."""

    party: Party
    account: BankAccount | None
    logo: bytes | None
    mentions: tuple[str, ...]
    creditor_id: str | None
    lead_days: int | None
    prenotification_days: int | None


def seller(states: Sequence[State], language: Language) -> Seller:
    """The seller that these states are of: what the first leaves open is in the next."""
    from base64 import b64decode

    details = _joined(states)
    logo = next((state.logo for state in states if state.logo), None)
    iban = details.get("seller-iban")
    lead, notice = details.get("collection-lead-days"), details.get("prenotification-days")
    return Seller(
        party=Party(
            name=details.get("seller-name") or "",
            legal_form=details.get("seller-legal-form"),
            **{name: details.get(f"seller-{name}") for name in _ADDRESS},
            country=details["country"],
            vat_number=details.get("seller-vat-number"),
            legal_id=identifier(details.get("seller-legal-id")),
            endpoint=identifier(details.get("seller-endpoint")),
            contact=details.get("seller-contact"),
            email=details.get("seller-email"),
            phone=details.get("seller-phone"),
        ),
        account=BankAccount(
            iban=iban, bic=details.get("seller-bic"), bank=details.get("seller-bank")
        )
        if iban
        else None,
        logo=b64decode(logo) if logo else None,
        mentions=tuple(details.get(f"mentions-{language}") or ()),
        creditor_id=details.get("seller-creditor-id"),
        lead_days=None if lead is None else int(lead),
        prenotification_days=None if notice is None else int(notice),
    )


def _joined(states: Sequence[State]) -> dict[str, Any]:
    """What is said, in the first state that says it; an address that it contradicts stays."""
    first, *others = states
    details = {name: value for name, value in first.details.items() if value}
    for other in others:
        address = [f"seller-{name}" for name in _ADDRESS]
        fits = all(details.get(name) in (None, other.details.get(name)) for name in address)
        details = {
            name: value
            for name, value in other.details.items()
            if value and (fits or name not in address)
        } | details
    return details


def identifier(text: str | None) -> Identifier | None:
    """An id that is kept as `SCHEME:ID`."""
    if not text:
        return None
    scheme, _, number = text.partition(":")
    return Identifier(scheme=scheme, id=number)
