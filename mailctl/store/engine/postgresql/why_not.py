"""Why a server refused a connection: its code, since its sentence is in its own language.

libpq keeps the code to itself, but writes down what passes, if it is asked to. So whoever was
refused tries once more, and reads it there.
"""

from __future__ import annotations

import os
import re
import select
import time
from contextlib import suppress

import psycopg
from psycopg import pq

_SECONDS = 5
_STATE = re.compile(rb'ErrorResponse\b.*? C "(?P<state>[0-9A-Z]{5})"')


def state_of_refusal(conninfo: str) -> str | None:
    """The SQLSTATE with which the server refuses a connection; None where that cannot be told."""
    found = None
    with suppress(OSError, AttributeError, psycopg.Error):
        # Never a file: a password may pass.
        written = os.memfd_create("mailctl")
        try:
            _try(conninfo, written)
            said = os.pread(written, os.fstat(written).st_size, 0)
            found = _STATE.search(said)
        finally:
            os.close(written)
    return found["state"].decode() if found else None


def _try(conninfo: str, written: int) -> None:
    pgconn = pq.PGconn.connect_start(conninfo.encode())
    try:
        pgconn.trace(written)
        until = time.monotonic() + _SECONDS
        waits_for = pq.PollingStatus.WRITING
        while waits_for in (pq.PollingStatus.READING, pq.PollingStatus.WRITING):
            ready = select.poll()
            reading = waits_for is pq.PollingStatus.READING
            ready.register(pgconn.socket, select.POLLIN if reading else select.POLLOUT)
            if not ready.poll(max(0, until - time.monotonic()) * 1000):
                break
            waits_for = pq.PollingStatus(pgconn.connect_poll())
        pgconn.untrace()
    finally:
        pgconn.finish()
