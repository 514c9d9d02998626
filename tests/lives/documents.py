"""The documents of a life: each obeys its sums, and says for ever what it said at first."""

from __future__ import annotations

from mailctl.domain.documents import Collection, Document, DocumentCode
from mailctl.domain.states import CustomerState
from mailctl.store.engine.stores import store_at
from mailctl.store.queries import documents
from mailctl.values import replace
from tests.helpers import Cli
from tests.store.plain import rows

# Invoices of the newest batch as they stand, which is as they were issued.
_NEWEST = """
    SELECT o.invoice_id, o.open_cents, o.is_covered
    FROM invoice_open o
    WHERE o.invoice_id > (SELECT b.last_invoice_id FROM batch b ORDER BY b.id DESC LIMIT 1 OFFSET 1)
"""


def said(document: Document) -> Document:
    """What a document says to whoever has it: without what is known of its customer today."""
    return replace(document, customer_state=CustomerState.OPEN, settled=frozenset())


def documents_of(cli: Cli) -> dict[int, Document]:
    """Every document by its key."""
    with store_at(cli.store).read() as reader:
        keys = reader.numbers("SELECT id FROM invoice ORDER BY id")
        return dict(zip(keys, map(said, documents.documents(reader, keys)), strict=True))


class Documents:
    """What the documents of a store said when they were first read."""

    def __init__(self, cli: Cli) -> None:
        self._cli = cli
        self._first: dict[int, Document] = {}

    def look(self) -> None:
        """Read all: those that are new obey the rules, those that are known are the same."""
        found = documents_of(self._cli)
        for key, document in found.items():
            assert document == self._first.setdefault(key, document)
        for key, open_cents, is_covered in rows(self._cli.store, _NEWEST):
            document = found[key]
            assert (document.number, document.due_cents) == (document.number, open_cents)
            is_collected = isinstance(document.payment, Collection)
            assert (document.number, is_collected) == (document.number, bool(is_covered))
        for document in found.values():
            check(document)


def check(document: Document) -> None:
    """Its sums are those of EN 16931: BR-CO-10, BR-CO-14, BR-CO-15, BR-CO-16."""
    assert document.lines
    assert sum(line.unit_cents for line in document.lines) == document.net_cents
    assert sum(tax.net_cents for tax in document.taxes) == document.net_cents
    assert sum(tax.tax_cents for tax in document.taxes) == document.tax_cents
    assert document.net_cents + document.tax_cents == document.total_cents
    assert document.prepaid_cents + document.due_cents == document.total_cents
    assert min(document.prepaid_cents, document.due_cents) >= 0
    assert (document.payment is not None) <= (document.due_cents > 0)
    is_credit_note = document.code is DocumentCode.CREDIT_NOTE
    assert is_credit_note == (document.corrects is not None) == (document.due_on is None)
    assert all(line.starts_on <= line.last_on for line in document.lines)
