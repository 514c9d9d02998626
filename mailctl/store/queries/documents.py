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
    TaxSum,
    Transfer,
)
from mailctl.domain.invoices import Series
from mailctl.domain.payment_references import reference_of_invoice
from mailctl.domain.payments import MethodKind
from mailctl.domain.states import CustomerState
from mailctl.domain.target import collection_day
from mailctl.store import invoices, sellers
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import among, numbered
from mailctl.store.queries import document_heads, document_lines, document_payments
from mailctl.store.queries.document_heads import Given, Head
from mailctl.store.queries.document_payments import Asked, Covering, Method
from mailctl.store.queries.document_sellers import Seller, Sellers
from mailctl.values import fields

AT_ONCE = 500
"""How many documents are in memory at a time."""


def document(reader: Reader, number: str, *, filled: bool = False) -> Document:
    """The document of that number; InvoiceNotFoundError."""
    (found,) = documents(reader, [invoices.key_of(reader, number)], filled=filled)
    return found


def documents(reader: Reader, ids: Sequence[int], *, filled: bool = False) -> Iterator[Document]:
    """The documents with these keys, in their order; only a few are in memory at a time.

    Those of an older mailctl are filled from today's settings and customers until they are kept;
    `filled` does so with whatever any of them leaves open.
    """
    sellers_of = Sellers(reader)
    label_of = document_lines.labels(reader)
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        heads = document_heads.heads(reader, part)
        lines = document_lines.lines_of(reader, part, label_of)
        payments = _payments(reader, heads.values())
        for key in part:
            head = heads[key]
            seller = sellers_of(head, filled=filled)
            yield _document(
                head,
                lines[key],
                seller,
                head.given(filled=filled),
                _payment(head, seller, payments.get(head.number)),
                reader.info.currency,
            )


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
    """Keep what these documents leave open as it is today, so that it stays like that."""
    for start in range(0, len(ids), AT_ONCE):
        part = ids[start : start + AT_ONCE]
        for head in document_heads.heads(transaction, part).values():
            _keep(transaction, head)


_KEEP = """
    INSERT INTO invoice_kept (
        invoice_id, seller_id, language, due_on, buyer_street, buyer_postcode, buyer_city,
        buyer_legal_id, buyer_endpoint, buyer_reference
    )
    VALUES (
        :invoice, :seller, :language, :due_on, :street, :postcode, :city,
        :legal_id, :endpoint, :reference
    )
    ON CONFLICT (invoice_id) DO UPDATE SET
        seller_id = excluded.seller_id, buyer_street = excluded.buyer_street,
        buyer_postcode = excluded.buyer_postcode, buyer_city = excluded.buyer_city,
        buyer_legal_id = excluded.buyer_legal_id, buyer_endpoint = excluded.buyer_endpoint,
        buyer_reference = excluded.buyer_reference
"""


def _keep(transaction: Transaction, head: Head) -> None:
    own, given = head.own or Given(), head.given(filled=True)
    states = [sellers.as_set(transaction)]
    if head.kept_seller_id is not None:
        states.insert(0, sellers.kept(transaction, head.kept_seller_id))
    transaction.execute(
        _KEEP,
        {
            "invoice": head.id,
            "seller": sellers.key_of(transaction, sellers.joined(states)),
            "language": head.language,
            "due_on": head.due_on,
            **{
                name: None if getattr(own, name) is not None else value
                for name, value in fields(given).items()
            },
        },
    )
    transaction.record("document-completed", f"customer/{head.customer}", {"invoice": head.number})


def _document(
    head: Head,
    lines: tuple[DocumentLine, ...],
    seller: Seller,
    given: Given,
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
        buyer=document_heads.buyer(head, given),
        buyer_reference=given.reference,
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
        customer_state=head.customer_state,
        settled=head.settled,
    )


# How it is paid


def _payments(reader: Reader, heads: Iterable[Head]) -> dict[str, tuple[Covering, Method]]:
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
    head: Head, seller: Seller, found: tuple[Covering, Method] | None
) -> Transfer | Collection | None:
    """A payment that covered it on its day, else a transfer to the seller's account, if known."""
    if not head.due_cents:
        return None
    if found is not None:
        covering, method = found
        return Collection(
            kind=method.kind,
            method=None if head.customer_state is CustomerState.ERASED else method.label,
            mandate=method.details.get("mandate"),
            iban=method.details.get("iban"),
            creditor_id=seller.creditor_id if method.kind is MethodKind.BANK else None,
            not_before_on=_not_before_on(head, seller, method) if covering.begun_with_it else None,
        )
    if seller.account is None:
        return None
    return Transfer(account=seller.account, reference=reference_of_invoice(head.number))


def _not_before_on(head: Head, seller: Seller, method: Method) -> date | None:
    """The first day of a direct debit that is announced and handed over at once (rules 10)."""
    if method.kind is not MethodKind.BANK or seller.lead_days is None:
        return None
    return max(
        collection_day(head.issued_on, seller.lead_days),
        head.issued_on + timedelta(days=seller.prenotification_days or 0),
    )
