"""Files that ask banks and gateways for payments."""

from __future__ import annotations

import pytest

from mailctl.actions import payment_files, payments
from mailctl.domain.payments import FileFormat, MethodKind
from mailctl.errors import ExportNotFoundError, UsageError
from mailctl.store.engine.transaction import Transaction
from tests.actions.collected import pending


def test_a_try_is_handed_over_once(tx: Transaction) -> None:
    """The second file is none, and names the first."""
    payment = pending(tx)
    first = payment_files.export(tx, kind=MethodKind.BANK, form=FileFormat.CSV)
    assert (first.cents, first.changed, first.left_out, first.unnotified) == (191, True, (), 0)
    assert [item["id"] for item in first.items] == [payment.id]
    assert first.content is not None
    second = payment_files.export(tx, kind=MethodKind.BANK, form=FileFormat.CSV)
    assert (second.content, second.items, second.changed) == (None, (), False)
    assert second.last is not None
    assert (second.last.id, second.last.content) == (first.file, first.content)


def test_a_file_is_repeated_unchanged(tx: Transaction) -> None:
    """It tells which payments were answered since."""
    payment = pending(tx)
    made = payment_files.export(tx, kind=MethodKind.BANK, form=FileFormat.CSV)
    assert payment_files.repeat(tx).answered == ()
    payments.settle(tx, ids=[payment.id])
    result = payment_files.repeat(tx, number=made.file)
    assert (result.file.content, result.changed, result.is_past) == (made.content, False, False)
    assert result.answered == (payment.id,)


def test_a_file_of_another_kind_is_refused(tx: Transaction) -> None:
    """As are one that does not exist, and direct debits from cards."""
    with pytest.raises(ExportNotFoundError):
        payment_files.repeat(tx)
    pending(tx)
    made = payment_files.export(tx, kind=MethodKind.BANK, form=FileFormat.CSV)
    with pytest.raises(UsageError, match="of kind bank"):
        payment_files.repeat(tx, number=made.file, kind=MethodKind.CARD)
    with pytest.raises(UsageError, match="direct debits from banks"):
        payment_files.export(tx, kind=MethodKind.CARD, form=FileFormat.SEPA)


def test_the_bank_must_know_the_seller(tx: Transaction) -> None:
    """The settings that are missing are named."""
    with pytest.raises(UsageError, match="the bank must know the seller's"):
        payment_files.export(tx, kind=MethodKind.BANK, form=FileFormat.SEPA)
