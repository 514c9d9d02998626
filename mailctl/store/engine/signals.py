"""Signals that come while a change is committed wait until it is known what became of it.

A command whose change was committed has done its work, and says so; what was asked of it by the
signal is heard by its next transaction, if it has one.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_deferred: list[tuple[int, FrameType | None]] = []


def _defer(number: int, frame: FrameType | None) -> None:
    _deferred.append((number, frame))


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Let signals that would stop the program wait."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _defer) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def hear_what_was_deferred() -> None:
    """Hand on the signals that came meanwhile."""
    waiting = _deferred.copy()
    _deferred.clear()
    for number, frame in waiting:
        handler = signal.getsignal(number)
        if callable(handler):
            handler(number, frame)
