"""Ten administrators and a tick a minute on a large store: latencies, and whether nothing is lost.

Each administrator has customers of their own, and a script that looks, orders, credits, renews and
finds, a process a command, without a pause. Every minute a tick carries out the next day. One
change in five is given with `--wait 0`, and may end with 75; one in ten is given again with its
key. At the end every acknowledgement is compared with the store, and the books are checked.

    python -m benchmarks.load --minutes 10
    python -m benchmarks.load --minutes 0.5 --accounts 20000
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.imports import MAILCTL, run, write_host

FIRST_DAY = date(2026, 1, 31)
BUSY = 75
CREDIT_CENTS = 500


def make(folder: Path, accounts: int) -> Path:
    """A store of so many accounts, a twenty-seventh of which is due on each day of February.

    The customers have paid for about a year.
    """
    write_host(folder, accounts, wrong=False)
    customers = folder / "customers.csv"
    with customers.open(newline="") as file:
        rows = list(csv.DictReader(file))
    with customers.open("w", newline="") as file:
        writer = csv.DictWriter(file, [*rows[0], "balance_cents"])
        writer.writeheader()
        writer.writerows(row | {"balance_cents": 500_000} for row in rows)
    store = folder / "mailctl.db"
    run(store, "init", "--clock", FIRST_DAY.isoformat())
    run(store, "import", "--dir", str(folder), "--yes")
    return store


@dataclass(slots=True, kw_only=True)
class Record:
    """What all commands together took, and what was acknowledged."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    busy: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    errors: list[str] = field(default_factory=list)
    orders: dict[str, int] = field(default_factory=dict)
    """The number of each order that was acknowledged, by its key."""
    credits: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many credits each customer has."""
    modes: dict[str, str] = field(default_factory=dict)
    """What happens at an account's expiry, by its address."""
    days: list[str] = field(default_factory=list)


