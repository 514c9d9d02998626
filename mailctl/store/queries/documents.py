"""Documents as the store has them: every fact is that of the day of issue (rules 17).

What an invoice leaves open was kept beside it when its document was first made (`keep`): what an
older mailctl did not write, and what nobody had entered yet. An e-mail address says where a
document goes, and is today's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from mailctl.domain.documents import (
    Collection,
    Document,
    DocumentCode,
    DocumentLine,
    Party,
    TaxSum,
    Transfer,
)
from mailctl.domain.invoices import Series
from mailctl.domain.payment_references import reference_of_invoice
from mailctl.domain.payments import MethodKind
from mailctl.domain.profile import Language
from mailctl.domain.states import CustomerState
from mailctl.domain.target import collection_day
from mailctl.domain.tax import TaxCategory
from mailctl.store import invoices, sellers
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import among, document_number, numbered
from mailctl.store.queries import document_lines, document_payments
from mailctl.store.queries.document_payments import Asked, Covering, Method
from mailctl.store.sellers import Seller, State
from mailctl.values import Value

AT_ONCE = 500
"""How many documents are in memory at a time."""

_FRENCH = ("0002:", "0009:")
"""Schemes of the numbers from which a French business's electronic address follows."""


class _Given(Value):
    """What a document needs of its buyer, and may lack."""

    street: str | None = None
    postcode: str | None = None
    city: str | None = None
    legal_id: str | None = None
    endpoint: str | None = None
    reference: str | None = None


class _Head(Value):
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
    own: _Given | None
    kept: _Given | None
    today: _Given | None

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


def document(reader: Reader, number: str, *, filled: bool = False) -> Document:
    """The document of that number; InvoiceNotFoundError."""
    (found,) = documents(reader, [invoices.key_of(reader, number)], filled=filled)
    return found


def documents(reader: Reader, ids: Sequence[int], *, filled: bool = False) -> Iterator[Document]:
    """The documents with these keys, in their order; only a few are in memory at a time.

    Those of an older mailctl are filled from today's settings and customers until they are kept;
    `filled` does so with whatever any of them leaves open.
    """
    sellers_of = _Sellers(reader)
    label_of = document_lines.labels(reader)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        heads = _heads(reader, part)
        lines = document_lines.lines_of(reader, part, label_of)
        payments = _payments(reader, heads.values())
        for key in part:
            head = heads[key]
            seller = sellers_of(head, filled=filled)
            yield _document(
                head,
                lines[key],
                seller,
                _buyer(head, filled=filled),
                _payment(head, seller, payments.get(head.number)),
                reader.info.currency,
            )


def _heads(reader: Reader, ids: Sequence[int]) -> dict[int, _Head]:
    found = reader.each(_Head, f"{_HEADS} WHERE i.id IN {among('id', ids)}", numbered("id", ids))
    return {head.id: head for head in found}


def unkept(reader: Reader, ids: Sequence[int]) -> list[int]:
    """Of these documents those of an older mailctl that are not kept yet."""
    return [
        key
        for start in range(0, len(ids), AT_ONCE)
        for key in reader.numbers(
            f"""
            SELECT i.id
            FROM invoice i
            WHERE i.id IN {among("id", ids[start : start + AT_ONCE])}
                AND i.seller_id IS NULL
                AND NOT EXISTS (SELECT 1 FROM invoice_kept k WHERE k.invoice_id = i.id)
            ORDER BY i.id
            """,
            numbered("id", ids[start : start + AT_ONCE]),
        )
    ]


def keep_what_is_missing(transaction: Transaction, ids: Sequence[int]) -> None:
    """Keep what these documents leave open as it is today; what was kept of one stays."""
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        found = _heads(transaction, part).values()
        heads = [head for head in found if head.kept_seller_id is None]
        if heads:
            _keep(transaction, heads)


def _keep(transaction: Transaction, heads: list[_Head]) -> None:
    seller_id = sellers.of_today(transaction)
    transaction.execute_many(
        """
        INSERT INTO invoice_kept (
            invoice_id, seller_id, language, due_on, buyer_street, buyer_postcode, buyer_city,
            buyer_legal_id, buyer_endpoint, buyer_reference
        )
        VALUES (
            :invoice, :seller, :language, :due_on, :street, :postcode, :city,
            :legal_id, :endpoint, :reference
        )
        """,
        [
            {
                "invoice": head.id,
                "seller": seller_id,
                "language": head.language,
                "due_on": head.due_on,
                **_missing(head),
            }
            for head in heads
        ],
    )
    for head in heads:
        transaction.record(
            "document-completed", f"customer/{head.customer}", {"invoice": head.number}
        )


