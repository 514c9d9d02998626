"""Signals that arrive during a commit wait until its outcome is known.

A command whose change was committed has done its work, and says so; its next transaction, if it has
one, handles the signal first.
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
    """Defer signals that would stop the program."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, _defer) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def handle_deferred() -> None:
    """Handle the signals that arrived meanwhile."""
    waiting = _deferred.copy()
    _deferred.clear()
    for number, frame in waiting:
        handler = signal.getsignal(number)
        if callable(handler):
            handler(number, frame)
