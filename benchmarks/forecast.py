"""How long a forecast takes, as a ratio to the same ticks on the disk, and how much memory.

Both are about the same days of the same store, one after the other, each in a process of its own.
The forecast computes the renewals, and simulates the accounts that end. With --poor nobody has
money on the account: every invoice makes a debt, which the forecast takes to be paid on its last
day, while the ticks are those after which nobody pays.

    python benchmarks/forecast.py --accounts 100000 --months 12
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from multiprocessing.queues import SimpleQueue
from pathlib import Path

from renewals import START, populate

from mailctl.insight.forecast import forecast
from mailctl.store.engine.stores import store_at
from mailctl.tick.run import run

SPREAD_DAYS = 30
Measured = tuple[float, int]


def measured(work: Callable[[], object]) -> Measured:
    """Seconds, and the most memory in MiB, of work in a process of its own."""
    context = multiprocessing.get_context("fork")
    answers: SimpleQueue[Measured] = context.SimpleQueue()

    def timed() -> None:
        began = time.perf_counter()
        work()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        answers.put((time.perf_counter() - began, peak))

    process = context.Process(target=timed)
    process.start()
    process.join()
    return answers.get()


def impoverish(path: Path) -> None:
    """Take all money out of a store, past its rules."""
    connection = sqlite3.connect(path)
    connection.execute("DROP TRIGGER ledger_kept_d")
    connection.execute("DELETE FROM ledger")
    connection.execute("UPDATE customer SET balance_cents = 0")
    connection.execute(
        "CREATE TRIGGER ledger_kept_d BEFORE DELETE ON ledger "
        "BEGIN SELECT RAISE(ABORT, 'a ledger row is never deleted'); END"
    )
    connection.commit()
    connection.close()


def compare(accounts: int, months: int, *, poor: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, work = Path(folder) / "mailctl.db", Path(folder) / "work.db"
        populate(path, accounts, SPREAD_DAYS)
        if poor:
            impoverish(path)
        shutil.copy(path, work)
        until = START + timedelta(days=365 * months // 12)
        said, peak = measured(lambda: forecast(store_at(path), until=until))
        done, _ = measured(lambda: run(store_at(work), to=until))
        print(
            f"{accounts:>9,} accounts, {months} months{', poor' if poor else ''}: "
            f"{said / done:.2f} x the ticks on the disk, {said:.1f} s, {peak:,} MiB; the store "
            f"grew from {path.stat().st_size >> 20:,} to {work.stat().st_size >> 20:,} MiB"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="A forecast, as a ratio to the ticks.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=12)
    parser.add_argument("--poor", action="store_true")
    options = parser.parse_args()
    compare(options.accounts, options.months, poor=options.poor)


if __name__ == "__main__":
    main()
