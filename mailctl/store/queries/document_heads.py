"""What documents are made of but their lines: what an invoice says, and what was kept beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mailctl.domain.documents import Identifier, Party
from mailctl.domain.invoices import Series
from mailctl.domain.legal_ids import siren_of
from mailctl.domain.profile import Language
from mailctl.domain.states import CustomerState
from mailctl.domain.tax import TaxCategory
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import among, document_number, numbered
from mailctl.store.sellers import ADDRESS
from mailctl.values import Value, fields, replace


class Given(Value):
    """What a document needs of its buyer, and may lack."""

    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    legal_id: str | None = None
    endpoint: str | None = None
    reference: str | None = None


class Head(Value):
    """An invoice or a credit note, and whatever its document is made of but its lines."""

    id: int
    number: str
    series: Series
    customer: str
    customer_state: CustomerState
    email: str
    issued_on: date
    due_on: date | None
    order_number: int | None
    corrects: str | None
    corrects_on: date | None
    reason: str | None
    net_cents: int
    tax_cents: int
    total_cents: int
    before_cents: int | None
    tax_rate: int
    tax_category: TaxCategory
    tax_note: str | None
    seller: str
    seller_id: int | None
    kept_seller_id: int | None
    language: Language
    buyer_name: str
    buyer_country: str
    buyer_vat_number: str | None
    own: Given | None
    kept: Given | None
    today: Given | None

    def is_filled(self, *, filled: bool) -> bool:
        """Whether what it leaves open is taken from today: always, until an older one is kept."""
        return filled or (self.seller_id is None and self.kept_seller_id is None)

    def given(self, *, filled: bool) -> Given:
        """What it says of its buyer, else what was kept of that, else what is so today."""
        given = self.own or Given()
        if self.kept:
            given = _completed(given, self.kept)
        if self.today and self.is_filled(filled=filled):
            given = _completed(given, _fitting(self.today, given))
        return given

    @property
    def settled(self) -> frozenset[str]:
        """What of the customer's profile it takes no more: what it says, or was kept of that.

        A part of the address that is missing is taken while the rest is that of today.
        """
        given = self.own or Given()
        if self.kept:
            given = _completed(given, self.kept)
        said = {name for name, value in fields(given).items() if value is not None}
        if self.today and not _is_of_one_place(self.today, given):
            said.update(ADDRESS)
        return frozenset((*said, "name", "vat_number"))

    @property
    def prepaid_cents(self) -> int:
        """What the balance before paid of it; a credit note is returned to the balance whole."""
        if self.series is Series.CREDIT_NOTE:
            return self.total_cents
        return min(self.total_cents, max(0, self.before_cents or 0))

    @property
    def due_cents(self) -> int:
        """What the balance before left open of it."""
        return self.total_cents - self.prepaid_cents


def _completed(given: Given, later: Given) -> Given:
    """What is said, with what it leaves open as it is later."""
    added = {name: now for name, now in fields(later).items() if getattr(given, name) is None}
    return replace(given, **added)


def _fitting(later: Given, given: Given) -> Given:
    """What is said later; without its address where that is another one."""
    if _is_of_one_place(later, given):
        return later
    return replace(later, **dict.fromkeys(ADDRESS))


def _is_of_one_place(later: Given, given: Given) -> bool:
    """Whether what is said of an address is said later, too."""
    return all(getattr(given, name) in (None, getattr(later, name)) for name in ADDRESS)


_GIVEN = """
    i.buyer_street AS own_street, i.buyer_postcode AS own_postcode, i.buyer_city AS own_city,
    i.buyer_legal_id AS own_legal_id, i.buyer_endpoint AS own_endpoint,
    i.buyer_reference AS own_reference,
    k.buyer_street AS kept_street, k.buyer_postcode AS kept_postcode, k.buyer_city AS kept_city,
    k.buyer_legal_id AS kept_legal_id, k.buyer_endpoint AS kept_endpoint,
    k.buyer_reference AS kept_reference,
    c.street AS today_street, c.postcode AS today_postcode, c.city AS today_city,
    c.legal_id AS today_legal_id, c.endpoint AS today_endpoint,
    c.buyer_reference AS today_reference
"""
_HEADS = f"""
    SELECT
        i.id, {document_number("i")} AS number, i.series, c.slug AS customer,
        c.state AS customer_state, c.email, i.issued_on,
        coalesce(i.due_on, k.due_on, o.due_on) AS due_on, i.order_number,
        CASE WHEN i.corrects_id IS NOT NULL THEN {document_number("x")} END AS corrects,
        x.issued_on AS corrects_on, i.reason, i.net_cents, i.tax_cents, i.total_cents,
        l.before_cents, i.tax_rate, i.tax_category, i.tax_note, i.seller, i.seller_id,
        k.seller_id AS kept_seller_id, coalesce(i.language, k.language, c.language) AS language,
        i.buyer_name, i.buyer_country, i.buyer_vat_number, {_GIVEN}
    FROM invoice i
    JOIN customer c ON c.id = i.customer_id
    LEFT JOIN invoice_open o ON o.invoice_id = i.id
    LEFT JOIN invoice_kept k ON k.invoice_id = i.id
    LEFT JOIN invoice x ON x.id = i.corrects_id
    LEFT JOIN ledger l ON l.invoice_id = i.id AND l.kind = 'charge'
"""


def heads(reader: Reader, ids: Sequence[int]) -> dict[int, Head]:
    """The documents with these keys."""
    found = reader.each(Head, f"{_HEADS} WHERE i.id IN {among('id', ids)}", numbered("id", ids))
    return {head.id: head for head in found}


def buyer(head: Head, given: Given) -> Party:
    """The buyer. An e-mail address says where a document goes, where nothing else does."""
    # From a SIREN the electronic address of a French business follows.
    is_reached = given.endpoint or siren_of(given.legal_id)
    is_erased = head.customer_state is CustomerState.ERASED
    return Party(
        name=head.buyer_name,
        legal_form=None,
        street=given.street,
        postcode=given.postcode,
        city=given.city,
        country=head.buyer_country,
        vat_number=head.buyer_vat_number,
        legal_id=identifier(given.legal_id),
        endpoint=identifier(given.endpoint),
        contact=None,
        email=None if is_reached or is_erased else head.email,
        phone=None,
    )


def identifier(text: str | None) -> Identifier | None:
    """An id that is kept as `SCHEME:ID`."""
    if not text:
        return None
    scheme, _, number = text.partition(":")
    return Identifier(scheme=scheme, id=number)
