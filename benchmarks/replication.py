"""What Litestream sends of a large store: as a whole, for an order, for a tick, for a day.

A store of 300,000 accounts (200 MB) is replicated to a folder by the commands of the service and of
the crontab in contrib/. Then ten administrators give commands; Litestream is killed amid them, the
store deleted and restored, and each order that was acknowledged before the last sync looked up.

    python -m benchmarks.replication
    python -m benchmarks.replication --accounts 20000
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from datetime import timedelta
from pathlib import Path

from benchmarks.load import FIRST_DAY, Desk, Record, make, rows
from tests.helpers import Cli
from tests.process.litestreams import Replica

QUIET_SECONDS = 3.0
ORDERS = 30


class Meter:
    """Counts the bytes of the changes that reach the replica, and of the copies of all."""

    def __init__(self, replica: Replica) -> None:
        self._replica = replica
        self._counted: set[Path] = set()

    def sent(self, level: int = 0, *, wait: float = 60) -> int:
        """The bytes that came since it was asked last, once no more come.

        The first of them is waited for longer than the next ones.
        """
        total, until = 0, time.monotonic() + wait
        while time.monotonic() < until:
            for path in set(self._replica.folder.glob(f"ltx/{level}/*.ltx")) - self._counted:
                self._counted.add(path)
                total += path.stat().st_size
                until = time.monotonic() + QUIET_SECONDS
            time.sleep(0.2)
        return total


def told(what: str, sent: int, *, count: int = 1) -> None:
    """Print a row of the table."""
    each = sent / count
    shown = f"{each / 1e6:,.1f} MB" if each >= 1e6 else f"{each / 1e3:,.1f} kB"
    print(f"| {what} | {shown} |")


def main() -> None:
    parser = argparse.ArgumentParser(description="What Litestream sends of a large store.")
    parser.add_argument("--accounts", type=int, default=300_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        cli = Cli(make(Path(name), options.accounts))
        size = cli.store.stat().st_size
        print(f"| {options.accounts:,} accounts, {size / 1e6:,.0f} MB | sent |\n|---|---|")
        replica = Replica(cli)
        meter = Meter(replica)
        began = time.monotonic()
        replica.send()
        took = time.monotonic() - began
        told("the start of the service", meter.sent() + meter.sent(level=9))
        replica.start()
        meter.sent(wait=10)
        commands(cli, meter)
        orders = under_load(cli, replica, options.accounts // 50)
        for path in cli.store.parent.glob(f"{cli.store.name}*"):
            path.unlink()
        began = time.monotonic()
        restored = replica.restored("restored.db")
        again = time.monotonic() - began
        whole = restored("store", "check").status == 0 and restored("journal", "verify").status == 0
        there = {row["number"] for row in rows(restored.store, "order", "list")}
        print(f"The whole was sent in {took:.1f} s, and restored in {again:.1f} s.")
        restored.store.rename(cli.store)
        cli.process("tick", "--to", (FIRST_DAY + timedelta(days=3)).isoformat())
        replica.cron()
        told("once a day, by cron", meter.sent() + meter.sent(level=9))
        print(
            f"Of {len(orders)} orders acknowledged before the last sync "
            f"{len(orders & there)} are there; "
            + ("all checks hold." if whole else "WRONG: checks do not hold.")
        )
        sys.exit(not whole or bool(orders - there))


def under_load(cli: Cli, replica: Replica, customers: int) -> set[int]:
    """The orders acknowledged before the last sync, after which Litestream is killed amid more."""
    record, over = Record(), threading.Event()
    threads = [
        threading.Thread(
            target=Desk(cli.store, record, number).administrate, args=(customers, over.is_set)
        )
        for number in range(10)
    ]
    for thread in threads:
        thread.start()
    while len(record.orders) < ORDERS:
        time.sleep(0.1)
    acknowledged = set(record.orders.values())
    replica.wait_for_sync()
    replica.kill()
    over.set()
    for thread in threads:
        thread.join()
    return acknowledged


def commands(cli: Cli, meter: Meter) -> None:
    """What single commands send, and a day with a tick an hour and some of each."""
    first, second = ((FIRST_DAY + timedelta(days=n)).isoformat() for n in (1, 2))
    cli.process("tick", "--to", FIRST_DAY.isoformat())
    told("a tick with nothing to do", meter.sent(wait=10))
    for number in range(5):
        cli.process("prepaid", "credit", f"c{number}", "5", "--received")
        time.sleep(1.5)
    told("a credit", meter.sent(), count=5)
    for number in range(5):
        cli.process("account", "order", f"p{number}", f"new@p{number}.example", "-y")
        time.sleep(1.5)
    told("an order of one account", meter.sent(), count=5)
    cli.process("tick", "--to", first)
    told("a tick that renews a twenty-seventh of all", meter.sent())
    cli.process("tick", "--to", second)
    for number in range(24):
        cli.process("tick", "--to", second)
        cli.process("prepaid", "credit", f"c{number}", "5", "--received")
        cli.process("account", "order", f"p{number}", f"second@p{number}.example", "-y")
    told("a day: that tick, 24 without work, 24 orders, 24 credits", meter.sent())


if __name__ == "__main__":
    main()
