"""A transaction on the busy host, undone after each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from tests.helpers import Cli


@pytest.fixture
def tx(busy: Cli) -> Iterator[Transaction]:
    """One change of the busy host on 2026-02-05."""
    with store_at(busy.store).write("test", dry_run=True) as transaction:
        yield transaction
