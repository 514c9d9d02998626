"""Customers who leave."""

from __future__ import annotations

import pytest

from mailctl.actions import closing, customers, platforms, prepaid
from mailctl.domain.documents import DocumentFormat
from mailctl.errors import CustomerNotClosedError, NotClosableError
from mailctl.store import document_files, erasure
from mailctl.store.customers import find
from mailctl.store.document_files import DocumentFile
from mailctl.store.engine.transaction import Transaction


def test_what_is_still_active_is_listed_with_its_commands(tx: Transaction) -> None:
    """late has a platform, an open invoice, an order of its debt, and a negative balance."""
    with pytest.raises(NotClosableError) as refused:
        closing.close(tx, closing.plan_close(tx, id="late"))
    assert [line.split(": ")[1] for line in refused.value.lines] == [
        "mailctl platform cancel late-pro",
        "mailctl invoice pay 2026-000009",
        "mailctl prepaid credit late 1.91",
    ]


def test_a_cancelled_platform_is_not_told_to_be_cancelled_again(tx: Transaction) -> None:
    """It stays until its last account is gone, or is deleted."""
    platforms.cancel(tx, platforms.plan_cancel(tx, name="late-pro"))
    with pytest.raises(NotClosableError) as refused:
        closing.close(tx, closing.plan_close(tx, id="late"))
    (line,) = [line for line in refused.value.lines if "late-pro" in line]
    assert line.split(": ")[1] == "mailctl platform delete late-pro"


def test_a_customer_is_closed_and_then_erased(tx: Transaction) -> None:
    """Each a second time changes nothing."""
    customers.add(tx, id="nova", name="Nova", email="it@nova.example")
    with pytest.raises(CustomerNotClosedError):
        closing.plan_erase(tx, id="nova")
    assert closing.close(tx, closing.plan_close(tx, id="nova")).item["state"] == "closed"
    assert not closing.close(tx, closing.plan_close(tx, id="nova")).changed
    result = closing.erase(tx, closing.plan_erase(tx, id="nova"))
    assert (result.changed, result.item["state"]) == (True, "erased")
    again = closing.plan_erase(tx, id="nova")
    assert again.changes_nothing
    assert not closing.erase(tx, again).changed


def test_the_documents_that_were_sent_go_with_their_customer(tx: Transaction) -> None:
    """Others' stay; the journal has no digest by which somebody could guess what they said."""
    keys = {}
    for slug in ("acme", "late"):
        customer = find(tx, slug).id
        keys[slug] = tx.number(
            "SELECT min(id) FROM invoice WHERE customer_id = :id", {"id": customer}
        )
        file = DocumentFile(invoice_id=keys[slug], number="2026", format=DocumentFormat.UBL)
        document_files.keep(tx, file, b"<sent/>", subject=f"customer/{slug}")
        assert document_files.kept(tx, keys[slug], DocumentFormat.UBL) == b"<sent/>"
    erasure.erase(tx, find(tx, "acme").id, "acme", ibans=())
    found = [document_files.kept(tx, key, DocumentFormat.UBL) for key in keys.values()]
    assert found == [None, b"<sent/>"]
    assert tx.texts(
        """
        SELECT j.subject
        FROM journal j
        JOIN journal_personal p ON p.seq = j.seq
        WHERE j.kind = 'document-kept'
        """
    ) == ["customer/late"]


def test_money_that_is_left_is_paid_back_first(tx: Transaction) -> None:
    """The command that pays it back is the whole balance."""
    customers.add(tx, id="nova", name="Nova", email="it@nova.example")
    prepaid.credit(tx, customer="nova", cents=123456)
    with pytest.raises(NotClosableError) as refused:
        closing.close(tx, closing.plan_close(tx, id="nova"))
    assert refused.value.lines == (
        "the balance is 1,234.56 EUR: mailctl prepaid refund nova 1234.56 --reason closing",
    )
