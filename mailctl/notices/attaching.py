"""The documents that go with a letter: made outside of any transaction, or kept from before.

A letter whose document cannot be made waits, alone, with the reason and the command that fixes it.
"""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from mailctl.errors import (
    DocumentUncheckedError,
    ExtraMissingError,
    MailctlError,
    NotInvoiceableError,
)
from mailctl.hints import command
from mailctl.notices.smtp import shortened
from mailctl.store import document_files
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.values import Value

if TYPE_CHECKING:
    from mailctl.documents.validating import Validator

CANNOT_BE_MADE = (NotInvoiceableError, DocumentUncheckedError, ExtraMissingError)
_FAULTS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
_MENDS = ". What mends it: "


def keep(transaction: Transaction, file: DocumentFile, content: bytes, *, subject: str) -> bytes:
    """Keep the file of a document before it leaves, and what the document was filled with."""
    from mailctl.store.queries import documents

    documents.keep_what_is_missing(transaction, [file.invoice_id])
    return document_files.keep(transaction, file, content, subject=subject)


class Maker:
    """Makes files of documents; the program that checks them is started for the first one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._stack = ExitStack()
        self._validator: Validator | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def made(self, file: DocumentFile, customer: str) -> bytes:
        """The file of a document; `customer` is the id that commands take.

        NotInvoiceableError, DocumentUncheckedError, ExtraMissingError. What shows a fault of ours
        is one of these, too: it must hold back no other letter.
        """
        from mailctl.documents.invoiceable import made
        from mailctl.store.queries import documents

        try:
            with self._store.read() as reader:
                # What it leaves open is filled from today, and kept with the first file of it.
                (document,) = documents.documents(reader, [file.invoice_id], filled=True)
        except _FAULTS as error:
            raise _unmade(file, error) from error
        try:
            return made(document, file.format, customer=customer, validator=self._started())
        except MailctlError:
            raise
        except Exception as error:
            raise _unmade(file, error) from error

    def _started(self) -> Validator:
        if self._validator is None:
            from mailctl.documents.validating import Validator

            self._validator = self._stack.enter_context(Validator())
        return self._validator


def _unmade(file: DocumentFile, error: Exception) -> DocumentUncheckedError:
    said = f"{type(error).__name__}: {error}"
    words = ("invoice", "render", file.number, "--format", file.format, "--to", ".")
    return DocumentUncheckedError(
        f"{file.number} could not be made as {file.format}: {said}", hint=command(*words)
    )


def why_not(error: MailctlError) -> str:
    """Why a document does not go with its letter, and what mends it: short enough to be kept."""
    return _with_mend(error.message, error.hint)


def too_large(reason: str) -> str:
    """The same of a letter that the mail server refused for its size."""
    again = command("notice", "send", "--retry")
    return _with_mend(reason, f"{again}, once the mail server takes larger messages")


def _with_mend(reason: str, mend: str | None) -> str:
    return f"{shortened(reason).rstrip('.')}{f'{_MENDS}{mend}' if mend else ''}"


class Reason(Value):
    """Why a letter lacks its document, and the command that helps."""

    text: str
    command: str


def reason_of(kept: str) -> Reason:
    """What is kept of such a notice; a command of another program is left in the text."""
    text, _, mend = kept.rpartition(_MENDS)
    if mend.startswith("mailctl "):
        return Reason(text=text, command=mend.partition(", ")[0])
    return Reason(text=kept.rstrip("."), command=command("notice", "send", "--retry"))
