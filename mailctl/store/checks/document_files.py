"""Invariants of the documents that were sent (rules 17)."""

from __future__ import annotations

from collections.abc import Iterator

from mailctl.store.checks.validator import Fault, Validator
from mailctl.store.document_files import unpacked
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number
from mailctl.values import Value


class _File(Value):
    number: str
    customer_id: int
    format: str
    digest: str
    content: str


def _changed(reader: Reader) -> Iterator[Fault]:
    """The files whose bytes are not those that their digest is of."""
    for file in reader.each(
        _File,
        f"""
        SELECT {document_number("i")} AS number, i.customer_id, f.format, f.digest, f.content
        FROM document_file f
        JOIN invoice i ON i.id = f.invoice_id
        ORDER BY f.invoice_id, f.format
        """,
    ):
        try:
            unpacked(file.content, file.digest)
        except ValueError as error:
            yield Fault(
                subject=f"invoice/{file.number}",
                message=f"its file as {file.format} {error}",
                customer_id=file.customer_id,
            )


VALIDATORS = (
    Validator(
        name="document-file",
        sentence="a document that was sent is kept as it was, to the byte",
        finder=_changed,
    ),
    Validator(
        name="letter-documents",
        sentence="a letter went with the documents of its customer that it says",
        finder="""
            SELECT
                'notice/' || n.id AS subject,
                'went with a document as ' || x.document_format || ', which is not kept' AS message,
                n.customer_id
            FROM notice_text x
            JOIN notice n ON n.id = x.notice_id
            WHERE x.document_format IS NOT NULL
                AND NOT EXISTS (
                    SELECT 1
                    FROM document_file f
                    JOIN invoice i ON i.id = f.invoice_id
                    WHERE f.format = x.document_format
                        AND i.customer_id = n.customer_id
                        AND (i.id = n.invoice_id OR i.order_number = n.order_number)
                )
            ORDER BY n.id
        """,
    ),
    Validator(
        name="documents-of-erased",
        sentence="of an erased customer's documents nothing is kept but what the invoices say",
        finder=f"""
            WITH kept AS (
                SELECT f.invoice_id, 'a file as ' || f.format AS what
                FROM document_file f
                UNION ALL
                SELECT k.invoice_id, 'more of its buyer'
                FROM invoice_kept k
                WHERE coalesce(
                    k.buyer_street, k.buyer_postcode, k.buyer_city, k.buyer_legal_id,
                    k.buyer_endpoint, k.buyer_reference
                ) IS NOT NULL
            )
            SELECT
                'invoice/' || {document_number("i")} AS subject,
                'has ' || k.what || ' beside it, and its customer is erased' AS message,
                i.customer_id
            FROM kept k
            JOIN invoice i ON i.id = k.invoice_id
            JOIN customer c ON c.id = i.customer_id
            WHERE c.state = 'erased'
            ORDER BY k.invoice_id, k.what
        """,
    ),
)
