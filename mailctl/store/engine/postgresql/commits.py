"""A commit on a server that may be lost in the middle of it: done, not done, or unknown (rules 19).

With a synchronous standby COMMIT answers once the standby has the change. Three things can happen
instead, and none of them tells whether it does:

- The connection is lost. The change is there or not, or the server's process still commits it.
- The wait for the standby is cancelled, by Ctrl-C or by an administrator: COMMIT then succeeds, but
  for a warning. The change is on the primary, and is lost with that machine.
- The server's process is killed while it waits. After the restart the change can be seen, though no
  standby has it: whoever finds it must not say that it is done.

So a change is looked for by what it wrote of its own, behind the lock that it held, and whatever is
found is answered only after a commit of one's own, which the standby confirms with all before it.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import FrameType

import psycopg

from mailctl.errors import DiskFailedError

LOOKS_FOR_SECONDS = 60.0
"""A machine that is lost is replaced within 45 s: longer than a command waits for a lock."""
_SECONDS_BETWEEN_LOOKS = 0.5
_STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# What goes into the log makes a commit wait for the standby, even where no row was changed.
_MARK = "SELECT pg_logical_emit_message(true, 'mailctl', '')"

Connect = Callable[[], AbstractContextManager[psycopg.Connection]]
"""Opens another connection to whichever server is the primary now."""
Found = Callable[[psycopg.Connection], bool]
"""Whether the change is there: begins a transaction that waits for the lock that it held."""


def commit(
    connection: psycopg.Connection, command: str, *, connect: Connect, found: Found | None
) -> bool:
    """Commit what is written, or confirm what was read; whether the change took place.

    Where the connection is lost, the change is looked for by `found`; False is then certain.
    Raises DiskFailedError where the outcome is unknown: nobody answers, or no standby has it.
    """
    try:
        is_confirmed = _committed(connection)
    except psycopg.OperationalError as error:
        if not connection.broken:
            raise
        if found is None:
            raise _unknown(command, error) from error
        return _looked_for(command, connect, found, error)
    if not is_confirmed:
        raise DiskFailedError(
            f"the wait for the standby ended before it had what `{command}` did: it is on the "
            "primary alone",
            hint="mailctl journal list, to see whether it is still there; then run it again if not",
        )
    return True


def _committed(connection: psycopg.Connection) -> bool:
    """Commit; False where the wait for the standby was cancelled."""
    warnings: list[str | None] = []

    def note(said: psycopg.errors.Diagnostic) -> None:
        # Only the untranslated severity and the state can be relied on, not the sentence.
        if said.severity_nonlocalized == "WARNING":
            warnings.append(said.sqlstate)

    connection.execute(_MARK)
    connection.add_notice_handler(note)
    try:
        with _cancelled_by_signals(connection):
            connection.execute("COMMIT")
    finally:
        connection.remove_notice_handler(note)
    return not warnings


def _looked_for(command: str, connect: Connect, found: Found, error: Exception) -> bool:
    """Whether the change is on whichever server is the primary now, and on its standby."""
    deadline = time.monotonic() + LOOKS_FOR_SECONDS
    while time.monotonic() < deadline:
        try:
            with connect() as connection:
                is_there = found(connection)
                if _committed(connection):
                    return is_there
        except psycopg.OperationalError as again:
            error = again
        except Exception:
            raise
        except BaseException:  # noqa: BLE001 - who stops it must not be told that nothing was done
            break
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    raise _unknown(command, error)


def _unknown(command: str, error: Exception) -> DiskFailedError:
    said = str(error).strip().partition("\n")[0]
    return DiskFailedError(
        f"the connection was lost at the commit of `{command}` ({said}): whether it took place is "
        "unknown",
        hint="mailctl journal list, to see whether it is there; then run it again if not",
    )


@contextmanager
def _cancelled_by_signals(connection: psycopg.Connection) -> Iterator[None]:
    """A signal that would stop the program ends the wait for the standby, not the commit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def cancel(_number: int, _frame: FrameType | None) -> None:
        connection.cancel_safe(timeout=5)

    before = {number: signal.signal(number, cancel) for number in _STOPPING}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
