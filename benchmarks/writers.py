"""Several administrators on one PostgreSQL: changes per second, as a ratio to one lock for all.

Each has a customer. A change is an order of some blank accounts; where it takes `--planning`
milliseconds more, as a large file does, it sleeps before it writes. Both ways run in turn, on a
server and a store of the benchmark's own.

    python -m benchmarks.writers --writers 8 --seconds 8 --planning 0 50
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import time
from unittest.mock import patch

from mailctl.actions import account_orders
from mailctl.actions.placing import OrderPlaced
from mailctl.store.engine.location import location_of
from mailctl.store.engine.scopes import Scope, scope_of
from mailctl.store.engine.stores import store_at
from mailctl.store.engine.transaction import Transaction
from tests.postgresql.on_server import command_line
from tests.postgresql.server import started


def work(store: str, number: int, seconds: float, planning: float, *, whole: bool) -> int:
    """How many orders one administrator gives in so many seconds."""

    def order(tx: Transaction) -> OrderPlaced:
        plan = account_orders.plan_order(tx, platform=f"w{number}", count=3)
        time.sleep(planning)
        return account_orders.order(tx, plan)

    def scope(command: str) -> Scope:
        return Scope.WHOLE if whole else scope_of(command)

    done, until = -1, 0.0
    with patch("mailctl.store.engine.postgresql.server_store.scope_of", scope):
        # The first one loads what all need.
        while done < 0 or time.monotonic() < until:
            store_at(location_of(store), wait=600).change("account order", order)
            done += 1
            until = until or time.monotonic() + seconds
    return done


def rate(store: str, writers: int, seconds: float, planning: float, *, whole: bool) -> float:
    """Changes per second of all administrators together."""
    with multiprocessing.Pool(writers) as pool:
        given = [
            pool.apply_async(work, (store, number, seconds, planning), {"whole": whole})
            for number in range(writers)
        ]
        return sum(one.get() for one in given) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Several writers, as a ratio to one lock for all.")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=8.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--planning", type=float, nargs="+", default=[0, 50], metavar="MS")
    options = parser.parse_args()
    with started() as server:
        cli = command_line(server)
        cli.ok("init", "--clock", "2026-01-31")
        for number in range(options.writers):
            name = f"w{number}"
            cli.ok("customer", "add", name, "--name", name, "--email", f"{name}@h.example")
            cli.ok("platform", "add", name, "--customer", name, "--offer", "email-pro")
        for planning in options.planning:
            both = [
                [
                    rate(
                        str(cli.store), options.writers, options.seconds, planning / 1000,
                        whole=whole,
                    )
                    for whole in (True, False)
                ]
                for _ in range(options.rounds)
            ]  # fmt: skip
            ratios = [shared / whole for whole, shared in both]
            whole, shared = (statistics.median(one) for one in zip(*both, strict=True))
            print(
                f"{options.writers} writers, {planning:g} ms of planning: {shared:.0f} changes a "
                f"second, {statistics.median(ratios):.2f} x one lock for all ({whole:.0f}; "
                f"{min(ratios):.2f} to {max(ratios):.2f})"
            )


if __name__ == "__main__":
    main()
