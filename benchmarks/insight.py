"""What administrators read from a whole store: processor time, memory, ratio to reading its rows.

The floor is a Python process that goes through the accounts and their platforms, as rows of
sqlite3. Each command is a process of its own, whose output is thrown away; `advise -o table` sums
up, as on a terminal, the others list each finding.

    python benchmarks/insight.py --accounts 100000 --poor
    python benchmarks/insight.py --store copy.db
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from forecast import impoverish
from renewals import populate

SPREAD_DAYS = 30
FLOOR = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT a.id, a.address, a.state, a.renewal, a.expires_on, p.name, p.customer_id "
    "FROM account a JOIN platform p ON p.id = a.platform_id"
)
for row in rows:
    pass
"""
COMMANDS = (
    "advise -o table",
    "advise CUSTOMER",
    "advise -o jsonl",
    "status",
    "report revenue",
    "report debts",
    "report vat",
    "report page - --months 0",
    "report page -",
    "forecast --months 12",
    "export books --format hledger",
    "export books --format beancount",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Seconds of processor time, and the most memory in MiB, of one process."""

    seconds: float
    memory: int


def cost(*argv: str) -> Cost:
    process = subprocess.Popen(argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.stderr.close()
    if status:
        raise SystemExit(f"{' '.join(argv)}: {said}")
    return Cost(seconds=used.ru_utime + used.ru_stime, memory=used.ru_maxrss // 1024)


def first_customer(store: Path) -> str:
    argv = (sys.executable, "-m", "mailctl", "--store", str(store))
    words = ("customer", "list", "--limit", "1", "-o", "name")
    named = subprocess.run((*argv, *words), capture_output=True, text=True, check=True)
    return named.stdout.strip()


def compare(store: Path) -> None:
    floor = cost(sys.executable, "-c", FLOOR, str(store))
    print(f"{'the floor':34} {floor.seconds:7.2f} s {floor.memory:6,} MiB     1.0 x")
    customer = first_customer(store)
    for command in COMMANDS:
        words = [customer if word == "CUSTOMER" else word for word in command.split()]
        found = cost(sys.executable, "-m", "mailctl", "--store", str(store), *words)
        ratio = found.seconds / floor.seconds
        print(
            f"{command:34} {found.seconds:7.2f} s {found.memory:6,} MiB {ratio:7.1f} x", flush=True
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="What is read from a whole store.")
    parser.add_argument("--accounts", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="a copy of a store, instead of a new one")
    parser.add_argument("--poor", action="store_true", help="of a new one: nobody has money")
    options = parser.parse_args()
    if options.store:
        compare(options.store)
        return
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "mailctl.db"
        populate(store, options.accounts, SPREAD_DAYS)
        if options.poor:
            impoverish(store)
        compare(store)


if __name__ == "__main__":
    main()
