"""The Dovecot of the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import pytest

from mailctl.drivers.program import Driver
from tests.dovecot.server import SESSIONS, Box, Server, running

_NUMBERS = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A Dovecot that runs as long as the module's tests."""
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def _sessions() -> Iterator[None]:
    """Sessions end with their test."""
    yield
    while SESSIONS:
        with suppress(OSError):
            SESSIONS.pop().shutdown()


@pytest.fixture
def driver(server: Server) -> Iterator[Driver]:
    """The driver at work."""
    with server.driver() as found:
        yield found


@pytest.fixture
def box(server: Server) -> Box:
    """A mailbox that is not there yet."""
    return server.mailbox(str(next(_NUMBERS)))


@pytest.fixture
def other(server: Server) -> Box:
    """Somebody else's."""
    return server.mailbox(str(next(_NUMBERS)))
