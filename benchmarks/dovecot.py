"""What 10,000 suspensions cost on a real Dovecot: all of `task run`, and the driver's share of it.

    python benchmarks/dovecot.py --tasks 10000 --sessions 50

Dovecot is one of its own, as in tests/dovecot; so many of the owners have a session open.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from insight import cost
from renewals import populate
from tasks import fill

from tests.dovecot.server import PASSWORD, Server, running


def mailboxes(server: Server, tasks: int) -> None:
    """All of them active, with the password `pw`."""
    with closing(sqlite3.connect(server.places.database)) as file, file:
        file.execute("DELETE FROM mailbox")
        file.executemany(
            "INSERT INTO mailbox (name, user, address, wire_address, domain, hash, state) "
            "VALUES (?, ?, ?, ?, 'x.example', ?, 'active')",
            [
                (str(n), f"mailbox.{n}", f"u{n}@x.example", f"u{n}@x.example", PASSWORD)
                for n in range(1, tasks + 1)
            ],
        )
    # Who closes the file takes its log away, without which Dovecot cannot read it.
    with server.driver():
        pass


def processor() -> float:
    """Seconds of processor that processes which have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def open_sessions(server: Server, tasks: int, sessions: int) -> Iterator[None]:
    """So many owners are logged in, spread over all."""
    opened = [
        server.session(f"u{1 + n * tasks // sessions}@x.example", "pw") for n in range(sessions)
    ]
    yield
    for session in opened:
        session.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description="What suspensions cost on a real Dovecot.")
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument("--sessions", type=int, default=50)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running() as server:
        store = Path(folder) / "mailctl.db"
        populate(store, given.tasks, 1)
        mailctl = (sys.executable, "-m", "mailctl", "--store", str(store))
        settings = [f"{name}={value}" for name, value in server.settings.items()]
        cost(*mailctl, "settings", "set", "driver=dovecot", *settings)

        mailboxes(server, given.tasks)
        before = processor()
        with open_sessions(server, given.tasks, given.sessions), server.driver() as driver:
            began = time.monotonic()
            for n in range(1, given.tasks + 1):
                keys = {"mailbox": str(n), "address": f"u{n}@x.example", "attempt": 1}
                answer = driver.ask("suspend", **keys, dry_run=False)
                assert answer.verdict == "done", answer
            alone = time.monotonic() - began
        own = processor() - before

        mailboxes(server, given.tasks)
        fill(store, given.tasks, given.tasks)
        with open_sessions(server, given.tasks, given.sessions):
            began = time.monotonic()
            spent = cost(*mailctl, "task", "run")
            seconds = time.monotonic() - began
        with closing(sqlite3.connect(server.places.database)) as file:
            (left,) = file.execute("SELECT count(*) FROM mailbox WHERE state = 'active'").fetchone()
        assert left == 0, left
        print(
            f"{given.tasks:,} suspensions, {given.sessions} sessions open: the driver alone "
            f"{alone:.1f} s of wall time, {own:.1f} s of processor; task run {seconds:.1f} s "
            f"of wall time, {spent.seconds:.1f} s of processor with the driver's"
        )


if __name__ == "__main__":
    main()
