"""What the smallest change costs, with the store opened for each and with one that stays open.

A change is one UPDATE of a row and one journal row, in a transaction with its digest, its seals and
its commit; a file, and a PostgreSQL server of the benchmark's own on this machine. Milliseconds of
this process's processor time, and of the clock on the wall.

    python -m benchmarks.changes --changes 1000
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from mailctl.store.engine.location import location_of
from mailctl.store.engine.stores import Store, store_at
from mailctl.store.engine.transaction import Transaction
from tests.helpers import Cli
from tests.postgresql.on_server import command_line
from tests.postgresql.server import running

WARMING = 10
"""So many changes are not counted."""


def change(store: Store, number: int) -> None:
    def body(transaction: Transaction) -> None:
        transaction.execute("UPDATE customer SET name = :name WHERE id = 1", {"name": str(number)})
        transaction.record("tried", "customer/acme", {"number": number})

    store.change("notice send", body)


def measured(store: Store, changes: int) -> tuple[float, float]:
    """Milliseconds of the processor and of the wall for each change."""
    for number in range(WARMING):
        change(store, -number)
    spent, began = time.process_time(), time.perf_counter()
    for number in range(changes):
        change(store, number)
    spent, passed = time.process_time() - spent, time.perf_counter() - began
    return spent / changes * 1000, passed / changes * 1000


def show(where: str, cli: Cli, changes: int) -> None:
    cli.ok("init", "--clock", "2026-01-01")
    cli.ok("customer", "add", "acme", "--name", "Acme", "--email", "it@acme.example")
    store = store_at(location_of(str(cli.store)))
    print(f"{where}, opened for each: {{:.2f}} ms, wall {{:.2f}}".format(*measured(store, changes)))
    with store.kept_open() as kept:
        print(f"{where}, kept open: {{:.2f}} ms, wall {{:.2f}}".format(*measured(kept, changes)))


def main() -> None:
    """Print both ways, on a file and on a server."""
    parser = argparse.ArgumentParser(description="What the smallest change costs.")
    parser.add_argument("--changes", type=int, default=500)
    changes = parser.parse_args().changes
    with tempfile.TemporaryDirectory() as folder:
        show("file", Cli(Path(folder) / "mailctl.db"), changes)
    with running("-c", "fsync=on") as server:
        show("server", command_line(server), changes)


if __name__ == "__main__":
    main()
