"""Documents as they were sent: each is kept itself, and is the same until its customer is erased.

See rules 12 and 4.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from binascii import a2b_base64

from mailctl.domain.documents import DocumentFormat
from mailctl.errors import PUT_A_COPY_BACK, StoreDamagedError
from mailctl.store.engine import sha256
from mailctl.store.engine.reader import Reader
from mailctl.store.engine.transaction import Transaction
from mailctl.store.expressions import document_number
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


class _Kept(Value):
    number: str
    digest: str
    content: str


def kept(reader: Reader, invoice_id: int, form: DocumentFormat) -> bytes | None:
    """The file of a document as it was sent in that form; None where it was not.

    StoreDamagedError where it is not that file any more.
    """
    file = reader.fact(
        _Kept,
        f"""
        SELECT {document_number("i")} AS number, f.digest, f.content
        FROM document_file f
        JOIN invoice i ON i.id = f.invoice_id
        WHERE f.invoice_id = :invoice AND f.format = :format
        """,
        {"invoice": invoice_id, "format": form},
    )
    if file is None:
        return None
    try:
        return unpacked(file.content, file.digest)
    except ValueError as error:
        raise StoreDamagedError(
            f"the store {reader.location} is damaged: {file.number}, kept as {form}, {error}",
            hint=PUT_A_COPY_BACK,
        ) from None


def unpacked(content: str, digest: str) -> bytes:
    """The bytes of a kept file; ValueError that says what is wrong with it."""
    try:
        found = zlib.decompress(a2b_base64(content))
    except (ValueError, zlib.error):
        raise ValueError("cannot be read") from None
    if sha256.begun(found, is_much=True).hexdigest() != digest:
        raise ValueError("is not the one that was sent")
    return found


def keep(transaction: Transaction, file: DocumentFile, content: bytes, *, subject: str) -> bytes:
    """Keep a file before it leaves; what was kept before, if anything was.

    The journal has its digest, until that is erased; `subject` is whom its row is about. Nothing is
    kept of a customer who was erased meanwhile.
    """
    before = kept(transaction, file.invoice_id, file.format)
    if before is not None:
        return before
    digest = sha256.begun(content, is_much=True).hexdigest()
    done = transaction.execute(
        """
        INSERT INTO document_file (invoice_id, format, made_on, digest, content)
        SELECT i.id, :format, :today, :digest, :content
        FROM invoice i
        JOIN customer c ON c.id = i.customer_id
        WHERE i.id = :invoice AND c.state <> 'erased'
        """,
        {
            "invoice": file.invoice_id,
            "format": file.format,
            "digest": digest,
            "content": b64encode(zlib.compress(content)).decode(),
        },
    )
    if done.rowcount:
        # By a digest without salt somebody could guess what the document said.
        transaction.record(
            "document-kept",
            subject,
            {"invoice": file.number, "format": file.format},
            {"digest": digest},
        )
    return content
