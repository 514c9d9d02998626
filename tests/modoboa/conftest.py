"""A Modoboa for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from tests.modoboa.driver import Mailctl, asking, notes_of
from tests.modoboa.server import Modoboa, running

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def modoboa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Modoboa]:
    """A Modoboa at work."""
    with running(tmp_path_factory.mktemp("modoboa")) as server:
        yield server


@pytest.fixture
def mailctl(modoboa: Modoboa) -> Iterator[Mailctl]:
    """The driver at work, with notes of nothing."""
    notes_of(modoboa).unlink(missing_ok=True)
    with asking(modoboa) as driver:
        yield driver


@pytest.fixture
def address() -> str:
    """An address that no other test has."""
    return f"user-{next(_NUMBERS)}@x.example"
