"""The seller of a document, of what its invoice says and of what was kept beside it."""

from __future__ import annotations

from collections.abc import Sequence

from mailctl.domain.documents import BankAccount, Party
from mailctl.domain.profile import Language
from mailctl.store import sellers
from mailctl.store.engine.reader import Reader
from mailctl.store.queries.document_heads import Head, identifier
from mailctl.store.sellers import ADDRESS, State
from mailctl.values import Value


class Seller(Value):
    """The seller of a document, in its language."""

    party: Party
    account: BankAccount | None
    logo: bytes | None
    mentions: tuple[str, ...]
    creditor_id: str | None
    lead_days: int | None
    prenotification_days: int | None


def seller_of(states: Sequence[State], language: Language) -> Seller:
    """The seller that these states are of: what the first leaves open is in the next."""
    from base64 import b64decode

    state = sellers.joined(states)
    said = {name: value for name, value in state.details.items() if value}
    iban = said.get("seller-iban")
    lead, notice = (said.get(name) for name in sellers.OF_DEBITS)
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


class Sellers:
    """The sellers of documents, each put together once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._states: dict[int | str | None, State] = {}
        self._made: dict[tuple[tuple[int | str | None, ...], Language], Seller] = {}

    def __call__(self, head: Head, *, filled: bool) -> Seller:
        """The seller of a document."""
        keys: tuple[int | str | None, ...] = (head.seller_id or head.seller,)
        if head.kept_seller_id:
            keys += (head.kept_seller_id,)
        if head.is_filled(filled=filled):
            keys += (None,)
        found = self._made.get((keys, head.language))
        if found is None:
            states = [self._state(key) for key in keys]
            found = self._made[keys, head.language] = seller_of(states, head.language)
        return found

    def _state(self, key: int | str | None) -> State:
        if key not in self._states:
            self._states[key] = (
                sellers.as_set(self._reader)
                if key is None
                else sellers.of_older(key)
                if isinstance(key, str)
                else sellers.kept(self._reader, key)
            )
        return self._states[key]
