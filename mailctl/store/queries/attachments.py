"""The documents that go with a letter: of an invoice, an order that billed, a credit note."""

from __future__ import annotations

from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.reader import Reader
from mailctl.store.expressions import document_number, is_unsent

# A credit note follows its invoice into the same letter where that never had one of its own: it was
# taken back before it was sent (rules 12).
_ATTACHED = f"""
    WITH letter AS (
        SELECT
            n.id, n.customer_id, n.kind, n.order_number, n.invoice_id,
            CASE
                WHEN {is_unsent("n")} THEN coalesce(c.invoice_format, :usual)
                ELSE coalesce(x.document_format, 'none')
            END AS format
        FROM notice n
        JOIN customer c ON c.id = n.customer_id
        LEFT JOIN notice_text x ON x.notice_id = n.id
        WHERE n.id = :notice
            AND n.kind IN ('invoice-issued', 'order-confirmed', 'credit-note-issued')
    ),
    attached AS (
        SELECT invoice_id FROM letter WHERE invoice_id IS NOT NULL
        UNION
        SELECT i.id
        FROM letter l
        JOIN invoice i ON i.order_number = l.order_number AND i.customer_id = l.customer_id
        WHERE l.kind = 'order-confirmed'
        UNION
        SELECT i.id
        FROM letter l
        JOIN invoice a ON a.id = l.invoice_id
        JOIN invoice i ON i.id = a.corrects_id
        WHERE EXISTS (
            SELECT 1
            FROM notice o
            WHERE o.customer_id = i.customer_id
                AND o.ended_for = 'outdated'
                AND (
                    o.invoice_id = i.id
                    OR (o.kind = 'order-confirmed' AND o.order_number = i.order_number)
                )
        )
    )
    SELECT i.id AS invoice_id, {document_number("i")} AS number, l.format
    FROM letter l
    CROSS JOIN attached d
    JOIN invoice i ON i.id = d.invoice_id
    WHERE l.format <> 'none'
    ORDER BY i.id
"""


def attached(reader: Reader, notice_id: int) -> tuple[DocumentFile, ...]:
    """What a letter carries: in the form that it was sent in, else in what is wanted now."""
    asked = {"notice": notice_id, "usual": reader.setting("invoice-format")}
    return tuple(reader.facts(DocumentFile, _ATTACHED, asked))