class Desk:
    """One who gives commands, one after the other."""

    def __init__(self, store: Path, record: Record, number: int) -> None:
        self._store = store
        self._record = record
        self._number = number
        self._random = random.Random(number)

    def give(self, kind: str, *words: str, impatient: bool = False) -> dict[str, Any] | None:
        """Give a command: what it answers; None where it was busy and might be, or wrong."""
        more = ("--wait", "0") if impatient else ("--wait", "120")
        began = time.monotonic()
        done = subprocess.run(
            (*MAILCTL, *more, *words),
            env=os.environ | {"MAILCTL_STORE": str(self._store)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        self._record.seconds[kind].append(time.monotonic() - began)
        if done.returncode == BUSY and impatient:
            self._record.busy[kind] += 1
            return None
        if done.returncode:
            self._record.errors.append(f"{' '.join(words)}: {done.returncode} {done.stderr}")
            return None
        answer = json.loads(done.stdout)
        return answer if isinstance(answer, dict) else {}

    def administrate(self, customers: int, is_over: Callable[[], bool]) -> None:
        """Look after every tenth customer, until it is over."""
        count = 0
        while not is_over():
            count += 1
            customer = self._random.randrange(customers // 10) * 10 + self._number
            name, key = f"c{customer}", f"{self._number}-{count}"
            self.give("find", "find", f"office@{name}.example", "-o", "json")
            self.give("customer show", "customer", "show", name, "-o", "json")
            self._order(f"p{customer}", f"new{key}@p{customer}.example", key)
            self.give("account list", "account", "list", "--customer", name, "-o", "json")
            self._credit(name, key)
            self.give("prepaid statement", "prepaid", "statement", name, "-o", "json")
            if key in self._record.orders:
                self._renew(f"new{key}@p{customer}.example")

    def _order(self, platform: str, address: str, key: str) -> None:
        words = ("account", "order", platform, address, "--key", key, "--yes", "-o", "json")
        answer = self.give("account order", *words, impatient=self._random.random() < 0.2)
        if answer is None:
            return
        self._record.orders[key] = answer["number"]
        if self._random.random() < 0.1:
            again = self.give("account order again", *words)
            if again is not None and again["number"] != answer["number"]:
                self._record.errors.append(f"key {key} made {answer} and {again}")

    def _credit(self, customer: str, key: str) -> None:
        amount = f"{CREDIT_CENTS // 100}"
        words = ("prepaid", "credit", customer, amount, "--received", "--key", key, "-o", "json")
        impatient = self._random.random() < 0.2
        if self.give("prepaid credit", *words, impatient=impatient) is None:
            return
        self._record.credits[customer] += 1
        if self._random.random() < 0.1:
            self.give("prepaid credit again", *words)

    def _renew(self, address: str) -> None:
        mode = self._random.choice(("none", "yearly", "monthly"))
        words = ("account", "renew", address, "--mode", mode, "--yes", "-o", "json")
        impatient = self._random.random() < 0.2
        if self.give("account renew", *words, impatient=impatient) is not None:
            self._record.modes[address] = mode

    def tick(self, every: float, is_over: Callable[[], bool]) -> None:
        """Carry out a day every so many seconds, until it is over."""
        began = time.monotonic()
        while not is_over():
            day = (FIRST_DAY + timedelta(days=len(self._record.days) + 1)).isoformat()
            if self.give("tick", "tick", "--to", day, "-o", "json") is not None:
                self._record.days.append(day)
            while not is_over() and time.monotonic() < began + every * len(self._record.days):
                time.sleep(0.1)


def rows(store: Path, *words: str) -> list[dict[str, Any]]:
    """What a list has, in the end."""
    done = subprocess.run(
        (*MAILCTL, "--store", store, *words, "-o", "jsonl"), capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def lost(store: Path, record: Record) -> list[str]:
    """What was acknowledged and is not there, or is there twice or unasked; what is not whole."""
    wrong = list(record.errors)
    made = [row["number"] for row in rows(store, "order", "list", "--kind", "accounts")]
    if sorted(made) != sorted(record.orders.values()):
        wrong.append(f"{len(made)} orders in the store, {len(record.orders)} acknowledged")
    for customer, count in record.credits.items():
        statement = rows(store, "prepaid", "statement", customer)
        found = sum(row["kind"] == "credit" for row in statement) - 1
        if found != count:
            wrong.append(f"{customer} has {found} credits, {count} acknowledged")
    modes = {row["address"]: row["renewal"] for row in rows(store, "account", "list")}
    for address, mode in record.modes.items():
        if modes[address] != mode:
            wrong.append(f"{address} renews {modes[address]}, and {mode} was acknowledged")
    reached = rows(store, "status")[0]["clock_on"]
    if record.days and reached != record.days[-1]:
        wrong.append(f"the clock stands at {reached}, and {record.days[-1]} was acknowledged")
    wrong += [f"store check: {row}" for row in rows(store, "store", "check") if not row["ok"]]
    return wrong


def told(record: Record) -> None:
    """Print what each kind of command took."""
    print("| command | given | 75 | p50 | p99 | max |\n|---|---|---|---|---|---|")
    for kind, seconds in sorted(record.seconds.items()):
        taken = sorted(seconds)
        at = [taken[min(len(taken) - 1, math.ceil(len(taken) * part) - 1)] for part in (0.5, 0.99)]
        times = " | ".join(f"{one:.2f} s" for one in (*at, taken[-1]))
        print(f"| `{kind}` | {len(taken):,} | {record.busy[kind] or ''} | {times} |")


def main() -> None:
    parser = argparse.ArgumentParser(description="Ten administrators and a tick a minute.")
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--accounts", type=int, default=200_000)
    parser.add_argument("--administrators", type=int, default=10)
    parser.add_argument("--tick-every", type=float, default=60, metavar="SECONDS")
    options = parser.parse_args()
    record = Record()
    with tempfile.TemporaryDirectory() as name:
        store = make(Path(name), options.accounts)
        print(f"{options.accounts:,} accounts, {store.stat().st_size / 1e6:,.0f} MB")
        until = time.monotonic() + options.minutes * 60

        def is_over() -> bool:
            return time.monotonic() > until

        customers = options.accounts // 50
        threads = [
            threading.Thread(
                target=Desk(store, record, number).administrate, args=(customers, is_over)
            )
            for number in range(options.administrators)
        ]
        ticking = Desk(store, record, options.administrators)
        threads.append(threading.Thread(target=ticking.tick, args=(options.tick_every, is_over)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told(record)
        wrong = lost(store, record)
    given = sum(map(len, record.seconds.values()))
    print(
        f"{given:,} commands in {options.minutes:g} minutes, {len(record.days)} days, "
        f"{len(record.orders):,} orders and {sum(record.credits.values()):,} credits acknowledged: "
        + ("each is there once, and all checks hold" if not wrong else "WRONG")
    )
    sys.exit("\n".join(wrong) or 0)


if __name__ == "__main__":
    main()
