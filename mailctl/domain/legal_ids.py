"""What a legal id says that is kept as `SCHEME:ID`: its SIREN, its SIRET, and its words."""

from __future__ import annotations

SIREN, SIRET = "0002", "0009"
"""The codes of France's registers (ISO 6523)."""


def siren_of(legal_id: str | None) -> str | None:
    """The SIREN that a legal id is, or that its SIRET begins with."""
    scheme, _, id_ = (legal_id or "").partition(":")
    return id_[:9] if scheme in (SIREN, SIRET) else None


def siret_of(legal_id: str | None) -> str | None:
    """The SIRET that a legal id is."""
    scheme, _, id_ = (legal_id or "").partition(":")
    return id_ if scheme == SIRET else None


def siren_of_vat_number(number: str | None) -> str | None:
    """The SIREN in a French VAT number; None in another country's, or in one of Monaco."""
    if number is None or not number.startswith("FR") or number[4:7] == "000":
        return None
    return number[4:]


def told(legal_id: str | None) -> str:
    """A legal id as a sentence has it; empty for none."""
    if legal_id is None:
        return ""
    scheme, _, id_ = legal_id.partition(":")
    return {SIREN: f"SIREN {id_}", SIRET: f"SIRET {id_}"}.get(scheme, f"legal id {legal_id}")
