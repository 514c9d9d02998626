"""Documents as they were sent: each is kept itself, and is the same ever after (rules 17)."""

from __future__ import annotations

from base64 import b64decode, b64encode
from zlib import compress, decompress

from mailctl.domain.documents import DocumentFormat
from mailctl.store.engine import sha256
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value


class DocumentFile(Value):
    """A document in the form in which its customer gets it; its key, and its number."""

    invoice_id: int
    number: str
    format: DocumentFormat

    @property
    def name(self) -> str:
        """What the file is called: `2026-000123.pdf`."""
        return f"{self.number}.{self.format.suffix}"


def kept(reader: Reader, invoice_id: int, form: DocumentFormat) -> bytes | None:
    """The file of a document as it was sent in that form; None where it was not."""
    content = reader.text(
        "SELECT content FROM document_file WHERE invoice_id = :invoice AND format = :format",
        {"invoice": invoice_id, "format": form},
    )
    return None if content is None else decompress(b64decode(content))


def keep(transaction: Transaction, file: DocumentFile, content: bytes, *, subject: str) -> bytes:
    """Keep a file before it leaves; what was kept before, if anything was.

    The journal has its digest; `subject` is whom its row is about.
    """
    before = kept(transaction, file.invoice_id, file.format)
    if before is not None:
        return before
    digest = sha256.begun(content, is_much=True).hexdigest()
    transaction.execute(
        """
        INSERT INTO document_file (invoice_id, format, made_on, digest, content)
        VALUES (:invoice, :format, :today, :digest, :content)
        """,
        {
            "invoice": file.invoice_id,
            "format": file.format,
            "digest": digest,
            "content": b64encode(compress(content)).decode(),
        },
    )
    transaction.record(
        "document-kept",
        subject,
        {"invoice": file.number, "format": file.format, "digest": digest},
    )
    return content
