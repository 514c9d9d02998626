"""Customers whose invoices go out as documents."""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.domain.documents import NO_DOCUMENT, DocumentFormat
from mailctl.domain.profile import Language
from mailctl.store.queries.advice.scope import Scope
from mailctl.values import Value


class Recipient(Value):
    """What a document says of a customer, and the form in which it goes to them."""

    customer: str
    name: str
    email: str
    street: str | None
    postcode: str | None
    city: str | None
    country: str
    language: Language
    vat_number: str | None
    legal_id: str | None
    endpoint: str | None
    buyer_reference: str | None
    format: DocumentFormat


def recipients(scope: Scope) -> Iterator[Recipient]:
    """The open customers who get documents; nobody where no format is set."""
    return scope.each(
        Recipient,
        f"""
        SELECT c.slug AS customer, c.name, c.email, c.street, c.postcode, c.city, c.country,
            c.language, c.vat_number, c.legal_id, c.endpoint, c.buyer_reference,
            coalesce(c.invoice_format, :format) AS format
        FROM customer c
        WHERE c.state = 'open'
            AND coalesce(c.invoice_format, :format) <> '{NO_DOCUMENT}'
            {scope.only}
        ORDER BY c.id
        """,
        {"format": scope.reader.setting("invoice-format")},
    )
