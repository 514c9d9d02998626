"""A number that is written in another way names the document that it means."""

from __future__ import annotations

import pytest

from mailctl.errors import InvoiceNotFoundError
from mailctl.store import invoices
from mailctl.store.engine.stores import store_at
from tests.helpers import Cli


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-1", "2026-000001"),
        ("2026/1", "2026-000001"),
        ("invoice/2026-1", "2026-000001"),
        ("AV2026-1", "AV2026-000001"),
        ("av2026-1", "AV2026-000001"),
    ],
)
def test_a_short_number_names_the_one_in_full(busy: Cli, written: str, meant: str) -> None:
    """Invoices and credit notes are counted each by themselves."""
    busy.ok("invoice", "credit", "2026-000001", "--line", "1", "--reason", "wrong", "-y")
    with store_at(busy.store).read() as reader, pytest.raises(InvoiceNotFoundError) as refused:
        invoices.find(reader, written)
    assert refused.value.close == (meant,)
