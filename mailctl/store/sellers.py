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

    state = joined(states)
    said = {name: value for name, value in state.details.items() if value}
    iban = said.get("seller-iban")
    lead, notice = (said.get(name) for name in _OF_DEBITS)
    return Seller(
        party=Party(
            name=said.get("seller-name", ""),
            legal_form=said.get("seller-legal-form"),
            **{name: said.get(f"seller-{name}") for name in ADDRESS},
            country=said["country"],
            vat_number=said.get("seller-vat-number"),
            legal_id=identifier(said.get("seller-legal-id")),
            endpoint=identifier(said.get("seller-endpoint")),
            contact=said.get("seller-contact"),
            email=said.get("seller-email"),
            phone=said.get("seller-phone"),
        ),
        account=BankAccount(iban=iban, bic=said.get("seller-bic"), bank=said.get("seller-bank"))
        if iban
        else None,
        logo=b64decode(state.logo) if state.logo else None,
        mentions=tuple(said.get(f"mentions-{language}", ())),
        creditor_id=said.get("seller-creditor-id"),
        lead_days=int(lead) if lead else None,
        prenotification_days=int(notice) if notice else None,
    )


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


def identifier(text: str | None) -> Identifier | None:
    """An id that is kept as `SCHEME:ID`."""
    if not text:
        return None
    scheme, _, number = text.partition(":")
    return Identifier(scheme=scheme, id=number)