class _Sellers:
    """The sellers of documents, each put together once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._states: dict[int | str | None, State] = {}
        self._made: dict[tuple[tuple[int | str | None, ...], Language], Seller] = {}

    def __call__(self, head: _Head, *, filled: bool) -> Seller:
        """The seller of a document."""
        keys: tuple[int | str | None, ...] = (head.seller_id or head.seller,)
        if head.kept_seller_id:
            keys += (head.kept_seller_id,)
        elif _is_filled(head, filled=filled):
            keys += (None,)
        found = self._made.get((keys, head.language))
        if found is None:
            states = [self._state(key) for key in keys]
            found = self._made[keys, head.language] = sellers.seller(states, head.language)
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


def _is_filled(head: _Head, *, filled: bool) -> bool:
    return head.kept_seller_id is None and (filled or head.seller_id is None)


def _missing(head: _Head) -> dict[str, str | None]:
    """What the buyer leaves open on a document, as it is today; an address that fits it alone."""
    own, today = head.own or _Given(), head.today or _Given()
    address = ("street", "postcode", "city")
    fits = all(getattr(own, name) in (None, getattr(today, name)) for name in address)
    return {
        name: getattr(today, name)
        if getattr(own, name) is None and (fits or name not in address)
        else None
        for name in (*address, "legal_id", "endpoint", "reference")
    }


def _buyer(head: _Head, *, filled: bool) -> tuple[Party, str | None]:
    """The buyer, and the reference that it wants."""
    own, kept = head.own or _Given(), head.kept or _Given()
    later = _Given(**_missing(head)) if _is_filled(head, filled=filled) else kept
    legal_id = own.legal_id or later.legal_id
    endpoint = own.endpoint or later.endpoint
    is_reached = endpoint or (legal_id or "").startswith(_FRENCH)
    is_erased = head.customer_state is CustomerState.ERASED
    party = Party(
        name=head.buyer_name,
        legal_form=None,
        street=own.street or later.street,
        postcode=own.postcode or later.postcode,
        city=own.city or later.city,
        country=head.buyer_country,
        vat_number=head.buyer_vat_number,
        legal_id=sellers.identifier(legal_id),
        endpoint=sellers.identifier(endpoint),
        contact=None,
        email=None if is_reached or is_erased else head.email,
        phone=None,
    )
    return party, own.reference or later.reference


def _document(
    head: _Head,
    lines: tuple[DocumentLine, ...],
    seller: Seller,
    buyer: tuple[Party, str | None],
    payment: Transfer | Collection | None,
    currency: str,
) -> Document:
    is_credit_note = head.series is Series.CREDIT_NOTE
    tax = TaxSum(
        category=head.tax_category,
        rate=head.tax_rate,
        net_cents=head.net_cents,
        tax_cents=head.tax_cents,
        reason=head.tax_note,
    )
    return Document(
        code=DocumentCode.CREDIT_NOTE if is_credit_note else DocumentCode.INVOICE,
        number=head.number,
        issued_on=head.issued_on,
        due_on=head.due_on,
        currency=currency,
        language=head.language,
        seller=seller.party,
        seller_account=seller.account,
        logo=seller.logo,
        mentions=seller.mentions,
        buyer=buyer[0],
        buyer_reference=buyer[1],
        order=None if head.order_number is None else str(head.order_number),
        corrects=(head.corrects, head.corrects_on) if head.corrects and head.corrects_on else None,
        reason=head.reason,
        lines=lines,
        taxes=(tax,),
        net_cents=head.net_cents,
        tax_cents=head.tax_cents,
        total_cents=head.total_cents,
        prepaid_cents=head.prepaid_cents,
        due_cents=head.due_cents,
        payment=payment,
    )


# How it is paid


def _payments(reader: Reader, heads: Iterable[_Head]) -> dict[str, tuple[Covering, Method]]:
    """By number what was being collected for these invoices on their day, where something was."""
    asked = [
        Asked(
            number=head.number,
            customer=head.customer,
            issued_on=head.issued_on,
            missing_cents=head.total_cents - (head.before_cents or 0),
        )
        for head in heads
        if head.due_cents
    ]
    if not asked:
        return {}
    covering = document_payments.covering(reader, asked)
    methods = document_payments.methods(
        reader, sorted({one.method_id for one in covering.values()})
    )
    return {number: (one, methods[one.method_id]) for number, one in covering.items()}


def _payment(
    head: _Head, seller: Seller, found: tuple[Covering, Method] | None
) -> Transfer | Collection | None:
    """A payment that covered it on its day, else a transfer to the seller's account, if known."""
    if not head.due_cents:
        return None
    if found is not None:
        covering, method = found
        return Collection(
            kind=method.kind,
            method=method.label,
            mandate=method.details.get("mandate"),
            iban=method.details.get("iban"),
            creditor_id=seller.creditor_id if method.kind is MethodKind.BANK else None,
            not_before_on=_not_before_on(head, seller, method) if covering.begun_with_it else None,
        )
    if seller.account is None:
        return None
    return Transfer(account=seller.account, reference=reference_of_invoice(head.number))


def _not_before_on(head: _Head, seller: Seller, method: Method) -> date | None:
    """The first day of a direct debit that is announced and handed over at once (rules 10)."""
    if method.kind is not MethodKind.BANK or seller.lead_days is None:
        return None
    return max(
        collection_day(head.issued_on, seller.lead_days),
        head.issued_on + timedelta(days=seller.prenotification_days or 0),
    )
