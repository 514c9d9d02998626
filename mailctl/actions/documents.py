"""Invoices and credit notes as files for the customer: each made and checked by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mailctl.documents.invoiceable import made
from mailctl.documents.validating import Validator
from mailctl.domain.documents import Document, DocumentFormat
from mailctl.errors import DocumentUncheckedError, MailctlError, NotInvoiceableError
from mailctl.hints import command
from mailctl.store import document_files
from mailctl.store.engine.stores import Store
from mailctl.store.engine.transaction import Transaction
from mailctl.store.queries.documents import documents, keep_what_is_missing, unkept
from mailctl.store.queries.issued_documents import Chosen, Issued
from mailctl.values import Value

COMMAND = "invoice render"
_Known = dict[int, Document]


class MadeDocument(Value):
    """The file of a document, or why it cannot leave; `is_as_sent` where it was sent before."""

    issued: Issued
    content: bytes | None = None
    is_as_sent: bool = False
    refused: MailctlError | None = None


def made_documents(
    store: Store, chosen: Chosen, form: DocumentFormat, *, dry_run: bool
) -> Iterator[MadeDocument]:
    """The documents that were chosen, in their order; one that is refused holds back no other.

    What was sent is given as it was sent, until its customer is erased. What a document lacked when
    it was issued is taken from today's settings and customers where it cannot leave without, and
    kept (rules 17), but not on a dry run.
    """
    with Validator() as validator:
        for batch in chosen.batches(store):
            yield from _Batch(
                store, batch, form, validator, is_alone=chosen.count == 1, dry_run=dry_run
            ).made()


def _failed(issued: Issued, form: DocumentFormat, error: Exception) -> DocumentUncheckedError:
    """What stands for a fault of ours among many documents; of one alone it is reported as such."""
    return DocumentUncheckedError(
        f"{issued.number} could not be made as {form}: {type(error).__name__}: {error}",
        hint=command("invoice", "render", issued.number, "--format", form, "--to", "."),
    )


class _Batch:
    """Some documents, which are read together and leave together."""

    def __init__(
        self,
        store: Store,
        batch: Sequence[Issued],
        form: DocumentFormat,
        validator: Validator,
        *,
        is_alone: bool,
        dry_run: bool,
    ) -> None:
        self._store = store
        self._batch = {one.id: one for one in batch}
        self._form = form
        self._validator = validator
        self._is_alone = is_alone
        self._dry_run = dry_run
        self._made: dict[int, MadeDocument] = {}

    def made(self) -> Iterator[MadeDocument]:
        """The files, in the order of the batch."""
        with self._store.read() as db:
            for key, issued in self._batch.items():
                content = document_files.kept(db, key, self._form)
                if content is not None:
                    self._made[key] = MadeDocument(issued=issued, content=content, is_as_sent=True)
            new = [key for key in self._batch if key not in self._made]
            known = dict(zip(new, documents(db, new), strict=True))
            older = unkept(db, new)
        self._make(known)
        changed = {key: known[key] for key in older} | self._filled(known, older)
        self._keep({key: each for key, each in changed.items() if not self._made[key].refused})
        return (self._made[key] for key in self._batch)

    def _make(self, known: _Known) -> None:
        for key, document in known.items():
            issued, content, refused = self._batch[key], None, None
            try:
                content = made(
                    document, self._form, customer=issued.customer, validator=self._validator
                )
            except (NotInvoiceableError, DocumentUncheckedError) as error:
                refused = error
            except Exception as error:
                if self._is_alone:
                    raise
                refused = _failed(issued, self._form, error)
            self._made[key] = MadeDocument(issued=issued, content=content, refused=refused)

    def _filled(self, known: _Known, older: Sequence[int]) -> _Known:
        """Those that were refused, with what was entered since they were issued; made again."""
        refused = [
            key
            for key in known
            if key not in older and isinstance(self._made[key].refused, NotInvoiceableError)
        ]
        with self._store.read() as db:
            filled = zip(refused, documents(db, refused, filled=True), strict=True)
            changed = {key: each for key, each in filled if each != known[key]}
        self._make(changed)
        return changed

    def _keep(self, changed: _Known) -> None:
        """Keep what documents were filled with; where that is other now they are made again."""
        if not changed:
            return
        ids = list(changed)

        def kept(transaction: Transaction) -> _Known:
            keep_what_is_missing(transaction, ids)
            return dict(zip(ids, documents(transaction, ids), strict=True))

        try:
            found = self._store.change(COMMAND, kept, dry_run=self._dry_run)
        except MailctlError as refused:
            # Others need no change of the store, which may take none.
            for key in ids:
                self._made[key] = MadeDocument(issued=self._batch[key], refused=refused)
            return
        self._make({key: each for key, each in found.items() if each != changed[key]})
