"""One PostgreSQL for the tests of this folder; each undoes what it did."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgresql.server import Server, started


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server with the tables of a store, which are empty."""
    with started() as server:
        yield server
