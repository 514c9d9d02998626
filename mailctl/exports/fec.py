"""The books as a French FEC: article A47 A-1 of the Livre des procédures fiscales, VII, 1°.

A movement of a customer's account is an entry, numbered from 1 in each fiscal year. All are in one
journal, so that one count has no gap, whatever part of a year a file holds. What was paid ahead is
on an account of its own (4191): an invoice is debited whole, and settled from there in its entry.
Movements of 0.00 are no entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from mailctl.domain.payments import MethodKind
from mailctl.domain.prepaid import MovementKind
from mailctl.domain.tax import SaleKind, sale_kind
from mailctl.exports.narrow_text import Narrowed
from mailctl.store.queries.books import BookedMovement
from mailctl.values import Value

ENCODING = "iso8859-15"
COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib"),
    *("CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit"),
    *("EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
)
JOURNAL = ("MC", "Comptes clients mailctl")
_SEPARATOR = "\t"
_LABELS = {
    "customers": "Clients",
    "prepaid": "Clients, avances reçues",
    "sales": "Prestations de services",
    "sales-eu": "Prestations de services UE, autoliquidation",
    "sales-oss": "Prestations de services UE, guichet unique",
    "sales-outside": "Prestations de services hors UE",
    "vat": "TVA collectée",
    "vat-oss": "TVA collectée, guichet unique",
    "bank": "Banque",
    "card": "Cartes bancaires à encaisser",
    "paypal": "PayPal",
    "opening": "Bilan d'ouverture",
}
_SALES = {
    SaleKind.HOME: ("sales", "vat"),
    SaleKind.OSS: ("sales-oss", "vat-oss"),
    SaleKind.REVERSE_CHARGE: ("sales-eu", "vat"),
    SaleKind.OUTSIDE: ("sales-outside", "vat"),
}
_GATEWAYS = {MethodKind.CARD: "card", MethodKind.PAYPAL: "paypal"}
_COLLECTED = {MethodKind.CARD: "Paiement par carte", MethodKind.PAYPAL: "Paiement PayPal"}
_WORDS = {
    MovementKind.CHARGE: "Facture",
    MovementKind.CREDIT_NOTE: "Avoir",
    MovementKind.CREDIT: "Encaissement",
    MovementKind.PAYMENT: "Prélèvement",
    MovementKind.REFUND: "Remboursement",
    MovementKind.REVERSAL: "Annulation d'encaissement",
}


class Posting(Value):
    """A line of an entry: what an account of `book_accounts` is for, debited or credited.

    Cents are positive for a debit.
    """

    what: str
    cents: int


def file_name(siren: str, year_ends_on: date) -> str:
    """The name that the law gives the file of a fiscal year: `123456789FEC20261231.txt`."""
    return f"{siren}FEC{year_ends_on:%Y%m%d}.txt"


def lines(
    movements: Iterable[BookedMovement],
    *,
    since: date,
    accounts: Mapping[str, str],
    seller_country: str,
    text: Narrowed,
) -> Iterator[str]:
    """The file, a line at a time; the movements begin with the fiscal year, the file with `since`.

    Movements before count for the numbers alone.
    """
    yield _SEPARATOR.join(COLUMNS) + "\r\n"
    labels = {number: _LABELS[what] for what, number in reversed(list(accounts.items()))}
    number = 0
    for movement in movements:
        if not movement.amount_cents:
            continue
        number += 1
        if movement.moved_on < since:
            continue
        for posting in postings(movement, seller_country, one=_is_one(accounts)):
            account = accounts[posting.what]
            yield _line(movement, number, account, labels[account], posting, text)


def _is_one(accounts: Mapping[str, str]) -> bool:
    """Whether what is owed and what was paid ahead are on the same account."""
    return accounts["customers"] == accounts["prepaid"]


def postings(movement: BookedMovement, seller_country: str, *, one: bool) -> list[Posting]:
    """The lines of an entry; they add up to 0. `one`: there is no account for what is prepaid."""
    if movement.kind is MovementKind.CHARGE or movement.kind is MovementKind.CREDIT_NOTE:
        found = _of_document(movement, seller_country, one=one)
    else:
        found = _of_money(movement, one=one)
    return [posting for posting in found if posting.cents]


def _of_document(movement: BookedMovement, seller_country: str, *, one: bool) -> list[Posting]:
    """Revenue and tax against what the customer owes; then what the prepaid money covers of it."""
    assert movement.country is not None, "a document has a buyer"
    assert movement.category is not None, "a document has a tax"
    sales, vat = _SALES[sale_kind(seller_country, movement.country, movement.category)]
    total = -movement.amount_cents
    tax = movement.tax_cents if movement.kind is MovementKind.CHARGE else -movement.tax_cents
    covered = 0 if one else _ahead(movement.before_cents) - _ahead(movement.after_cents)
    return [
        Posting(what="customers", cents=total),
        Posting(what=sales, cents=tax - total),
        Posting(what=vat, cents=-tax),
        Posting(what="prepaid", cents=covered),
        Posting(what="customers", cents=-covered),
    ]


def _of_money(movement: BookedMovement, *, one: bool) -> list[Posting]:
    """The bank or gateway against what is owed, as far as something is, and what is prepaid."""
    where = "opening" if movement.is_opening else "bank"
    if movement.method in _GATEWAYS and not movement.is_opening:
        where = _GATEWAYS[movement.method]
    ahead = 0 if one else _ahead(movement.after_cents) - _ahead(movement.before_cents)
    return [
        Posting(what=where, cents=movement.amount_cents),
        Posting(what="customers", cents=ahead - movement.amount_cents),
        Posting(what="prepaid", cents=-ahead),
    ]


def _ahead(balance_cents: int) -> int:
    return max(balance_cents, 0)


def _line(
    movement: BookedMovement,
    number: int,
    account: str,
    label: str,
    posting: Posting,
    text: Narrowed,
) -> str:
    day = f"{movement.moved_on:%Y%m%d}"
    is_customers = posting.what in ("customers", "prepaid")
    fields = (
        *JOURNAL,
        str(number),
        day,
        account,
        label,
        text(movement.customer) if is_customers else "",
        text(movement.name) if is_customers else "",
        text(piece(movement)),
        day,
        f"{_words(movement)} {text(movement.name)}",
        amount(max(posting.cents, 0)),
        amount(max(-posting.cents, 0)),
        "",
        "",
        day,
        "",
        "",
    )
    return _SEPARATOR.join(fields) + "\r\n"


def piece(movement: BookedMovement) -> str:
    """What proves a movement: the document, the bank's reference, or the row of the statement."""
    return movement.document or movement.reference or f"{movement.customer}/{movement.seq}"


def _words(movement: BookedMovement) -> str:
    if movement.is_opening:
        return "Solde repris"
    word = _WORDS[movement.kind]
    if movement.kind is MovementKind.PAYMENT and movement.method in _COLLECTED:
        word = _COLLECTED[movement.method]
    number = movement.document or movement.payment
    return f"{word} {number}" if number else word


def amount(cents: int) -> str:
    """Cents as the law and DATEV write them: `1234,05`."""
    return f"{cents // 100},{cents % 100:02d}"
